"""Lists of any length as workbooks: rows stream to the disk, memory does not grow with them.

openpyxl takes ten times as long, and the fast writers that are kept cannot give a streamed
row its height, so that wrapped cells print over each other: the rows are written here, as
inline strings, the rest of the file by ``exports/package.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from advisorcrm.exports import package
from advisorcrm.exports.cells import TEXT, CellValue, SheetColumn, clean
from advisorcrm.exports.files import write_whole
from advisorcrm.exports.fitting import (
    HIGHEST_ROW,
    column_letter,
    column_width,
    lines_needed,
    page_edge_text,
    room,
    shrinks,
)

HEADING_ROW = 3
_SCALE = 1.25  # columns are drawn larger on the screen than they print
_ROWS_A_WRITE = 500
_ROW_POINTS = 18.0
_LINE_POINTS = 11.2
_FASTEST_COMPRESSION = 1
_REMEMBERED = 2000
_SIGN_OFF_LENGTH, _FOOT_LENGTH = 90, 125  # with the page number no more than 255 characters
_ROW_NUMBER = "\x00"  # stands for it in a cell that is made before its row is known
_PAGE_MARGIN = 7.0
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - workbooks know no time zones
_EPOCH_DAY = _EPOCH.toordinal()
_DAY_SECONDS = 86_400
_HORIZONTAL = {"left": "left", "centre": "center", "right": "right"}
_MARKUP = re.compile("[&<>]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

Made = tuple[str, int]
"""A cell, and how many lines it takes."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a list: its declaration and, where it is printed, its width on paper."""

    source: SheetColumn
    width_mm: float = 0  # 0: not printed, as wide as declared

    @property
    def width(self) -> float:
        """Width in characters of the standard face."""
        if self.width_mm:
            return column_width(self.width_mm * _SCALE)
        return float(self.source.column.width)

    @property
    def room(self) -> float:
        """How many full characters stand side by side; columns outside the paper never wrap."""
        return room(self.width_mm * _SCALE, package.BODY_PT) if self.width_mm else HIGHEST_ROW


@dataclass(frozen=True, slots=True)
class ListHead:
    """What stands above the rows and at the edges of the printed pages."""

    sheet: str
    title: str
    line: str
    foot: str
    sign_off: str = ""
    watermark: str = ""


def write_list(
    path: Path, head: ListHead, columns: Sequence[ListColumn], rows: Iterable[object]
) -> int:
    """Write the rows under the head; returns how many there were.

    Printed columns stand first, the others to their right, outside the print area. Raises what
    ``rows`` raises, leaving nothing behind, and the sentences of ``write_whole``.
    """
    writer = _ListWriter(head, columns)
    write_whole(path, partial(writer.write, rows))
    return writer.count


