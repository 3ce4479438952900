"""Formulas of an old workbook (.xls) that no program has computed yet.

A formula always carries a result there. Programs that cannot compute write an empty one or zero,
and say that it is to be computed on opening, or leave every formula of the workbook empty.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from advisorcrm.imports import ole
from advisorcrm.imports.raw_table import UNCOMPUTED

_SHEET, _FORMULA, _BEGINNING, _END = 0x85, 0x06, 0x809, 0x0A
_TO_COMPUTE = 0x02
_EMPTY = bytes.fromhex("03000000 0000FFFF")
_ZERO = bytes(8)
_LATEST = 0x600
Cells = dict[int, dict[int, str]]


def unread_in_xls(path: Path) -> Mapping[str, Cells]:
    """Sheet name to its formulas without a result; nothing for any other file."""
    with path.open("rb") as file:
        if file.read(len(ole.MAGIC)) != ole.MAGIC:
            return {}
        file.seek(0)
        try:
            stream = ole.read_stream(file, ("Workbook", "WORKBOOK"))
            return _unread(stream)
        except (ole.DamagedOleError, struct.error):
            return {}  # the parser judges the file


@dataclass
class _Formulas:
    """What the formulas of all sheets look like."""

    to_compute: dict[str, Cells] = field(default_factory=dict)
    empty: dict[str, Cells] = field(default_factory=dict)
    has_results: bool = False

    def note(self, name: str, data: bytes) -> None:
        """One formula record."""
        row, column, _style = struct.unpack_from("<3H", data)
        result, (flags, chain) = data[6:14], struct.unpack_from("<HI", data, 14)
        if flags & _TO_COMPUTE and result in (_EMPTY, _ZERO):
            self.to_compute.setdefault(name, {}).setdefault(row, {})[column] = UNCOMPUTED
        elif result == _EMPTY and not chain:
            self.empty.setdefault(name, {}).setdefault(row, {})[column] = UNCOMPUTED
        else:
            self.has_results = True


def _unread(stream: bytes) -> Mapping[str, Cells]:
    formulas = _Formulas()
    for name, start in _sheets(stream):
        for kind, data in _records(stream, start):
            if kind == _FORMULA:
                formulas.note(name, data)
    if formulas.has_results or formulas.to_compute:
        return formulas.to_compute
    return formulas.empty


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Name and place of each sheet of a workbook of 1997 and later."""
    if len(stream) < 8 or struct.unpack_from("<HHH", stream)[2] != _LATEST:
        return
    for kind, data in _records(stream, 0):
        if kind == _SHEET:
            start, _about, length, is_wide = struct.unpack_from("<IHBB", data)
            text = data[8 : 8 + length * (2 if is_wide else 1)]
            yield text.decode("utf-16-le" if is_wide else "latin-1", "replace"), start


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
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
