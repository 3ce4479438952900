"""Lists that are looked up at the desk: views of a day, duties that were done (R21, R24)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.exports.record_list import RecordList
from advisorcrm.services.access import Actor
from advisorcrm.services.dues.duties import DutyDoneRow, list_duties_done
from advisorcrm.services.meetings.company_views import CompanyViewRow, list_company_views

_BACK = timedelta(days=366)


def company_views(on: date, text: str = "") -> RecordList:
    """What the branch says of stocks and reports on a day (R24)."""
    return RecordList("统一观点", CompanyViewRow, partial(_views, on=on, text=text))


def duties_done() -> RecordList:
    """Duties of week and month that were recorded as done in the last year (R21, R51, R52)."""
    return RecordList("例行工作完成记录", DutyDoneRow, _duties)


def _views(session: Session, actor: Actor, _today: date, *, on: date, text: str) -> Any:
    return list_company_views(session, actor, on=on, text=text)


def _duties(session: Session, actor: Actor, today: date) -> Any:
    return list_duties_done(session, actor, since=today - _BACK)
