"""What a value becomes in a sheet: typed for workbooks, Chinese text for paper.

Prescribed forms and lists are Chinese in every language of the program, so nothing here goes
through gettext. Text stays text: what a spreadsheet would take for a formula is only ever
written as a string.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from operator import attrgetter
from typing import Any, cast, get_args, get_origin, get_type_hints

from advisorcrm.columns import BRANCH_TIME, CodeBook, Column, Form, columns_of
from advisorcrm.terms import Term

CellValue = str | int | float | date | None
"""What a cell holds; a datetime is a date, naive and on the branch's clock."""

TEXT = "@"
DATE = "yyyy-mm-dd"
INSTANT = "yyyy-mm-dd hh:mm"
MONEY = "#,##0.00"
RATE = "0.00##"
WHOLE = "0"

LONGEST_TEXT = 32_767
"""Characters that a cell can hold, as UTF-16 counts them; only a remark may be longer."""

FIRST_YEAR = 1900
"""Workbooks know no earlier date: such a date is written as text."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # fmt: skip
_MARK = "……（全文 {count} 字，表格的一格装不下，完整内容在系统里）"
_MARK_LENGTH = 60
_CUT = re.compile(r"……（全文 \d+ 字，表格的一格装不下，完整内容在系统里）\s*$")
_YES_NO = {True: "是", False: "否"}


def clean(text: str) -> str | None:
    r"""The text without what a workbook cannot hold; None for an empty one.

    Control characters and halves of surrogate pairs go, every line end is one ``\\n``.
    """
    if not text.isprintable():
        text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return (_cut(text) if len(text) > LONGEST_TEXT // 2 else text) or None


def is_cut(text: str) -> bool:
    """Whether a cell holds only the beginning of a text that stands whole in the file."""
    return len(text) > LONGEST_TEXT // 4 and _CUT.search(text, len(text) - _MARK_LENGTH) is not None


def _cut(text: str) -> str:
    """As much of the text as a cell holds, with a word about the rest."""
    wide = text.encode("utf-16-le", "ignore")
    if len(wide) <= 2 * LONGEST_TEXT:
        return text
    mark = _MARK.format(count=len(text))
    room = 2 * (LONGEST_TEXT - len(mark))
    return wide[:room].decode("utf-16-le", "ignore") + mark


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might take the text for something to compute."""
    return text.startswith(_FORMULA_STARTS)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A declared column as sheets need it: how its values are converted and formatted."""

    name: str
    column: Column
    number_format: str
    convert: Callable[[Any], CellValue]

    def value(self, row: object) -> CellValue:
        """The typed value of the column in one row."""
        return self.convert(attrgetter(self.name)(row))


def sheet_columns(row_type: type[Any], book: CodeBook) -> tuple[SheetColumn, ...]:
    """The columns of a row type in the order of its fields."""
    kinds = _kinds(cast("Hashable", row_type))
    return tuple(
        _sheet_column(bound.name, bound.column, kinds[bound.name], book)
        for bound in columns_of(cast("Hashable", row_type))
    )


@cache
def _kinds(row_type: Hashable) -> dict[str, type[Any]]:
    """The class of each column's values; finding it out costs as much as ten cards."""
    hints = get_type_hints(row_type, include_extras=True)
    return {bound.name: _kind(get_args(hints[bound.name])[0]) for bound in columns_of(row_type)}


def _sheet_column(name: str, column: Column, kind: type[Any], book: CodeBook) -> SheetColumn:
    if column.codes:
        return SheetColumn(name, column, TEXT, partial(_labels, book, column.codes))
    if issubclass(kind, Term):
        return SheetColumn(name, column, TEXT, _term_label)
    if issubclass(kind, bool):
        return SheetColumn(name, column, TEXT, _YES_NO.get)
    if issubclass(kind, datetime):
        return SheetColumn(name, column, INSTANT, _branch_time)
    if issubclass(kind, date):
        return SheetColumn(name, column, DATE, _day)
    if issubclass(kind, int):
        return SheetColumn(name, column, *_NUMBERS.get(column.form, (WHOLE, _same)))
    return SheetColumn(name, column, TEXT, _text)


def _kind(hint: Any) -> type[Any]:
    """The plain class behind ``date | None``; the first of several."""
    choices = [item for item in (get_args(hint) or (hint,)) if item is not type(None)]
    first = hint if get_origin(hint) is tuple else choices[0]
    return first if isinstance(first, type) else tuple


def _text(value: str | None) -> CellValue:
    return None if value is None else clean(value)


def _same(value: int | None) -> CellValue:
    return value


def _yuan(fen: int | None) -> CellValue:
    return None if fen is None else fen / 100


def _permille(ppm: int | None) -> CellValue:
    return None if ppm is None else ppm / 1000


def _day(day: date | str | None) -> CellValue:
    """A date; one older than workbooks know, or in words (长期), as text."""
    if isinstance(day, date):
        return day.isoformat() if day.year < FIRST_YEAR else day
    return _text(day)


def _branch_time(at: datetime | None) -> CellValue:
    if at is None:
        return None
    return at.astimezone(BRANCH_TIME).replace(tzinfo=None, second=0, microsecond=0)


def _term_label(term: Term | None) -> CellValue:
    return None if term is None else term.label_zh


def _labels(book: CodeBook, list_name: str, codes: str | tuple[str, ...] | None) -> CellValue:
    if not codes:
        return None
    if isinstance(codes, str):
        return clean(book.label_zh(list_name, codes))
    return clean("、".join(book.label_zh(list_name, code) for code in codes))


_NUMBERS: dict[Form, tuple[str, Callable[[Any], CellValue]]] = {
    Form.MONEY: (MONEY, _yuan),
    Form.PERMILLE: (RATE, _permille),
}


def shown(value: CellValue, number_format: str = "") -> str:
    """A typed value as Chinese text, for paper."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if number_format == MONEY:
        return f"{value:,.2f}"
    if number_format == RATE:
        whole, _, part = f"{value:.4f}".partition(".")
        return f"{whole}.{part.rstrip('0').ljust(2, '0')}"
    return str(value)
