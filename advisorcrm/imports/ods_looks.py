"""What an open-document workbook (.ods) shows and its parser does not tell.

Formulas that no program has computed yet, numbers shown with leading zeros, and merged cells.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from advisorcrm.imports.raw_table import UNCOMPUTED, Span

CONTENT = "content.xml"
_TABLE, _OFFICE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office", "text")
)
_FARTHEST = 20_000
_CHUNK = 1 << 20
_MARKS = re.compile(rb":formula=|:number-rows-spanned=|:p>0\d+</")
_LONGEST_MARK = 64
_PADDED = re.compile(r"0\d{1,39}")


@dataclass
class OdsSheet:
    """The looks of one sheet, filled row by row."""

    name: str
    rows: int = 0
    unread: dict[int, dict[int, str]] = field(default_factory=dict)
    zero_widths: dict[int, int] = field(default_factory=dict)
    merged: list[Span] = field(default_factory=list)

    def take(self, row: Any) -> None:
        """The next row of the sheet, or several equal ones."""
        times = _count(row, "number-rows-repeated")
        column = 0
        found: dict[int, str] = {}
        for cell in row:
            width = _count(cell, "number-columns-repeated")
            if cell.tag == f"{_TABLE}table-cell":
                self._note(cell, column)
                if _is_unread(cell):
                    places = range(column, column + min(width, _FARTHEST))
                    found |= dict.fromkeys(places, UNCOMPUTED)
            column += width
        if found:
            places = range(self.rows, self.rows + min(times, _FARTHEST))
            self.unread.update(dict.fromkeys(places, found))
        self.rows += times

    def _note(self, cell: Any, column: int) -> None:
        text = cell.findtext(f"{_TEXT}p", "")
        if cell.get(f"{_OFFICE}value-type") == "float" and _PADDED.fullmatch(text):
            self.zero_widths[column] = len(text)
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            end = self.rows + down - 1
            self.merged.append(Span(self.rows, column, end, column + across - 1))


def looks_of_ods(archive: zipfile.ZipFile) -> list[OdsSheet]:
    """The sheets that show more than their values; none for most lists."""
    if not _has_looks(archive):
        return []  # it need not be taken apart twice
    with archive.open(CONTENT) as stream:
        return list(_sheets(stream))


def _has_looks(archive: zipfile.ZipFile) -> bool:
    held = b""
    with archive.open(CONTENT) as stream:
        while chunk := stream.read(_CHUNK):
            if _MARKS.search(held + chunk):
                return True
            held = chunk[-_LONGEST_MARK:]
    return False


def _sheets(stream: IO[bytes]) -> Iterator[OdsSheet]:
    from defusedxml.ElementTree import iterparse

    sheet = OdsSheet("")
    for event, element in iterparse(stream, events=("start", "end")):
        if event == "start" and element.tag == f"{_TABLE}table":
            sheet = OdsSheet(element.get(f"{_TABLE}name", ""))
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            sheet.take(element)
            element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table":
            yield sheet


def _count(element: Any, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isdecimal() else 1


def _is_unread(cell: Any) -> bool:
    """Whether the cell is a formula without a result."""
    has_result = any(
        cell.get(f"{_OFFICE}{name}") is not None
        for name in ("value-type", "value", "string-value", "date-value", "boolean-value")
    )
    is_formula = cell.get(f"{_TABLE}formula") is not None
    return is_formula and not has_result and not "".join(cell.itertext()).strip()
