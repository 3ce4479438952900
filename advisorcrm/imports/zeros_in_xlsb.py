"""Numbers that a binary workbook (.xlsb) shows with leading zeros, as ``zero_formats`` for .xlsx.

Its parts are records: a kind and a length, each in groups of seven bits, then the content.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Mapping

from advisorcrm.imports.zeros_in_xls import padded_width

WORKBOOK = "xl/workbook.bin"
_RELATIONS = "xl/_rels/workbook.bin.rels"
_STYLES = "xl/styles.bin"
_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 44, 47, 617, 618
_SHEET, _SHORT, _NUMBER = 156, 2, 5
_MOST_CELLS = 5_000


def zeros_in_xlsb(archive: zipfile.ZipFile) -> dict[str, dict[int, int]]:
    """Sheet name to column (from 0) to the width its numbers are padded to; empty if none are.

    Raises KeyError for a workbook without its parts, ValueError and struct.error for a damaged
    one.
    """
    from defusedxml.ElementTree import fromstring

    styles = _padding_styles(archive.read(_STYLES))
    if not styles:
        return {}
    relations = fromstring(archive.read(_RELATIONS))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    found = {}
    for kind, data in records(archive.read(WORKBOOK)):
        if kind == _SHEET:
            key, end = _text(data, 8)
            name, _end = _text(data, end)
            part = f"xl/{targets[key].removeprefix('/xl/')}"
            found[name] = _columns(archive.read(part), styles)
    return found


def _padding_styles(part: bytes) -> dict[int, int]:
    """Number of a cell style to the width it pads to."""
    widths: dict[int, int] = {}
    forms: list[int] = []
    is_within = False
    for kind, data in records(part):
        if kind == _FORMAT:
            (key,) = struct.unpack_from("<H", data)
            widths[key] = padded_width(_text(data, 2)[0])
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            is_within = kind == _STYLES_BEGIN
        elif kind == _STYLE and is_within:
            forms.append(struct.unpack_from("<2xH", data)[0])
    return {number: widths[form] for number, form in enumerate(forms) if widths.get(form)}


def _columns(part: bytes, styles: Mapping[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    seen = 0
    for kind, data in records(part):
        if kind in (_SHORT, _NUMBER):
            column, style = struct.unpack_from("<II", data)
            if style & 0xFFFFFF in styles:  # the last byte says whether a reading is shown
                found[column] = styles[style & 0xFFFFFF]
            seen += 1
            if seen > _MOST_CELLS:
                break
    return found


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record of a part. Raises ValueError for a damaged one."""
    at = 0
    try:
        while at < len(part):
            kind, at = part[at], at + 1
            if kind & 0x80:
                kind, at = kind & 0x7F | (part[at] & 0x7F) << 7, at + 1
            length = shift = 0
            while True:
                byte, at = part[at], at + 1
                length |= (byte & 0x7F) << shift
                shift += 7
                if not byte & 0x80 or shift == 28:
                    break
            yield kind, part[at : at + length]
            at += length
    except IndexError as error:
        raise ValueError(str(error)) from error


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    (length,) = struct.unpack_from("<I", data, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
