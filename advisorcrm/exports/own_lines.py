"""The branch's own fields in sheets: columns of the client list, lines of a card (R19, R71).

Like everything in sheets they are Chinese in every language of the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from advisorcrm.columns import CodeBook, Column, OwnFieldRow
from advisorcrm.exports.cells import DATE, FIRST_YEAR, TEXT, CellValue, SheetColumn, clean, shown
from advisorcrm.exports.sheet import Block, Cell, CellRole, Row, Sheet
from advisorcrm.services.files.own_values import NO, OWN, YES, mask_own
from advisorcrm.terms import OwnFieldKind

SIDE = "自定义"
NUMBER = "General"
_EXACT_DIGITS = 15
_LABEL, _VALUE = 2, 4
_ROW_MM = 8.0
_WORDS = {YES: "是", NO: "否"}


class OwnValues:
    """What a file holds in the branch's own fields, each under the field's name; empty for none."""

    __slots__ = ("_held",)

    def __init__(self, held: Mapping[str, str]) -> None:
        self._held = held

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._held.get(OWN + name, "")


def masked_own(held: Mapping[str, str]) -> dict[str, str]:
    """The values without telephone and card numbers."""
    return {name: mask_own(value) for name, value in held.items()}


def own_columns(book: CodeBook) -> list[SheetColumn]:
    """A column for each field in use; numbers and dates are typed."""
    return [_column(field, book) for field in book.own_fields()]


def with_own_lines(sheet: Sheet, own: OwnValues, book: CodeBook, *, before: str) -> Sheet:
    """The card with the filled own fields as lines 自定义 before the block of that title."""
    cells = list(_cells(own, book))
    if not cells:
        return sheet
    if len(cells) % 2:
        cells.append((Cell("", _LABEL, CellRole.LABEL), Cell("", _VALUE)))
    rows = tuple(Row((*cells[at], *cells[at + 1]), _ROW_MM) for at in range(0, len(cells), 2))
    place = next(at for at, block in enumerate(sheet.blocks) if block.side == before)
    block = Block(rows, side=SIDE, stays_whole=True)
    return replace(sheet, blocks=(*sheet.blocks[:place], block, *sheet.blocks[place:]))


def say_zh(field: OwnFieldRow, value: str, book: CodeBook) -> str:
    """A value in Chinese words."""
    if field.kind is OwnFieldKind.CHOICE:
        return book.label_zh(field.list_name, value)
    if field.kind is OwnFieldKind.YES_NO:
        return _WORDS.get(value, value)
    return value


def _cells(own: OwnValues, book: CodeBook) -> Iterator[tuple[Cell, Cell]]:
    for column in own_columns(book):
        value = column.value(_Holder(own))
        if value is not None:
            label = Cell(column.column.label, _LABEL, CellRole.LABEL, "centre")
            text = shown(value, column.number_format)
            yield label, Cell(text, _VALUE, value=value, number_format=column.number_format)


class _Holder:
    """A row of which only the own fields are asked."""

    def __init__(self, own: OwnValues) -> None:
        self.own = own


def _column(field: OwnFieldRow, book: CodeBook) -> SheetColumn:
    form = {OwnFieldKind.NUMBER: NUMBER, OwnFieldKind.DATE: DATE}.get(field.kind, TEXT)
    align = "right" if field.kind is OwnFieldKind.NUMBER else "left"
    column = Column(field.label, width=14, align=align)
    return SheetColumn(OWN + field.name, column, form, partial(_convert, field, book))


def _convert(field: OwnFieldRow, book: CodeBook, value: str) -> CellValue:
    if not value:
        return None
    if field.kind is OwnFieldKind.NUMBER:
        return _number(value)
    if field.kind is OwnFieldKind.DATE:
        on = date.fromisoformat(value)
        return on if on.year >= FIRST_YEAR else value
    return clean(say_zh(field, value, book))


def _number(text: str) -> CellValue:
    """As a number where the sheet keeps every digit, else (or masked) as text."""
    if "*" in text or len(text.strip("-").replace(".", "")) > _EXACT_DIGITS:
        return text
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)
