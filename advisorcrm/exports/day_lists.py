"""Lists of the day as they leave the program: due, rounds, views, events, logs (R22, R24, R40)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.exports.record_list import RecordList
from advisorcrm.services.access import Actor
from advisorcrm.services.days.day_closings import DayRow, list_days
from advisorcrm.services.days.day_matters import MatterRow, list_matters
from advisorcrm.services.days.room_rounds import RoundRow, list_rounds
from advisorcrm.services.dues.due_board import list_board
from advisorcrm.services.dues.dues import DueRow
from advisorcrm.services.dues.duties import DutyDoneRow, list_duties_done
from advisorcrm.services.meetings.company_views import CompanyViewRow, list_company_views
from advisorcrm.services.meetings.events import EventRow, list_events

_ROUND_DAYS = 31
_BACK = timedelta(days=366)


def dues(at: datetime, user_id: int | None = None) -> RecordList:
    """What the board counts as late, of today and of the week to come; or one person's (R22)."""
    return RecordList("到期与逾期", DueRow, partial(_dues, at=at, user_id=user_id))


def room_rounds() -> RecordList:
    """The rounds of the last month (R36, R40, R50)."""
    return RecordList("巡视记录", RoundRow, _rounds)


def company_views(on: date, text: str = "") -> RecordList:
    """What the branch says of stocks and reports on a day (R24)."""
    return RecordList("统一观点", CompanyViewRow, partial(_views, on=on, text=text))


def duties_done() -> RecordList:
    """Duties of week and month that were recorded as done in the last year (R21, R51, R52)."""
    return RecordList("例行工作完成记录", DutyDoneRow, _duties)


def day_closings(*, days: int) -> RecordList:
    """Work logs of the last days (R47)."""
    return RecordList("工作日志清单", DayRow, partial(_days, days=days))


def day_matters(*, only_open: bool = False) -> RecordList:
    """Matters reported to the leader (R47)."""
    return RecordList("上报事项清单", MatterRow, partial(_matters, only_open=only_open))


def events() -> RecordList:
    """Events of the branch, the latest first (R45, R111)."""
    return RecordList("活动清单", EventRow, _events)


def _dues(
    session: Session, actor: Actor, _today: date, *, at: datetime, user_id: int | None
) -> Any:
    return list_board(session, actor, now=at, user_id=user_id)


def _rounds(session: Session, actor: Actor, today: date) -> Any:
    return list_rounds(session, actor, from_on=today - timedelta(days=_ROUND_DAYS), to_on=today)


def _views(session: Session, actor: Actor, _today: date, *, on: date, text: str) -> Any:
    return list_company_views(session, actor, on=on, text=text)


def _duties(session: Session, actor: Actor, today: date) -> Any:
    return list_duties_done(session, actor, since=today - _BACK)


def _days(session: Session, actor: Actor, today: date, *, days: int) -> Any:
    return list_days(session, actor, from_on=today - timedelta(days=days - 1), to_on=today)


def _matters(session: Session, actor: Actor, _today: date, *, only_open: bool) -> Any:
    return list_matters(session, actor, only_open=only_open)


def _events(session: Session, actor: Actor, _today: date) -> Any:
    return list_events(session, actor)
