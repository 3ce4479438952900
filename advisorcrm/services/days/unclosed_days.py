"""Which day a person may still close: today, and the working days before it (R47, R49)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.models import ContactLog, DayClosing
from advisorcrm.rules.workdays import add_workdays, is_working
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.clients.client_matters import start_of

DAYS_BACK = 5
"""So many working days back a day that was forgotten is closed from the page."""


@dataclass(frozen=True, slots=True)
class ClosableDay:
    """A day and whether it is closed; on one ``at_work`` the person wrote something."""

    on: date
    is_closed: bool
    at_work: bool

    @property
    def is_forgotten(self) -> bool:
        """Whether the person worked and went home without closing it."""
        return self.at_work and not self.is_closed


def list_closable_days(session: Session, actor: Actor, *, today: date) -> list[ClosableDay]:
    """Today and the working days before it, the newest first."""
    demand(actor, Right.LOG_CONTACTS)
    table = holiday_table(session, near=today)
    days = [today, *(add_workdays(today, -back, table) for back in range(1, DAYS_BACK + 1))]
    closed = dict(_closings(session, actor, days))
    at_work = closed.keys() | _days_of_entries(session, actor, days)
    return [ClosableDay(on, closed.get(on, False), on in at_work) for on in days]


def is_day_to_close(session: Session, actor: Actor, *, on: date) -> bool:
    """Whether a day is one to close: a working day, or one on which the person wrote something."""
    demand(actor, Right.LOG_CONTACTS)
    if is_working(on, holiday_table(session, near=on)):
        return True
    return bool(_closings(session, actor, [on]) or _days_of_entries(session, actor, [on]) & {on})


def find_forgotten_day(session: Session, actor: Actor, *, today: date) -> date | None:
    """The last working day that the person worked on and did not close; None if there is none."""
    days = list_closable_days(session, actor, today=today)
    return next((day.on for day in days if day.on < today and day.is_forgotten), None)


def _closings(session: Session, actor: Actor, days: list[date]) -> list[tuple[date, bool]]:
    found = session.execute(
        select(DayClosing.closing_on, DayClosing.closed_at.is_not(None)).where(
            DayClosing.user_id == actor.user_id, DayClosing.closing_on.in_(days)
        )
    )
    return [(on, is_closed) for on, is_closed in found]


def _days_of_entries(session: Session, actor: Actor, days: list[date]) -> set[date]:
    """The days on which the person entered a conversation of the same day."""
    found = session.execute(
        select(ContactLog.contacted_at, ContactLog.created_at).where(
            ContactLog.author_id == actor.user_id,
            ContactLog.corrects_id.is_(None),
            ContactLog.contacted_at >= start_of(min(days)),
            ContactLog.contacted_at < start_of(max(days) + timedelta(days=1)),
        )
    )
    pairs = ((branch_date(at), branch_date(made))
             for at, made in found)  # fmt: skip
    return {on for on, made_on in pairs if on == made_on}
