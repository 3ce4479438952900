"""Whether a workbook counts its days from 1904, as those of old Macintoshes do.

Cells shown as dates the parser reads right; a bare number in a column of dates is read here, and
would be four years early.
"""

from __future__ import annotations

import re
import zipfile

from advisorcrm.imports import biff
from advisorcrm.imports.ods_looks import CONTENT
from advisorcrm.imports.zeros_in_xlsb import WORKBOOK, records

DAYS_FROM_1900_TO_1904 = 1_462
_BOOK = "xl/workbook.xml"
_OLD_MODE, _BINARY_PROPERTIES = 0x22, 153
_SETTINGS = 4 << 20  # they stand before the first sheet of an open document
_NULL_DATE = re.compile(rb":null-date\b[^>]*?:date-value\s*=\s*[\"']1904-01-01[\"']")
_TOLD = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*?\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']")


def counts_from_1904(archive: zipfile.ZipFile) -> bool:
    """What a workbook of parts (.xlsx, .xlsb, .ods) says. Raises ValueError for a damaged one."""
    names = archive.namelist()
    if CONTENT in names:
        with archive.open(CONTENT) as stream:
            return _NULL_DATE.search(stream.read(_SETTINGS)) is not None
    if _BOOK in names:
        return _TOLD.search(archive.read(_BOOK)) is not None
    if WORKBOOK in names:
        return any(
            kind == _BINARY_PROPERTIES and bool(data[:1]) and bool(data[0] & 1)
            for kind, data in records(archive.read(WORKBOOK))
        )
    return False


def old_counts_from_1904(stream: bytes) -> bool:
    """What an old workbook (.xls) says. Raises struct.error for a damaged stream."""
    return any(kind == _OLD_MODE and data[:1] == b"\x01" for kind, data in biff.records(stream, 0))
