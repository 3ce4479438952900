"""The prescribed forms as data: read from ``resources/forms/*.toml``, filled with one record.

A form file says where everything stands: paper, grid, head, blocks, sign-off and foot. What a
value looks like comes from the row types (``columns.Column``), who prints it and when from the
imprint. A new form is one such file and one function that fills it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, overload

from advisorcrm import paths
from advisorcrm.columns import CodeBook
from advisorcrm.exports.cells import WHOLE, SheetColumn, sheet_columns, shown
from advisorcrm.exports.sheet import PAGE_TEXT, Block, Cell, CellRole, Page, Row, Sheet

_SIZES = {"portrait": (210.0, 297.0), "landscape": (297.0, 210.0)}
_RUNNING_NUMBER = "#"
_SIGN_DATE = "日期：　　　　年　　月　　日"
_WAN = 10_000


@dataclass(frozen=True)
class Filling:
    """What goes into a form: words for its texts, one record, and the rows of its tables."""

    words: Mapping[str, str]
    book: CodeBook = field(default_factory=CodeBook)
    record: object | None = None
    tables: Mapping[str, Sequence[object]] = field(default_factory=dict)
    watermark: str = ""


class TableRows(Sequence[Row]):
    """Rows of a table, made when they are looked at: a long list costs nothing here."""

    def __init__(
        self, rows: Sequence[object], make: Callable[[int, object | None], Row], least: int
    ):
        self._rows = rows
        self._make = make
        self._length = max(len(rows), least)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._length))]
        if not -self._length <= index < self._length:
            raise IndexError(index)
        index %= self._length
        return self._make(index, self._rows[index] if index < len(self._rows) else None)


@cache
def read_form(name: str) -> dict[str, Any]:
    """The layout of a form, as its file declares it."""
    form = tomllib.loads(paths.resource("forms", f"{name}.toml").read_text("utf-8"))
    page = _page(form)
    if abs(sum(form["grid"]) - page.inner_width) > 1:
        raise ValueError(f"{name}: the grid is {sum(form['grid'])} mm, the page {page.inner_width}")
    return form


def fill(name: str, filling: Filling) -> Sheet:
    """The form ``name``, filled."""
    form = read_form(name)
    words = filling.words
    return Sheet(
        name=form["sheet"],
        title=form["title"].format_map(words),
        page=_page(form),
        grid=tuple(float(width) for width in form["grid"]),
        font_pt=form["font_pt"],
        blocks=tuple(_block(form, block, filling) for block in form["blocks"]),
        corner_left=form["corner_left"].format_map(words),
        corner_right=form["corner_right"].format_map(words),
        line=tuple(part.format_map(words) for part in form["line"]),
        foot=form["foot"].format_map(words),
        watermark=filling.watermark,
        page_text=form.get("page_text", PAGE_TEXT),
    )


def table_of(name: str) -> list[dict[str, Any]]:
    """The columns of the first table of a form, with their widths in millimetres."""
    form = read_form(name)
    block = next(block for block in form["blocks"] if "table" in block)
    start = 0
    columns = []
    for column in block["columns"]:
        span = column.get("span", 1)
        columns.append({**column, "width": sum(form["grid"][start : start + span])})
        start += span
    return columns


def _page(form: dict[str, Any]) -> Page:
    width, height = form.get("paper") or _SIZES[form["orientation"]]
    return Page(width, height, **form.get("margins", {}))


def _block(form: dict[str, Any], block: dict[str, Any], filling: Filling) -> Block:
    if "table" in block:
        return _table(form, block, filling)
    columns = _columns_by_name(filling.record, filling.book)
    rows = []
    for row in block["rows"]:
        drawn = row if isinstance(row, dict) else {"cells": row}
        cells = [made for cell in drawn["cells"] for made in _cells(cell, columns, filling)]
        rows.append(Row(tuple(cells), drawn.get("height", block.get("height", form["row_height"]))))
    return _checked(form, block, rows, ())


def _table(form: dict[str, Any], block: dict[str, Any], filling: Filling) -> Block:
    data = filling.tables.get(block["table"], ())
    columns = _columns_by_name(data[0] if data else None, filling.book)
    height = block.get("height", form["row_height"])
    drawn = block["columns"]
    heading = tuple(
        Cell(column["label"], column.get("span", 1), CellRole.HEADING, "centre") for column in drawn
    )

    def make(index: int, record: object | None) -> Row:
        return Row(tuple(_table_cell(column, columns, index, record) for column in drawn), height)

    rows = TableRows(data, make, block.get("min_rows", 0))
    return _checked(form, block, rows, (Row(heading, block.get("heading_height", height)),))


def _checked(
    form: dict[str, Any], block: dict[str, Any], rows: Sequence[Row], heading: tuple[Row, ...]
) -> Block:
    side = block.get("side", "")
    wanted = len(form["grid"]) - bool(side)
    for row in (*heading, *rows[:3]):
        if sum(cell.span for cell in row.cells) != wanted:
            raise ValueError(f"{form['sheet']}: a row of {side or block} does not fill the grid")
    return Block(rows, heading, side, block.get("ruled", True), block.get("whole", False))


def _columns_by_name(record: object | None, book: CodeBook) -> dict[str, SheetColumn]:
    return {} if record is None else {c.name: c for c in sheet_columns(type(record), book)}


def _cells(
    cell: dict[str, Any], columns: Mapping[str, SheetColumn], filling: Filling
) -> tuple[Cell, ...]:
    """One entry of a form file: a label with its value, a place to sign, or a line of text."""
    if "sign" in cell:
        return (Cell(cell["sign"], cell["span"], CellRole.SIGN, foot=cell.get("foot", _SIGN_DATE)),)
    if "text" in cell:
        text = cell["text"].format_map(filling.words)
        return (Cell(text, cell["span"], CellRole.NOTE, cell.get("align", "left")),)
    label, span = cell["span"]
    value = _value_cell(cell, span, columns, filling.record)
    return (Cell(cell["label"], label, CellRole.LABEL, "centre"), value)


def _table_cell(
    drawn: dict[str, Any], columns: Mapping[str, SheetColumn], index: int, record: object | None
) -> Cell:
    if drawn["field"] == _RUNNING_NUMBER:
        span = drawn.get("span", 1)
        return Cell(str(index + 1), span, CellRole.VALUE, "centre", index + 1, WHOLE)
    return _value_cell(drawn, drawn.get("span", 1), columns, record)


def _value_cell(
    drawn: dict[str, Any],
    span: int,
    columns: Mapping[str, SheetColumn],
    record: object | None,
) -> Cell:
    align = drawn.get("align", "left")
    if record is None:
        return Cell("", span, CellRole.VALUE, align)
    column = columns[drawn["field"]]
    value, number_format = column.value(record), column.number_format
    if drawn.get("unit") == "万元" and isinstance(value, (int, float)):
        value, number_format = value / _WAN, "#,##0.0"
        return Cell(f"{value:,.1f}", span, CellRole.VALUE, align, value, number_format)
    return Cell(shown(value, number_format), span, CellRole.VALUE, align, value, number_format)
