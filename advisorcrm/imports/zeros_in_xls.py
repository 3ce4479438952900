"""Numbers that an old workbook (.xls) shows with leading zeros, as ``zero_formats`` for the new."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping

from advisorcrm.imports import biff

_FORMAT, _STYLE = 0x41E, 0xE0
_NUMBER, _SHORT, _SEVERAL = 0x203, 0x27E, 0xBD
_MOST_CELLS = 5_000
_ZEROS = re.compile(r"0{2,40}(?:_\)|;.*)?")


def zeros_in_xls(stream: bytes) -> dict[str, dict[int, int]]:
    """Sheet name to column to the width its numbers are padded to.

    Raises struct.error for a damaged stream.
    """
    styles = _padding_styles(stream)
    if not styles:
        return {}
    return {name: _columns(stream, start, styles) for name, start in biff.sheets(stream)}


def padded_width(code: str) -> int:
    """How many places a number format pads to; 0 for any other format."""
    return len(code.partition(";")[0].rstrip("_)")) if _ZEROS.fullmatch(code) else 0


def _padding_styles(stream: bytes) -> dict[int, int]:
    widths: dict[int, int] = {}
    styles: dict[int, int] = {}
    number = 0
    for kind, data in biff.records(stream, 0):
        if kind == _FORMAT:
            key, length, is_wide = struct.unpack_from("<HHB", data)
            text = data[5 : 5 + length * (2 if is_wide & 1 else 1)]
            code = text.decode("utf-16-le" if is_wide & 1 else "latin-1", "replace")
            widths[key] = padded_width(code)
        elif kind == _STYLE:
            styles[number] = widths.get(struct.unpack_from("<H", data, 2)[0], 0)
            number += 1
    return {style: width for style, width in styles.items() if width}


def _columns(stream: bytes, start: int, styles: Mapping[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for at, (column, style) in enumerate(_numbers(stream, start)):
        if at > _MOST_CELLS:
            break
        if style in styles:
            found[column] = styles[style]
    return found


def _numbers(stream: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Column and style of the number cells of a sheet, in their order."""
    for kind, data in biff.records(stream, start):
        if kind in (_NUMBER, _SHORT):
            yield struct.unpack_from("<2xHH", data)
        elif kind == _SEVERAL:
            (first,) = struct.unpack_from("<2xH", data)
            for at in range((len(data) - 6) // 6):
                yield first + at, struct.unpack_from("<H", data, 4 + 6 * at)[0]
