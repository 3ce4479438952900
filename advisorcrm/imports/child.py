"""The process that parses a foreign file: limited, silent, and worth nothing to anybody.

It is started anew for each file and sends what it reads through a pipe; if it dies, the program
lives. Nothing here may import the database or the window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, repeat
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, BinaryIO

from advisorcrm.errors import ImportRejectedError
from advisorcrm.i18n import use_language
from advisorcrm.imports.confinement import confine
from advisorcrm.imports.default_password import opened
from advisorcrm.imports.raw_table import Cell, RawTable, ReadingLimits
from advisorcrm.imports.sniffing import FileKind, sniff
from advisorcrm.imports.transfer import ROWS_PER_BLOCK, pack_rows

Message = tuple[str, Any]
"""("begun", None), then for each ("sheet", head), ("rows", columns), ("end", tail), and at last
("done", None) or ("refused", why)."""


def parse_file(connection: Connection, path: str, language: str, limits: ReadingLimits) -> None:
    """Read one file and send it. The answer to any fault of the file is one sentence."""
    import gc
    import traceback

    connection.send(("begun", None))
    gc.disable()  # the process lives for one file, and rows hold no cycles
    confine(limits.memory_bytes)
    use_language(language)
    try:
        for message in _messages(Path(path), limits):
            connection.send(message)
        connection.send(("done", None))
    except ImportRejectedError as error:
        connection.send(("refused", str(error)))
    except MemoryError:
        connection.send(("exhausted", None))
    except BaseException:
        connection.send(("bug", traceback.format_exc()))
        raise
    finally:
        connection.close()


def _messages(path: Path, limits: ReadingLimits) -> Iterator[Message]:
    with path.open("rb") as stored:
        file = opened(stored)
        kind = sniff(file, limits)
        file.seek(0)
        if kind is FileKind.WORKBOOK:
            yield from _workbook(file, limits)
            return
        data = file.read()
    for table in _text_tables(kind, data, path.stem, limits):
        yield "sheet", _head(table, len(table.rows))
        yield from _blocks(iter(table.rows), limits)
        yield "end", table.faults


def _workbook(file: BinaryIO, limits: ReadingLimits) -> Iterator[Message]:
    from advisorcrm.imports.workbooks import read_workbook

    for sheet in read_workbook(file, limits):
        yield (
            "sheet",
            {
                "sheet_name": sheet.name,
                "first_row_number": sheet.first_row_number,
                "merged": sheet.merged,
                "is_hidden": sheet.is_hidden,
                "row_count": sheet.row_count,
                "zero_widths": sheet.zero_widths,
                "is_from_1904": sheet.is_from_1904,
            },
        )
        yield from _blocks(_without_blank_end(sheet.rows), limits)
        yield "end", ()


def _text_tables(kind: FileKind, data: bytes, name: str, limits: ReadingLimits) -> list[RawTable]:
    if kind is FileKind.CARDS:
        from advisorcrm.imports.vcards import read_vcards

        return [read_vcards(data, name, limits)]
    if kind is FileKind.SPREADSHEET_ML:
        from advisorcrm.imports.spreadsheet_ml import read_spreadsheet_ml

        return read_spreadsheet_ml(data, limits)
    if kind is FileKind.HTML:
        from advisorcrm.imports.html_tables import decode_html, read_html

        return read_html(decode_html(data), limits)
    if kind is FileKind.WEB_ARCHIVE:
        from advisorcrm.imports.web_archives import read_web_archive

        return read_web_archive(data, limits)
    from advisorcrm.imports.delimited import read_delimited
    from advisorcrm.imports.text_encoding import decode_text

    return [read_delimited(decode_text(data), name)]


def _head(table: RawTable, count: int) -> dict[str, Any]:
    return {
        "sheet_name": table.sheet_name,
        "first_row_number": table.first_row_number,
        "merged": table.merged,
        "encoding": table.encoding,
        "separator": table.separator,
        "is_cards": table.is_cards,
        "zero_widths": table.zero_widths,
        "is_from_1904": table.is_from_1904,
        "row_count": count,
    }


def _blocks(rows: Iterator[Sequence[Cell]], limits: ReadingLimits) -> Iterator[Message]:
    while block := list(islice(rows, ROWS_PER_BLOCK)):
        yield "rows", pack_rows(_rectangle(block, limits))


def _without_blank_end(rows: Iterator[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """The rows up to the last that holds anything: whole sheets are formatted to their end."""
    blank = 0
    for row in rows:
        if not any(row) and all(cell in ("", None) for cell in row):
            blank += 1
            continue
        yield from repeat([""] * len(row), blank)
        blank = 0
        yield row


def _rectangle(block: list[Sequence[Cell]], limits: ReadingLimits) -> list[Sequence[Cell]]:
    """Rows of equal length: lines of a text file may be shorter or longer than others."""
    widths = {len(row) for row in block}
    if len(widths) == 1 and max(widths) <= limits.columns:
        return block
    width = min(max(widths), limits.columns)
    return [[*row[:width], *[""] * (width - len(row))] for row in block]
