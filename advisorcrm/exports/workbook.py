"""Prescribed forms as workbooks that print on A4 as they stand: the writer of form cells.

Lists of any length are written by ``exports/long_list.py``; both keep text as text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisorcrm.exports.cells import TEXT, clean, looks_like_formula
from advisorcrm.exports.files import write_bytes
from advisorcrm.exports.fitting import (
    HIGHEST_ROW,
    MM_PER_POINT,
    column_letter,
    column_width,
    lines_needed,
    page_edge_text,
    room,
    shrinks,
)
from advisorcrm.exports.sheet import Block, Cell, CellRole, Row, Sheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "宋体"
_A4 = 9
_SHORT_TEXT = 255  # Excel shows "####" for longer text in a cell of the text format
_HEAD_ROWS = 3
_LINE_SPACING = 1.3


def write_forms(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write filled forms into one workbook, a worksheet each; whole or not at all."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, start=1):
        _FormWriter(book, sheet, number if len(sheets) > 1 else 0).write()
    buffer = BytesIO()
    book.save(buffer)
    write_bytes(path, buffer.getvalue())


class _FormWriter:
    """Writes one sheet from the top down."""

    def __init__(self, book: Workbook, sheet: Sheet, number: int) -> None:
        self.sheet = sheet
        self.target: Worksheet = book.create_sheet(f"{sheet.name}{number or ''}")
        self.width = len(sheet.grid)
        self.row = 1

    def write(self) -> None:
        for index, width in enumerate(self.sheet.grid, start=1):
            self.target.column_dimensions[column_letter(index)].width = column_width(width)
        self._head()
        repeated = _HEAD_ROWS
        for position, block in enumerate(self.sheet.blocks):
            self._block(block)
            if position == 0:
                repeated += len(block.heading)
        self._page(repeated)

    def _head(self) -> None:
        sheet, middle = self.sheet, max(1, self.width // 2)
        small = sheet.font_pt - 0.5
        self._merged(Cell(sheet.corner_left, role=CellRole.NOTE), 1, middle, size=small)
        right = Cell(sheet.corner_right, role=CellRole.NOTE, align="right")
        self._merged(right, middle + 1, self.width, size=small)
        self._next(5)
        title = Cell(sheet.title, role=CellRole.NOTE, align="centre")
        self._merged(title, 1, self.width, size=16, bold=True)
        self._next(10)
        line = Cell("　　".join(sheet.line), role=CellRole.NOTE)
        self._merged(line, 1, self.width, size=sheet.font_pt)
        self._next(7)

    def _block(self, block: Block) -> None:
        first, side = self.row, int(bool(block.side))
        for row in (*block.heading, *block.rows):
            self._row(row, 1 + side)
        if side:
            last = self.row
            self.row = first
            cell = Cell(block.side, role=CellRole.LABEL, align="down")
            self._merged(cell, 1, 1, last_row=last - 1, size=self.sheet.font_pt)
            self.row = last

    def _row(self, row: Row, column: int) -> None:
        """One row of the form; what is higher than a row can be goes on over several, merged."""
        placed, height = [], row.height
        for cell in row.cells:
            last = column + cell.span - 1
            placed.append((cell, column, last))
            height = max(height, self._height(cell, column, last))
            column = last + 1
        count = math.ceil(height / MM_PER_POINT / HIGHEST_ROW)
        for cell, first, last in placed:
            self._merged(cell, first, last, last_row=self.row + count - 1, size=self.sheet.font_pt)
            if count > 1:
                self._begin_above(first)
        for _part in range(count):
            self._next(height / count)

    def _begin_above(self, column: int) -> None:
        """A text of pages begins at its top, not in its middle."""
        head = self.target.cell(self.row, column)
        alignment = copy(head.alignment)
        alignment.vertical = "top"
        head.alignment = alignment

    def _height(self, cell: Cell, first: int, last: int) -> float:
        width = sum(self.sheet.grid[first - 1 : last])
        points = self.sheet.font_pt
        lines = lines_needed(cell.text, room(width, points))
        return lines * points * MM_PER_POINT * _LINE_SPACING + 2

    def _next(self, height: float) -> None:
        points = min(height / MM_PER_POINT, HIGHEST_ROW)
        self.target.row_dimensions[self.row].height = round(points, 1)
        self.row += 1

    def _merged(
        self,
        cell: Cell,
        first: int,
        last: int,
        *,
        last_row: int = 0,
        size: float,
        bold: bool = False,
    ) -> None:
        """One cell of the form: value, face, rules on every cell below the merge."""
        from openpyxl.styles import Border, Font, Side

        last_row = max(self.row, last_row)
        if cell.role is not CellRole.NOTE:
            thin = Side(style="thin", color="000000")
            border = Border(left=thin, right=thin, top=thin, bottom=thin)
            for row in self.target.iter_rows(self.row, last_row, first, last):
                for part in row:
                    part.border = border
        head = self.target.cell(self.row, first)
        _put(head, cell)
        head.font = Font(name=FONT, size=size, bold=bold or cell.role is CellRole.HEADING)
        width = room(sum(self.sheet.grid[first - 1 : last]), size)
        head.alignment = _alignment(cell, width)
        if last > first or last_row > self.row:
            self.target.merge_cells(
                start_row=self.row, end_row=last_row, start_column=first, end_column=last
            )

    def _page(self, repeated: int) -> None:
        """A4, one page wide, as many as needed long, head repeated, pages numbered."""
        from openpyxl.worksheet.page import PageMargins

        target, page = self.target, self.sheet.page
        target.print_area = f"A1:{column_letter(self.width)}{self.row - 1}"
        target.print_title_rows = f"1:{repeated}"
        target.page_setup.paperSize = _A4
        target.page_setup.orientation = "landscape" if page.is_landscape else "portrait"
        target.page_setup.fitToWidth = 1
        target.page_setup.fitToHeight = 0
        target.sheet_properties.pageSetUpPr.fitToPage = True
        target.print_options.horizontalCentered = True
        inch = 25.4
        target.page_margins = PageMargins(
            left=page.left / inch, right=page.right / inch, top=(page.top + 2) / inch,
            bottom=(page.bottom + 4) / inch, header=4 / inch, footer=6 / inch,
        )  # fmt: skip
        target.oddFooter.left.text = page_edge_text(self.sheet.foot)
        target.oddFooter.right.text = "第 &P 页 / 共 &N 页"
        target.oddHeader.center.text = page_edge_text(self.sheet.watermark)
        for part in (target.oddFooter.left, target.oddFooter.right, target.oddHeader.center):
            part.size = 8
        target.oddHeader.center.color = "808080"


def _put(target: Any, cell: Cell) -> None:
    """The typed value; text is written as text whatever it looks like."""
    if cell.foot:
        target.value = f"{cell.text}\n\n{cell.foot}"
        return
    value = cell.text if cell.value is None else cell.value
    if not isinstance(value, str):
        target.value, target.number_format = value, cell.number_format
        return
    text = clean(value)
    if text is None:
        return
    from openpyxl.utils.escape import escape

    target.value = escape(text) if "_x" in text else text
    target.data_type = "s"
    target.quotePrefix = looks_like_formula(text)
    if cell.number_format == TEXT and len(text) <= _SHORT_TEXT:
        target.number_format = TEXT


def _alignment(cell: Cell, width: float) -> Alignment:
    from openpyxl.styles import Alignment

    if cell.align == "down":
        return Alignment(horizontal="center", vertical="center", textRotation=255)
    horizontal = "center" if cell.align == "centre" else cell.align
    upright = "top" if cell.role is CellRole.SIGN else "center"
    is_value = cell.role is CellRole.VALUE
    small = is_value and (not isinstance(cell.value or cell.text, str) or shrinks(cell.text, width))
    return Alignment(
        horizontal,
        upright,
        wrap_text=not small,
        shrink_to_fit=small,
        indent=1 if is_value and horizontal == "left" else 0,
    )
