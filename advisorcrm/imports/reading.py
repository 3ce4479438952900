"""Read any table file into raw tables, in a child process with limits on memory and time.

The program stays alive whatever the file is; a file that cannot be read is refused with a
sentence that says why and what to do.
"""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from advisorcrm.errors import ImportRejectedError, NotFoundError
from advisorcrm.i18n import _, language
from advisorcrm.imports.child import parse_file
from advisorcrm.imports.raw_table import Cell, RawTable, ReadingLimits
from advisorcrm.imports.transfer import unpack_rows

Progress = Callable[[int, int], None]
"""Called with the rows read so far and, when known, the rows of the sheet (else 0); also while
nothing comes. Raising CancelledError in it stops the reading."""

LIMITS = ReadingLimits()
_WAKE_SECONDS = 0.05
_log = logging.getLogger(__name__)


def read_tables(
    path: Path,
    *,
    progress: Progress = lambda _done, _total: None,
    meanwhile: Callable[[], None] | None = None,
    limits: ReadingLimits = LIMITS,
) -> list[RawTable]:
    """Every table of a file that holds at least one row.

    ``meanwhile`` is done while the child parses: time to load what comes next. Raises
    ImportRejectedError for a file that is no table, is encrypted, damaged, hostile or empty,
    NotFoundError for one that is gone, and what ``progress`` raises.
    """
    size = _demand_readable(path, limits)
    seconds = limits.seconds + limits.seconds_per_megabyte * size / (1 << 20)
    with _child(path, limits) as (connection, process):
        if meanwhile is not None:
            meanwhile()
        assembly = _Assembly(progress)
        deadline = time.monotonic() + seconds
        while assembly.takes(_next_message(connection, process, deadline, assembly.tell)):
            assembly.tell()
    tables = [table for table in assembly.tables if _has_content(table)]
    if not tables:
        raise ImportRejectedError(_("文件里没有任何内容，没有可以导入的行。"))
    return tables


def _demand_readable(path: Path, limits: ReadingLimits) -> int:
    """The size of a file that can be opened and is not beyond all measure."""
    try:
        with path.open("rb"):
            size = path.stat().st_size
    except FileNotFoundError as error:
        raise NotFoundError(_("找不到文件 {path}，请核对位置。").format(path=path)) from error
    except OSError as error:
        if path.is_dir():
            reason = _("这是文件夹，不是文件。请选里面的表格或通讯录。")
            raise ImportRejectedError(reason) from error
        raise ImportRejectedError(
            _("打不开文件 {name}。如果它正在表格软件里打开，请关闭后再试。").format(name=path.name)
        ) from error
    if size == 0:
        raise ImportRejectedError(_("文件是空的，没有可以导入的内容。"))
    if size > limits.file_bytes:
        raise ImportRejectedError(
            _("文件有 {size} MB，超过 {limit} MB 的上限。请分成几个文件。").format(
                size=size >> 20, limit=limits.file_bytes >> 20
            )
        )
    return size


@contextmanager
def _child(path: Path, limits: ReadingLimits) -> Iterator[tuple[Connection, BaseProcess]]:
    """The parsing process; it does not outlive the block, however that ends."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(
        target=parse_file, args=(sending, str(path), language(), limits), daemon=True
    )
    process.start()
    sending.close()
    try:
        yield receiving, process
    finally:
        receiving.close()
        process.kill()
        process.join()
        process.close()


def _next_message(
    connection: Connection,
    process: BaseProcess,
    deadline: float,
    tell: Callable[[], None],
) -> tuple[str, Any]:
    """Wait for the child, the user and the clock; the child's death is an answer too."""
    while True:
        if time.monotonic() > deadline:
            raise ImportRejectedError(
                _("读取文件超过了时限，已停止。文件可能已损坏；请另存为 .csv 再试。")
            )
        if connection.poll(_WAKE_SECONDS):
            break
        tell()
    with suppress(EOFError, OSError):
        message: tuple[str, Any] = connection.recv()
        return message
    process.join(1)
    _log.warning("parsing process ended with code %s", process.exitcode)
    return "exhausted", None


@dataclass
class _Assembly:
    """Puts the tables together from the child's messages."""

    progress: Progress
    tables: list[RawTable] = field(default_factory=list)
    _head: dict[str, Any] = field(default_factory=dict)
    _rows: list[Sequence[Cell]] = field(default_factory=list)
    _has_begun: bool = False

    def takes(self, message: tuple[str, Any]) -> bool:
        """Take one message in; False after the last one."""
        kind, content = message
        if kind == "begun":
            self._has_begun = True
        elif kind == "sheet":
            self._head, self._rows = content, []
        elif kind == "rows":
            self._rows.extend(unpack_rows(content))
        elif kind == "end":
            head = {name: value for name, value in self._head.items() if name != "row_count"}
            rows = _equally_long(self._rows)
            self.tables.append(RawTable(rows=rows, faults=tuple(content), **head))
        elif kind != "done":
            raise self._refusal(kind, content)
        return kind != "done"

    def tell(self) -> None:
        """Say how far it is; the answer may be to stop."""
        self.progress(len(self._rows), self._head.get("row_count", 0))

    def _refusal(self, kind: str, content: Any) -> ImportRejectedError:
        if kind == "refused":
            return ImportRejectedError(content)
        if kind == "bug":
            _log.error("parsing process failed:\n%s", content)
            return ImportRejectedError(
                _("文件的内容不合规范，读不出来。请用表格软件打开后另存为 .xlsx 再导入。")
            )
        if not self._has_begun:  # it died before it looked at the file
            return ImportRejectedError(
                _("读取文件的程序没有启动，文件没有问题。请重新打开本程序再导入。")
            )
        return ImportRejectedError(
            _("文件太大或已损坏，读取时超出了内存限制，已停止。请另存为 .csv 或分成几个文件再试。")
        )


def _equally_long(rows: list[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Rows of a text come in blocks, each as wide as its own longest line."""
    widths = set(map(len, rows))
    if len(widths) < 2:
        return rows
    width = max(widths)
    return [row if len(row) == width else (*row, *[""] * (width - len(row))) for row in rows]


def _has_content(table: RawTable) -> bool:
    return any(cell not in ("", None) for row in table.rows for cell in row)
