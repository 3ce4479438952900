"""Lists of the day as they leave the program: what is due, the rounds of the rooms (R22, R40)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.exports.record_list import RecordList
from advisorcrm.services.access import Actor
from advisorcrm.services.days.room_rounds import RoundRow, list_rounds
from advisorcrm.services.dues.dues import DueRow, list_dues

_ROUND_DAYS = 31
_AHEAD = timedelta(days=14)


def dues(at: datetime, user_id: int | None = None) -> RecordList:
    """Everything that is late, of today and of the two weeks to come; of one person (R22)."""
    return RecordList("到期与逾期", DueRow, partial(_dues, at=at, user_id=user_id))


def room_rounds() -> RecordList:
    """The rounds of the last month (R36, R40, R50)."""
    return RecordList("巡视记录", RoundRow, _rounds)


def _dues(session: Session, actor: Actor, today: date, *, at: datetime, user_id: int | None) -> Any:
    return list_dues(session, actor, at=at, until=today + _AHEAD, user_id=user_id)


def _rounds(session: Session, actor: Actor, today: date) -> Any:
    return list_rounds(session, actor, from_on=today - timedelta(days=_ROUND_DAYS), to_on=today)