class _ListWriter:
    """Writes one list into one draft."""

    def __init__(self, head: ListHead, columns: Sequence[ListColumn]) -> None:
        self.head = head
        self.columns = columns
        self.printed = sum(1 for column in columns if column.width_mm) or len(columns)
        self.count = 0

    def write(self, rows: Iterable[object], draft: Path) -> None:
        """The whole file, its parts in the order in which readers look for them."""
        with ZipFile(draft, "w", ZIP_DEFLATED, compresslevel=_FASTEST_COMPRESSION) as file:
            file.writestr("[Content_Types].xml", package.CONTENT_TYPES)
            file.writestr("_rels/.rels", package.PACKAGE_RELATIONS)
            file.writestr("xl/_rels/workbook.xml.rels", package.WORKBOOK_RELATIONS)
            file.writestr("xl/styles.xml", package.styles_part(self._faces()))
            with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
                sheet.write(self._above().encode())
                for part in self._parts(rows):
                    sheet.write(part.encode())
                sheet.write(self._below().encode())
            file.writestr("xl/workbook.xml", self._workbook())

    def _parts(self, rows: Iterable[object]) -> Iterator[str]:
        part: list[str] = []
        for row in self._rows(rows):
            part.append(row)
            if len(part) == _ROWS_A_WRITE:
                yield "".join(part)
                part.clear()
        yield "".join(part)

    def _rows(self, rows: Iterable[object]) -> Iterator[str]:
        fields = attrgetter(*(column.source.name for column in self.columns))
        makers = [_maker(at, column) for at, column in enumerate(self.columns)]
        known = [maker.known for maker in makers]
        wraps = [at for at, maker in enumerate(makers) if maker.wraps]
        number = HEADING_ROW
        for row in rows:
            number += 1
            stored = zip(known, makers, fields(row), strict=True)
            made = [cells.get(value) or make(value) for cells, make, value in stored]
            text = "".join([cell[0] for cell in made]).replace(_ROW_NUMBER, str(number))
            height = _height(max([made[at][1] for at in wraps], default=1))
            yield f'<row r="{number}" ht="{height}" customHeight="1">{text}</row>'
        self.count = number - HEADING_ROW

    def _faces(self) -> list[tuple[str, str]]:
        return [
            (column.source.number_format, _HORIZONTAL[column.source.column.align])
            for column in self.columns
        ]

    def _above(self) -> str:
        widths = [column.width for column in self.columns]
        headings = "".join(
            f'<c r="{column_letter(at)}{HEADING_ROW}'
            f"{_inline(package.HEADING_STYLE, column.source.column.label)}"
            for at, column in enumerate(self.columns, start=1)
        )
        return (
            f"{package.sheet_head(widths, HEADING_ROW)}"
            f'<row r="1" ht="28" customHeight="1">'
            f'<c r="A1{_inline(package.TITLE_STYLE, clean(self.head.title) or "")}</row>'
            f'<row r="2" ht="18" customHeight="1">'
            f'<c r="A2{_inline(package.LINE_STYLE, clean(self.head.line) or "")}</row>'
            f'<row r="{HEADING_ROW}" ht="40" customHeight="1">{headings}</row>'
        )

    def _below(self) -> str:
        last, edge = self._last_row(), column_letter(self.printed)
        texts = (
            f"{column_letter(at)}{HEADING_ROW + 1}:{column_letter(at)}{last}"
            for at, column in enumerate(self.columns, start=1)
            if column.source.number_format == TEXT
        )
        sign_off = page_edge_text(self.head.sign_off, _SIGN_OFF_LENGTH)
        foot = page_edge_text(self.head.foot, _FOOT_LENGTH)
        mark = page_edge_text(self.head.watermark)
        return package.sheet_tail(
            filtered=f"A{HEADING_ROW}:{column_letter(len(self.columns))}{last}",
            merged=(f"A1:{edge}1", f"A2:{edge}2"),
            as_text=" ".join(texts),
            header=f"&C&8 &K808080{mark}" if mark else "",
            footer=f"&L&9 {sign_off}\n&8 {foot}&R&8 第 &P 页 / 共 &N 页",
            margin=_PAGE_MARGIN,
        )

    def _workbook(self) -> str:
        last = self._last_row()
        return package.workbook_part(
            self.head.sheet,
            last=f"${column_letter(len(self.columns))}${last}",
            printed=f"${column_letter(self.printed)}${last}",
            heading_row=HEADING_ROW,
        )

    def _last_row(self) -> int:
        return HEADING_ROW + max(1, self.count)


def _height(lines: int) -> float:
    """Points for a row of so many lines."""
    return min(HIGHEST_ROW, _ROW_POINTS + (lines - 1) * _LINE_POINTS)


class _Cells:
    """The cells of one column; values that come again and again are made once."""

    wraps = False

    def __init__(self, at: int, column: ListColumn) -> None:
        self.place = f'<c r="{column_letter(at + 1)}{_ROW_NUMBER}'
        self.convert = column.source.convert
        self.style = package.FIRST_COLUMN_STYLE + 2 * at + 1
        self.empty = f'{self.place}" s="{self.style}"/>' if column.width_mm else ""
        self.known: dict[Any, Made] = {}

    def __call__(self, value: Any) -> Made:
        made = self.make(self.convert(value))
        if len(self.known) < _REMEMBERED:
            self.known[value] = made
        return made

    def make(self, value: CellValue) -> Made:
        """A number or a date; in words (长期) where there is none."""
        if value is None:
            return self.empty, 1
        if isinstance(value, str):
            return f"{self.place}{_inline(self.style, value)}", 1
        return f'{self.place}" s="{self.style}"><v>{_number(value)}</v></c>', 1


class _TextCells(_Cells):
    """Text as inline strings, which no spreadsheet computes; Chinese wraps, codes shrink."""

    def __init__(self, at: int, column: ListColumn) -> None:
        super().__init__(at, column)
        self.room = column.room
        self.wraps = bool(column.width_mm)

    def make(self, value: CellValue) -> Made:
        """A text on one line, or on as many as it takes."""
        if value is None:
            return self.empty, 1
        text = str(value)
        is_short = len(text) <= self.room and "\n" not in text
        if is_short or not self.wraps or shrinks(text, self.room):
            return f"{self.place}{_inline(self.style, text)}", 1
        return f"{self.place}{_inline(self.style - 1, text)}", lines_needed(text, self.room)


def _maker(at: int, column: ListColumn) -> _Cells:
    return (_TextCells if column.source.number_format == TEXT else _Cells)(at, column)


def _number(value: float | date) -> float:
    if isinstance(value, datetime):
        return (value - _EPOCH).total_seconds() / _DAY_SECONDS
    if isinstance(value, date):
        return value.toordinal() - _EPOCH_DAY
    return value


def _inline(style: int, text: str) -> str:
    """A string as it is, its markup and what looks like an escape escaped; from the style on."""
    if _MARKUP.search(text):
        text = _MARKUP.sub(_entity, text)
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _entity(found: re.Match[str]) -> str:
    return _ENTITIES[found.group()]
