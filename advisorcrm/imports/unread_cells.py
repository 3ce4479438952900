"""Cells of a workbook that look empty to the parser and are not.

A formula that no program has computed yet has no value in the file, and an error (#REF!) is none.
Both are put into the rows in words, so that nothing becomes a blank without being told.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisorcrm.imports.raw_table import UNCOMPUTED, Cell
from advisorcrm.imports.zero_formats import column_number, sheet_parts

_CHUNK = 1 << 20
_PREFIX = re.compile(rb"<(\w+:)?worksheet\b")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_KIND = re.compile(rb'\bt="(\w+)"')
_FARTHEST = 20_000
UnreadCells = Mapping[int, Mapping[int, str]]
"""Row to column to what stands there in words, both from 0."""


def unread_cells(archive: zipfile.ZipFile) -> dict[str, UnreadCells]:
    """Sheet name to its cells without a value; an .xlsb always has results and tells nothing.

    Raises what a workbook without its parts makes the readers of archives and XML raise.
    """
    parts = sheet_parts(archive)
    found = {name: _cells(_Part(archive, part)) for name, part in parts.items()}
    return {name: cells for name, cells in found.items() if cells}


def with_unread(
    rows: Iterable[Sequence[Cell]], cells: UnreadCells, top: int, left: int, width: int
) -> Iterator[Sequence[Cell]]:
    """The rows with these cells in words, and those below that hold nothing else."""
    at = top - 1
    for at, row in enumerate(rows, top):
        yield _filled(row, cells[at], left) if at in cells else row
    end = max(cells, default=0)
    for below in range(at + 1, min(end, at + _FARTHEST) + 1):
        yield _filled([""] * width, cells.get(below, {}), left)


def _filled(row: Sequence[Cell], cells: Mapping[int, str], left: int) -> list[Cell]:
    filled = list(row)
    for column, text in cells.items():
        if 0 <= column - left < len(filled) and filled[column - left] in ("", None, 0):
            filled[column - left] = text
    return filled


@dataclass(frozen=True, slots=True)
class _Part:
    """The XML of one sheet, which may be large."""

    archive: zipfile.ZipFile
    name: str

    def blocks(self) -> Iterator[bytes]:
        """The text in pieces that cut no cell; rows of no cell with a value are cut between."""
        held = b""
        with self.archive.open(self.name) as stream:
            while chunk := stream.read(_CHUNK):
                held += chunk
                end = max(held.rfind(b"c>") + 2, held.rfind(b"<row"), held.rfind(b":row"))
                if end > 1:
                    yield held[:end]
                    held = held[end:]
        yield held


def _cells(part: _Part) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    cell: re.Pattern[bytes] | None = None
    prefix = b""
    for block in part.blocks():
        if cell is None:
            told = _PREFIX.search(block)
            prefix = told[1] or b"" if told else b""
            cell = _pattern(prefix)
        if b"<" + prefix + b"f" in block or b't="e"' in block:
            for match in cell.finditer(block):
                _note(found, match)
    return found


def _pattern(prefix: bytes) -> re.Pattern[bytes]:
    """A cell with a formula or an error, and its value."""
    p = re.escape(prefix)
    return re.compile(
        rb"<%bc\s([^>]*)>\s*(<%bf\b[^>]*?(?:/>|>[^<]*</%bf>))?\s*(?:<%bv\b[^>/]*>([^<]*)<)?"
        % (p, p, p, p)
    )


def _note(found: dict[int, dict[int, str]], match: re.Match[bytes]) -> None:
    about, formula, value = match.groups()
    place, told = _PLACE.search(about), _KIND.search(about)
    kind = told[1] if told else b""
    if place is None or about.endswith(b"/"):
        return
    text = ""
    if kind == b"e" and value:
        text = value.decode("utf-8", "replace")
    elif formula and not value and kind != b"str":  # an empty text is a result as well
        text = UNCOMPUTED
    if text:
        row = found.setdefault(int(place[2]) - 1, {})
        row[column_number(place[1].decode("ascii"))] = text
