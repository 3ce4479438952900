"""Cells that are no valid value and yet no fault: the client's file holds them already.

Address books bring numbers of any length, which are kept as they came; our own list shows them,
and taking that list in again must change nothing (R71).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from advisorcrm.imports.client_fields import POINT_FIELDS
from advisorcrm.imports.client_sheet import CellFault
from advisorcrm.imports.comparison import Points, is_same_to_people
from advisorcrm.rules.written_text import without_control
from advisorcrm.terms import PointKind

_PARTS = re.compile(r"[\n;；、]|:::")
_KINDS = re.compile("|".join(re.escape(kind.label_zh) for kind in PointKind))


def new_faults(
    faults: Sequence[CellFault], old: Mapping[str, Any], points: Points
) -> tuple[CellFault, ...]:
    """The faults that remain when what stands in the client's file already is none."""
    values = {value for _kind, value in points}
    return tuple(fault for fault in faults if not _is_stored(fault, old, values))


def _is_stored(fault: CellFault, old: Mapping[str, Any], values: set[str]) -> bool:
    if fault.field in POINT_FIELDS:
        parts = [part.strip() for part in _PARTS.split(fault.written)]
        return all(_is_among(part, values) for part in parts if part)
    stored = old.get(fault.field)
    return isinstance(stored, str) and is_same_to_people(
        without_control(stored).strip(), fault.written.strip()
    )


def _is_among(text: str, values: set[str]) -> bool:
    """Whether a number stands in the file; a further one has its kind before it (手机 139…)."""
    kind, _blank, rest = text.partition(" ")
    return text in values or (rest.strip() in values and _KINDS.fullmatch(kind) is not None)
