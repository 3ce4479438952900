"""Workbooks of Excel 5 and 95 (.xls) in Chinese: their texts are bytes in the computer's code page.

WORKAROUND: calamine reads such texts of one byte a character only (calamine 0.35, xls.rs), so it is
told that they are Western; the bytes are put together again behind it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence

from advisorcrm.imports.raw_table import Cell

_BEGINNING = bytes.fromhex("0908080000050500")  # the first record of a workbook of 1995
_CODE_PAGE = 0x42
_WESTERN = 1252
_ENCODINGS = {936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949"}
_FIRST_RECORDS = 64
_BYTES = {
    ord(sign): byte
    for byte in range(0x80, 0xA0)
    if (sign := bytes([byte]).decode("cp1252", "ignore"))
}
"""What calamine shows for the bytes that Western text prints as signs of its own."""


def as_western(data: bytes) -> tuple[bytes, str]:
    """The file as calamine reads it, and the true encoding of its texts; empty if it is no such."""
    at = data.find(_BEGINNING)
    for _record in range(_FIRST_RECORDS if at >= 0 else 0):
        if at + 6 > len(data):
            break
        kind, length, page = struct.unpack_from("<HHH", data, at)
        if kind == _CODE_PAGE and page in _ENCODINGS:
            return data[: at + 4] + struct.pack("<H", _WESTERN) + data[at + 6 :], _ENCODINGS[page]
        at += 4 + length
    return data, ""


def true_texts(rows: Iterator[Sequence[Cell]], encoding: str) -> Iterator[Sequence[Cell]]:
    """The rows with their texts in the encoding in which they were written."""
    read = true_text(encoding)
    for row in rows:
        yield [read(cell) if isinstance(cell, str) else cell for cell in row]


def true_text(encoding: str) -> Callable[[str], str]:
    """What puts a text together again."""

    def read(text: str) -> str:
        if text.isascii():
            return text
        try:
            return text.translate(_BYTES).encode("latin-1").decode(encoding, "replace")
        except UnicodeEncodeError:
            return text  # calamine has read it in some other way

    return read
