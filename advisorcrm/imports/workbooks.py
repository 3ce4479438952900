"""Workbooks (.xlsx, .xls, .ods, .xlsb) through calamine; openpyxl where calamine gives up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Any, BinaryIO

from advisorcrm.errors import ImportRejectedError
from advisorcrm.i18n import _
from advisorcrm.imports.far_cells import without_far_cells
from advisorcrm.imports.old_workbooks import as_western, true_text, true_texts
from advisorcrm.imports.raw_table import Cell, ReadingLimits, Span
from advisorcrm.imports.sheet_looks import SheetLooks, WorkbookLooks, looks_of
from advisorcrm.imports.sniffing import damaged
from advisorcrm.imports.unread_cells import with_unread
from advisorcrm.imports.zip_guard import password_sentence

_BLANK_RUN = 20_000
"""So many empty rows in a row are the end of a sheet, however far its marks reach."""


@dataclass(frozen=True, slots=True)
class SheetRows:
    """One sheet while it is read: its rows come once, in order."""

    name: str
    is_hidden: bool
    first_row_number: int
    row_count: int
    merged: tuple[Span, ...]
    zero_widths: Mapping[int, int]
    rows: Iterator[Sequence[Cell]]
    is_from_1904: bool = False


def read_workbook(file: BinaryIO, limits: ReadingLimits) -> Iterator[SheetRows]:
    """The sheets of a workbook. Raises ImportRejectedError with the cause.

    A workbook in which calamine sees nothing at all is read a second time, by openpyxl.
    """
    import python_calamine as calamine

    is_empty = True
    try:
        # From memory, since a path would be judged by its ending.
        data, encoding = as_western(file.read())
        near = without_far_cells(data, limits.columns)
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(near))
        for sheet in _sheets(workbook, looks_of(file), limits):
            is_empty = False
            yield _in_its_encoding(sheet, encoding) if encoding else sheet
    except calamine.PasswordError as error:
        raise ImportRejectedError(password_sentence()) from error
    except calamine.XmlError:
        yield from _by_openpyxl(file, limits)
    except calamine.CalamineError as error:
        raise damaged() from error
    else:
        if is_empty and zipfile.is_zipfile(file):
            yield from _by_openpyxl(file, limits)


def _in_its_encoding(sheet: SheetRows, encoding: str) -> SheetRows:
    name = true_text(encoding)(sheet.name)
    return replace(sheet, name=name, rows=true_texts(sheet.rows, encoding))


def _sheets(workbook: Any, looks: WorkbookLooks, limits: ReadingLimits) -> Iterator[SheetRows]:
    import python_calamine as calamine

    for about in islice(workbook.sheets_metadata, limits.sheets):
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        if sheet.start is None:
            continue
        _check_size(sheet.height, limits)
        top, left = sheet.start
        rows = _plain_cells(islice(sheet.iter_rows(), top, None))
        seen = looks.sheets.get(about.name, SheetLooks())
        if seen.unread:
            rows = with_unread(rows, seen.unread, top, left, sheet.width)
        yield SheetRows(
            name=about.name,
            is_hidden=about.visible != calamine.SheetVisibleEnum.Visible,
            first_row_number=top + 1,
            row_count=sheet.height,
            merged=_spans(sheet, seen.merged, top, left),
            zero_widths={at - left: wide for at, wide in seen.zero_widths.items()},
            rows=rows,
            is_from_1904=looks.is_from_1904,
        )


def _check_size(rows: int, limits: ReadingLimits) -> None:
    if rows > limits.rows:
        raise ImportRejectedError(
            _("表里有 {count} 行，超过 {limit} 行的上限，没有读取。请分成几个文件。").format(
                count=rows, limit=limits.rows
            )
        )


def _spans(sheet: Any, seen: tuple[Span, ...], top: int, left: int) -> tuple[Span, ...]:
    """Merged ranges inside the used area, counted from its corner."""
    bottom, right = sheet.height - 1, sheet.width - 1
    found = []
    told = (Span(*first, *last) for first, last in sheet.merged_cell_ranges or ())
    for whole in (*told, *seen):
        span = Span(
            max(whole.top - top, 0),
            max(whole.left - left, 0),
            min(whole.bottom - top, bottom),
            min(whole.right - left, right),
        )
        if span.top <= span.bottom and span.left <= span.right:
            found.append(span)
    return tuple(found)


def _plain_cells(rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Cell]]:
    """Durations are the one type of cell that nothing here understands."""
    for row in rows:
        if timedelta in map(type, row):
            yield [str(cell) if isinstance(cell, timedelta) else cell for cell in row]
        else:
            yield row


def _by_openpyxl(file: BinaryIO, limits: ReadingLimits) -> Iterator[SheetRows]:
    """The slower reader, for XML that calamine does not decode (UTF-16 parts)."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, ValueError, KeyError, IndexError, SyntaxError) as error:
        raise damaged() from error
    for sheet in islice(workbook.worksheets, limits.sheets):
        rows = list(_until_blank(sheet.iter_rows(values_only=True), limits))
        if rows:
            width = max(map(len, rows))
            padded = ([*row, *[""] * (width - len(row))] for row in rows)
            hidden = sheet.sheet_state != "visible"
            is_from_1904 = workbook.epoch.year == 1904
            cells = _plain_cells(padded)
            yield SheetRows(sheet.title, hidden, 1, len(rows), (), {}, cells, is_from_1904)


def _until_blank(rows: Iterator[Sequence[Any]], limits: ReadingLimits) -> Iterator[list[Cell]]:
    held: list[list[Cell]] = []
    for number, row in enumerate(rows):
        _check_size(number, limits)
        held.append(["" if cell is None else cell for cell in row])
        if any(cell not in ("", None) for cell in row):
            yield from held
            held.clear()
        elif len(held) > _BLANK_RUN:
            return
