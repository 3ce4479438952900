"""Numbers that a workbook shows with leading zeros (format ``000000``): accounts, as a rule.

The parser gives the bare number; what people see and mean is the padded one. Only the beginning
of each sheet is looked at, which is where a column shows its format.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from advisorcrm.imports.zeros_in_xls import padded_width

_LOOKED_AT = 512 << 10
_CELL = re.compile(r"<(?:\w+:)?c\s([^>]*)>")
_PLACE = re.compile(r'\br="([A-Z]{1,3})\d+"')
_STYLE = re.compile(r'\bs="(\d+)"')


def zero_widths(archive: zipfile.ZipFile) -> dict[str, dict[int, int]]:
    """Sheet name to column (from 0) to the width its numbers are padded to; empty if none are.

    Raises what a workbook without its parts makes the readers of archives and XML raise.
    """
    styles = _padding_styles(archive)
    if not styles:
        return {}
    return {name: _columns(archive, part, styles) for name, part in sheet_parts(archive).items()}


def _padding_styles(archive: zipfile.ZipFile) -> dict[int, int]:
    """Number of a cell style to the width it pads to."""
    from defusedxml.ElementTree import fromstring

    root = fromstring(archive.read("xl/styles.xml"))
    widths = {
        item.get("numFmtId"): width
        for item in _all(root, "numFmt")
        if (width := padded_width(item.get("formatCode", "")))
    }
    formats = next(iter(_all(root, "cellXfs")), None)
    if formats is None or not widths:
        return {}
    return {
        number: widths[style.get("numFmtId")]
        for number, style in enumerate(formats)
        if style.get("numFmtId") in widths
    }


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to the part that holds it."""
    from defusedxml.ElementTree import fromstring

    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    book = fromstring(archive.read("xl/workbook.xml"))
    parts = {}
    for sheet in _all(book, "sheet"):
        key = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        target = targets.get(key, "")
        parts[str(sheet.get("name"))] = str(PurePosixPath("xl") / target).removeprefix("/")
    return parts


def _all(root: Any, name: str) -> list[Any]:
    """Elements of this name in whatever namespace: there are two editions of the standard."""
    return [item for item in root.iter() if str(item.tag).rpartition("}")[2] == name]


def _columns(archive: zipfile.ZipFile, part: str, styles: Mapping[int, int]) -> dict[int, int]:
    with archive.open(part) as stream:
        text = stream.read(_LOOKED_AT).decode("utf-8", "replace")
    found: dict[int, int] = {}
    for cell in _CELL.findall(text):
        place, style = _PLACE.search(cell), _STYLE.search(cell)
        if place and style and int(style[1]) in styles:
            found[column_number(place[1])] = styles[int(style[1])]
    return found


def column_number(letters: str) -> int:
    """``A`` is 0, ``AA`` is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
