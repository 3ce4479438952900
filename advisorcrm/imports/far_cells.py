"""Cells so far to the right that the parser would fill memory with the blanks before them.

A blank typed into the last column of a sheet (XFD) makes every row sixteen thousand cells wide.
No list has so many columns: what lies beyond the widest one that is read is left out beforehand.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable

from advisorcrm.imports.zero_formats import column_number

_HEAD = 16 << 10
_LARGEST_PART = 64 << 20
_EXTENT = re.compile(rb'<(?:\w+:)?dimension\s+ref="[A-Z]{1,3}\d+:([A-Z]{3})\d+"\s*/>')
_CELL = re.compile(
    rb'<((?:\w+:)?)c\s(?:[^>]*?\s)?r="([A-Z]{3})\d+"[^>]*?(?:/>|>.*?</\1c>)', re.DOTALL
)


def without_far_cells(data: bytes, most_columns: int) -> bytes:
    """The workbook as it is, or without what stands beyond so many columns."""
    if not data.startswith(b"PK"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename for part in _far(archive, most_columns)}
            return _rewritten(archive, parts, most_columns) if parts else data
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        return data  # the parser says what is wrong with it


def _far(archive: zipfile.ZipFile, most_columns: int) -> Iterable[zipfile.ZipInfo]:
    """Sheets that say to reach too far."""
    for part in archive.infolist():
        if "worksheets/" in part.filename and part.file_size <= _LARGEST_PART:
            with archive.open(part) as stream:
                extent = _EXTENT.search(stream.read(_HEAD))
            if extent is not None and _column(extent[1]) >= most_columns:
                yield part


def _rewritten(archive: zipfile.ZipFile, parts: set[str], most_columns: int) -> bytes:
    def near(cell: re.Match[bytes]) -> bytes:
        return b"" if _column(cell[2]) >= most_columns else cell[0]

    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_STORED) as new:
        for part in archive.infolist():
            content = archive.read(part)
            if part.filename in parts:
                content = _CELL.sub(near, content)
            new.writestr(part.filename, content)
    return found.getvalue()


def _column(letters: bytes) -> int:
    return column_number(letters.decode("ascii"))
