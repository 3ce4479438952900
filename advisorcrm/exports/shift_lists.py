"""Lists of shifts as they leave the program: rota, matters, swaps (R232, R234, R237)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.exports.record_list import RecordList
from advisorcrm.services.access import Actor
from advisorcrm.services.days.shift_logs import ShiftRow, list_shifts
from advisorcrm.services.days.shift_memos import MemoFilter, MemoRow, list_memos
from advisorcrm.services.days.shift_swaps import SwapRow, list_swaps

_BEFORE, _AHEAD = timedelta(days=31), timedelta(days=62)


def shift_rota() -> RecordList:
    """The shifts of the last month and the next two (R232, R237)."""
    return RecordList("值班表", ShiftRow, _shifts)


def shift_memos(query: MemoFilter) -> RecordList:
    """Matters of the shifts, maybe of one of the four kinds (R234)."""
    return RecordList("值班问题", MemoRow, partial(_memos, query=query))


def shift_swaps(*, only_open: bool = False) -> RecordList:
    """Wishes to swap shifts (R237)."""
    return RecordList("换班申请", SwapRow, partial(_swaps, only_open=only_open))


def _shifts(session: Session, actor: Actor, today: date) -> Any:
    return list_shifts(session, actor, from_on=today - _BEFORE, to_on=today + _AHEAD)


def _memos(session: Session, actor: Actor, _today: date, *, query: MemoFilter) -> Any:
    return list_memos(session, actor, query)


def _swaps(session: Session, actor: Actor, _today: date, *, only_open: bool) -> Any:
    return list_swaps(session, actor, only_open=only_open)
