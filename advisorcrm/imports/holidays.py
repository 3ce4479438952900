"""A year's holidays from a file: CSV, workbook or JSON, columns found by their headings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from advisorcrm.errors import ImportRejectedError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.imports.raw_table import Cell, RawTable
from advisorcrm.imports.reading import read_tables
from advisorcrm.rules.workdays import DayKind, plain_kind
from advisorcrm.services.branch.working_days import ESTIMATE, HolidaySheet, NewWorkingDay

_DATES = ("日期", "date", "on", "day")
_KINDS = ("类型", "日期类型", "kind", "type")
_NAMES = ("名称", "节日", "name", "holiday")
_BASES = ("依据", "basis")
_REST = ("休市", "休", "休息", "放假", "节假日", "holiday", "rest", "off")
_WORK = (
    "调休上班", "班", "上班", "补班", "工作日", "workday", "made_up_workday", "make-up", "work",
)  # fmt: skip
_CLOSED = ("工作日，不交易", "工作日,不交易", "不交易", "without_trading")
_MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of a file, unread: its number and cells."""

    row: int
    on: Any = None
    kind: Any = None
    name: Any = None
    basis: Any = None

    def day(self) -> NewWorkingDay | None:
        """What it says, None if that is not understood."""
        on = _date_of(self.on)
        kind = None if on is None else _kind_of(str(self.kind or "").strip().lower(), on)
        if on is None or kind is None:
            return None
        return NewWorkingDay(on, kind, str(self.name or "").strip())


def read_holidays(path: Path) -> HolidaySheet:
    """The days of a file. Raises ImportRejectedError with every line that is not understood."""
    if path.suffix.lower() == ".json":
        entries = list(_from_json(path))
    else:
        entries = [entry for table in read_tables(path) for entry in _from_table(table)]
    read = [(entry, entry.day()) for entry in entries]
    days = tuple(day for _entry, day in read if day is not None)
    faults = [
        _("第 {row} 行：{date} {kind}").format(row=entry.row, date=entry.on, kind=entry.kind)
        for entry, day in read
        if day is None
    ]
    if faults or not days:
        lines = "\n".join(faults[:20])
        raise ImportRejectedError(
            _("没有读懂节假日表，没有导入。要有“日期、类型、名称”三列，类型写 休市 或 调休上班。")
            + (f"\n{lines}" if lines else "")
        )
    is_estimate = all(entry.basis == ESTIMATE for entry in entries)
    return HolidaySheet(days, is_official=not is_estimate)


def _from_table(table: RawTable) -> Iterator[_Entry]:
    places: list[int | None] | None = None
    for at, row in enumerate(table.rows):
        if places is None:
            places = _places(row)
        elif any(cell not in ("", None) for cell in row):
            cells = (None if one is None or one >= len(row) else row[one] for one in places)
            yield _Entry(table.row_number(at), *cells)


def _places(row: Sequence[Cell]) -> list[int | None] | None:
    heads = [str(cell or "").strip().lower() for cell in row]
    places = [
        next((at for at, head in enumerate(heads) if head in names), None)
        for names in (_DATES, _KINDS, _NAMES, _BASES)
    ]
    return None if None in places[:2] else places


def _from_json(path: Path) -> Iterator[_Entry]:
    """A list of objects, or one under ``days``."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ImportRejectedError(_("文件太大，不是一年的节假日表。"))
        content = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise NotFoundError(_("找不到文件 {path}，请核对位置。").format(path=path)) from error
    except (ValueError, OSError, RecursionError) as error:
        raise ImportRejectedError(_("文件不是有效的 JSON，没有导入。")) from error
    whole = content if isinstance(content, dict) else {"days": content}
    entries, basis = whole.get("days"), ESTIMATE if whole.get("is_official") is False else ""
    for number, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        if isinstance(entry, dict):
            yield _Entry(number, entry.get("date"), entry.get("kind"), entry.get("name"), basis)


def _date_of(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell or "").strip().replace("/", "-").replace(".", "-")
    try:
        parts = [int(part) for part in text.split("-")]
        return date.fromisoformat(text) if len(parts) == 1 else date(*parts)
    except (ValueError, TypeError):
        return None


def _kind_of(word: str, on: date) -> DayKind | None:
    if word in _REST:
        return DayKind.REST
    if word in _CLOSED:
        return DayKind.WITHOUT_TRADING
    if word in _WORK:
        is_weekend = plain_kind(on) is DayKind.REST
        return DayKind.MADE_UP_WORKDAY if is_weekend else DayKind.WORKDAY
    return None
