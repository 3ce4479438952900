"""How much room a text takes in a workbook's cell, in millimetres, points and characters.

A workbook cannot be measured with the face of the reader's computer: full characters count
one em, others a little more than half. Paper measures for itself (``views/paper.py``).
"""

from __future__ import annotations

import math
import unicodedata

from advisorcrm.exports.cells import clean

MM_PER_POINT = 25.4 / 72
HIGHEST_ROW = 409.0
"""Points; no row of a workbook is higher."""

_PIXELS_PER_MM = 96 / 25.4
_LETTERS = 26
_HALF = 0.55
_CELL_PADDING_MM = 1.5
_SMALLEST = 1.6  # times wider than the cell: smaller than two thirds nobody reads


def column_width(millimetres: float) -> float:
    """Width of a column in characters of the standard face (7 pixels, 5 of padding)."""
    return round(max(0.5, (millimetres * _PIXELS_PER_MM - 5) / 7), 2)


def column_letter(index: int) -> str:
    """``A`` for 1, ``AA`` for 27."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def room(millimetres: float, points: float) -> float:
    """How many full characters stand side by side in a cell."""
    return max(1.0, (millimetres - _CELL_PADDING_MM) / (points * MM_PER_POINT))


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes where ``width`` full characters stand side by side."""
    return sum(max(1, math.ceil(_ems(line) / width)) for line in text.split("\n"))


def shrinks(text: str, width: float) -> bool:
    """Whether a text is made smaller rather than broken: numbers, dates, addresses, codes.

    What would become too small to read is broken after all.
    """
    is_code = text.isascii() and "\n" not in text
    return is_code and len(text) * _HALF <= width * _SMALLEST


def page_edge_text(text: str, longest: int = 180) -> str:
    """Text for a page's head or foot, where ``&`` starts a command and 255 characters are all."""
    plain = " ".join((clean(text) or "").split("\n"))[:longest]
    while len(plain) + plain.count("&") > longest:
        plain = plain[:-1]
    return plain.replace("&", "&&")


def _ems(line: str) -> float:
    if line.isascii():
        return len(line) * _HALF
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else _HALF for c in line)
