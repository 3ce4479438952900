"""The two months in which a client keeps a seat without meeting its conditions (R107)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS = 2
WARNING_DAYS = 14
"""So many days ahead the end of a transition stands on the list of what is due."""


def transition_end(since: date) -> date:
    """The same day two months later; where that month is shorter its last day."""
    month = since.month - 1 + MONTHS
    year, month = since.year + month // 12, month % 12 + 1
    return date(year, month, min(since.day, monthrange(year, month)[1]))
