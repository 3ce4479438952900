"""Birthdays in three columns (出生年, 出生月, 出生日), as Thunderbird writes them, made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from advisorcrm.imports.cell_values import text_of
from advisorcrm.imports.header_search import Header
from advisorcrm.imports.raw_table import Cell, RawTable

PARTS = ("birth_year", "birth_month", "birth_day")


def with_birthdays(table: RawTable, header: Header) -> tuple[RawTable, Header]:
    """The table with each birthday in the column of its day; the other parts are left alone.

    ``Birth Day`` and 出生日 alone mean a whole birthday: beside a month they are its day.
    """
    fields = [heading.field for heading in header.headings]
    if not set(PARTS).intersection(fields):
        return table, header
    if "birth_day" not in fields and "birth_month" in fields and "birthday" in fields:
        fields[fields.index("birthday")] = "birth_day"
    left_alone = _without_parts(header, day=-1)
    if "birth_day" not in fields or "birth_month" not in fields or "birthday" in fields:
        return table, left_alone
    year = fields.index("birth_year") if "birth_year" in fields else -1
    month, day = fields.index("birth_month"), fields.index("birth_day")
    first = header.last_row + 1
    rows = [*table.rows[:first], *(_joined(row, year, month, day) for row in table.rows[first:])]
    return replace(table, rows=rows), _without_parts(header, day)


def _without_parts(header: Header, day: int) -> Header:
    """The head in which one column is the birthday, and the parts of it are nothing."""
    headings = [
        replace(one, field="birthday" if at == day else "")
        if at == day or one.field in PARTS
        else one
        for at, one in enumerate(header.headings)
    ]
    return replace(header, headings=tuple(headings))


def _joined(row: Sequence[Cell], year: int, month: int, day: int) -> Sequence[Cell]:
    told = [_part(row, at) for at in (year, month, day)]
    if not (told[1] or told[2]):
        return [*row[:day], told[0], *row[day + 1 :]]
    if told[0] and not told[2]:
        return [*row[:day], f"{told[0]}年{told[1]}月", *row[day + 1 :]]  # chinese: data
    return [*row[:day], "-".join(filter(None, told)), *row[day + 1 :]]


def _part(row: Sequence[Cell], at: int) -> str:
    """A part without what says which it is; zeros say that there is none."""
    text = text_of(row[at]).strip() if 0 <= at < len(row) else ""
    text = text.rstrip("年月日号").strip()  # chinese: data
    return text if text.strip("0") else ""
