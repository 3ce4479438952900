"""Several tables in one workbook, a worksheet each: sums beside the rows they come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisorcrm.exports.cells import SheetColumn, clean, looks_like_formula
from advisorcrm.exports.files import write_whole
from advisorcrm.exports.fitting import column_letter

if TYPE_CHECKING:
    from openpyxl import Workbook

_HEADING_ROW = 3


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One worksheet: its name, title, remark, columns and rows."""

    name: str
    title: str
    line: str
    columns: Sequence[SheetColumn]
    rows: Iterable[object]


def write_tables(path: Path, tables: Sequence[SheetTable], *, watermark: str = "") -> None:
    """Write the tables; rows stream, the file is whole or not there at all."""
    write_whole(path, partial(_write, tables, watermark))


def _write(tables: Sequence[SheetTable], watermark: str, draft: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in tables:
        _write_table(book, table, watermark)
    book.save(draft)


def _write_table(book: Workbook, table: SheetTable, watermark: str) -> None:
    sheet = book.create_sheet(table.name)
    for at, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[column_letter(at)].width = column.column.width + 2
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    sheet.oddHeader.center.text = watermark
    sheet.append([_cell(sheet, table.title, is_bold=True)])
    sheet.append([_cell(sheet, table.line)])
    sheet.append([_cell(sheet, one.column.label, is_bold=True) for one in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, one.value(row), one.number_format) for one in table.columns])


def _cell(sheet: Any, value: Any, number_format: str = "", *, is_bold: bool = False) -> Any:
    """A typed cell; text stays text whatever it looks like."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if isinstance(value, str):
        value = clean(value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        if looks_like_formula(value):
            cell.quotePrefix = True
    if number_format:
        cell.number_format = number_format
    if is_bold:
        cell.font = Font(bold=True)
    return cell
