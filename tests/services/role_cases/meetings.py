"""Minutes: written by advisors and manager, read by the leader too; views are the manager's."""

from __future__ import annotations

import uuid
from datetime import date, time
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.services.meetings import company_views, meetings, open_points
from advisorcrm.services.meetings.company_views import NewCompanyView
from advisorcrm.services.meetings.meetings import ITEMS, MinutesData
from advisorcrm.terms import MeetingKind, Stance
from tests.conftest import TODAY
from tests.factories import NOW, People
from tests.services.roles import ENTER, MANAGE, Case, World

LEAD = MANAGE | {"leader"}
READ = ENTER | {"leader"}
DATA = MinutesData(
    time(16), time(16, 30), "会议室", None,
    dict.fromkeys(ITEMS[MeetingKind.EVENING], "无"), frozenset(),
)  # fmt: skip


def new_view(**overrides: Any) -> NewCompanyView:
    values: dict[str, Any] = {
        "uuid": str(uuid.uuid4()), "subject": "电气设备行业周报", "stance": Stance.POSITIVE,
        "holds_from_on": TODAY, "holds_until_on": TODAY,
    }  # fmt: skip
    return NewCompanyView(**(values | overrides))


def fill(session: Session, people: People, _client: int) -> dict[str, int]:
    begin = meetings.begin_minutes
    evening = begin(session, people.manager, MeetingKind.EVENING, TODAY, now=NOW)
    meetings.save_minutes(session, people.manager, evening, DATA, version=1)
    closed = begin(session, people.manager, MeetingKind.EVENING, date(2026, 11, 19), now=NOW)
    meetings.save_minutes(session, people.manager, closed, DATA, version=1)
    session.flush()
    meetings.close_minutes(session, people.manager, closed, now=NOW)
    view = company_views.decide_view(session, people.manager, new_view(), now=NOW)
    return {"evening": evening, "closed": closed, "view": view}


def of(world: World, name: str) -> int:
    key: int = world.more["meetings"][name]
    return key


CASES: dict[str, Case] = {
    "meetings.begin_minutes": (
        lambda s, a, w: meetings.begin_minutes(s, a, MeetingKind.MORNING, TODAY, now=NOW), ENTER),
    "meetings.save_minutes": (
        lambda s, a, w: meetings.save_minutes(
            s, a, of(w, "evening"), DATA, version=2), ENTER),
    "meetings.close_minutes": (
        lambda s, a, w: meetings.close_minutes(s, a, of(w, "evening"), now=NOW) is None, ENTER),
    "meetings.reopen_minutes": (
        lambda s, a, w: meetings.reopen_minutes(s, a, of(w, "closed")) is None, MANAGE),
    "meetings.list_meetings": (lambda s, a, w: meetings.list_meetings(s, a), READ),
    "meetings.get_minutes": (
        lambda s, a, w: meetings.get_minutes(s, a, of(w, "evening")), READ),
    "open_points.list_open_points": (
        lambda s, a, w: open_points.list_open_points(s, a, today=TODAY), LEAD),
    "company_views.decide_view": (
        lambda s, a, w: company_views.decide_view(s, a, new_view(), now=NOW), MANAGE),
    "company_views.withdraw_view": (
        lambda s, a, w: company_views.withdraw_view(
            s, a, of(w, "view"), reason="有误", now=NOW) is None, MANAGE),
    "company_views.list_company_views": (
        lambda s, a, w: company_views.list_company_views(s, a, on=TODAY), READ),
}  # fmt: skip
