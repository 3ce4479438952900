"""What the sheets of a workbook show to people and the parser does not tell.

Cells without a result, numbers shown with leading zeros, merged cells of an open document, and
from which year days are counted.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, TypeVar

from advisorcrm.imports import biff, ole
from advisorcrm.imports.date_systems import counts_from_1904, old_counts_from_1904
from advisorcrm.imports.ods_looks import CONTENT, OdsSheet, looks_of_ods
from advisorcrm.imports.raw_table import Span
from advisorcrm.imports.unread_cells import UnreadCells, unread_cells
from advisorcrm.imports.unread_xls import unread_in_xls
from advisorcrm.imports.zero_formats import zero_widths
from advisorcrm.imports.zeros_in_xls import zeros_in_xls
from advisorcrm.imports.zeros_in_xlsb import WORKBOOK, zeros_in_xlsb

S = TypeVar("S")
T = TypeVar("T")
Widths = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class SheetLooks:
    """One sheet; rows and columns count from 0 at its corner."""

    unread: UnreadCells = field(default_factory=dict)
    zero_widths: Widths = field(default_factory=dict)
    merged: tuple[Span, ...] = ()
    """Merged cells where the parser knows none."""


@dataclass(frozen=True, slots=True)
class WorkbookLooks:
    """Sheet name to its looks, and whether bare numbers that mean days count from 1904."""

    sheets: Mapping[str, SheetLooks] = field(default_factory=dict)
    is_from_1904: bool = False


def looks_of(file: BinaryIO) -> WorkbookLooks:
    """The looks of a workbook; none for a file that cannot be read: the parser judges it."""
    try:
        if not zipfile.is_zipfile(file):
            stream = biff.workbook_stream(file)
            return WorkbookLooks(
                _or(_sheets_of_old, stream, {}), _or(old_counts_from_1904, stream, False)
            )
        with zipfile.ZipFile(file) as archive:
            return WorkbookLooks(_sheets_of(archive), _or(counts_from_1904, archive, False))
    except (ole.DamagedOleError, zipfile.BadZipFile):
        return WorkbookLooks()


def _sheets_of(archive: zipfile.ZipFile) -> Mapping[str, SheetLooks]:
    if CONTENT in archive.namelist():
        sheets: list[OdsSheet] = _or(looks_of_ods, archive, [])
        return {
            one.name: SheetLooks(one.unread, one.zero_widths, tuple(one.merged)) for one in sheets
        }
    if WORKBOOK in archive.namelist():
        return _joined(_or(zeros_in_xlsb, archive, {}), {})
    return _joined(_or(zero_widths, archive, {}), _or(unread_cells, archive, {}))


def _sheets_of_old(stream: bytes) -> Mapping[str, SheetLooks]:
    return _joined(zeros_in_xls(stream), unread_in_xls(stream))


def _or(read: Callable[[S], T], source: S, nothing: T) -> T:
    """What one reader finds; a part it misses says nothing against the others."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException

    try:
        return read(source)
    except (
        zipfile.BadZipFile, KeyError, ParseError, DefusedXmlException, ValueError, struct.error,
    ):  # fmt: skip
        return nothing


def _joined(
    widths: Mapping[str, Widths], unread: Mapping[str, UnreadCells]
) -> Mapping[str, SheetLooks]:
    names = widths.keys() | unread.keys()
    return {name: SheetLooks(unread.get(name, {}), widths.get(name, {})) for name in names}
