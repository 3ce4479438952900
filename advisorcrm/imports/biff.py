"""The records of an old workbook (.xls of 1997 and later), for what the parser does not tell."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from advisorcrm.imports import ole

_SHEET, _BEGINNING, _END = 0x85, 0x809, 0x0A
_LATEST = 0x600


def workbook_stream(file: BinaryIO) -> bytes:
    """The workbook inside; nothing for any other file. Raises DamagedOleError."""
    file.seek(0)
    if file.read(len(ole.MAGIC)) != ole.MAGIC:
        return b""
    file.seek(0)
    return ole.read_stream(file, ("Workbook", "WORKBOOK"))


def sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Name and place of each sheet of a workbook of 1997 and later."""
    if len(stream) < 8 or struct.unpack_from("<HHH", stream)[2] != _LATEST:
        return
    for kind, data in records(stream, 0):
        if kind == _SHEET:
            start, _about, length, is_wide = struct.unpack_from("<IHBB", data)
            text = data[8 : 8 + length * (2 if is_wide else 1)]
            yield text.decode("utf-16-le" if is_wide else "latin-1", "replace"), start


def records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part, without those of charts inside it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _BEGINNING:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
