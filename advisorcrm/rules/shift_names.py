"""What a document of a shift is called, and how early a swap is asked for (R232, R237)."""

from __future__ import annotations

import re
from datetime import date

NOTHING_LEFT = "无"
"""What the person of a shift writes when nothing is left to do (R235)."""

SWAP_NOTICE_DAYS = 2
"""A swap between two persons is settled so many days ahead; later the manager decides (R237)."""

_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def document_name(on: date, shift: str, person: str) -> str:
    """``2026-11-20早班林若溪``: date, shift, name, with nothing a file name must not hold."""
    return _NOT_IN_A_NAME.sub("", f"{on.isoformat()}{shift}{person}").strip(" .")


def is_in_time(shift_on: date, asked_on: date) -> bool:
    """Whether two persons may settle a swap between themselves."""
    return (shift_on - asked_on).days >= SWAP_NOTICE_DAYS


def says_nothing(description: str) -> bool:
    """Whether a memo says that nothing is left."""
    return description.strip().rstrip("。.") == NOTHING_LEFT
