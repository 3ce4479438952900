"""Formulas of an old workbook (.xls) that no program has computed yet.

A formula always carries a result there. Programs that cannot compute write an empty one or zero,
and say that it is to be computed on opening, or leave every formula of the workbook empty.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from advisorcrm.imports import biff
from advisorcrm.imports.raw_table import UNCOMPUTED

_FORMULA = 0x06
_TO_COMPUTE = 0x02
_EMPTY = bytes.fromhex("03000000 0000FFFF")
_ZERO = bytes(8)
Cells = dict[int, dict[int, str]]


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


def unread_in_xls(stream: bytes) -> Mapping[str, Cells]:
    """Sheet name to its formulas without a result. Raises struct.error for a damaged stream."""
    formulas = _Formulas()
    for name, start in biff.sheets(stream):
        for kind, data in biff.records(stream, start):
            if kind == _FORMULA:
                formulas.note(name, data)
    if formulas.has_results or formulas.to_compute:
        return formulas.to_compute
    return formulas.empty
