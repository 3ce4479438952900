"""Days to close, and those that nobody closed, in the list of everything with a date (R47, R49)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, union

from advisorcrm.db.branch_clock import day_of
from advisorcrm.db.database import AnySelect
from advisorcrm.db.known_days import known_days
from advisorcrm.models import ContactLog, DayClosing, User
from advisorcrm.rules.workdays import add_workdays, is_working
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.days.absences import is_away
from advisorcrm.services.days.unclosed_days import DAYS_BACK
from advisorcrm.services.dues.due_questions import DueQuestion, due_columns
from advisorcrm.terms import DueKind, Role

CLOSED_BY = "17:00"
"""When the day's last part, the files, ends (R49)."""
_WHO_CLOSE = (Role.ADVISOR, Role.MANAGER)


def todays_end(question: DueQuestion) -> AnySelect | None:
    """Who is at work today and has not closed the day, to be done by five (R47, R49)."""
    today = question.today
    if not is_working(today, question.holidays):
        return None
    closed = select(DayClosing.id).where(
        DayClosing.user_id == User.id,
        DayClosing.closing_on == today,
        DayClosing.closed_at.is_not(None),
    )
    return due_columns(
        question, DueKind.TODAY_END, subject=User.id, user=User.id, on=today, clock=CLOSED_BY
    ).where(
        question.mine(User.id), User.is_active, User.role.in_(_WHO_CLOSE),
        ~closed.correlate(User).exists(), ~is_away(today),
    )  # fmt: skip


def unclosed_days(question: DueQuestion) -> AnySelect | None:
    """Working days on which somebody wrote something and that were not closed (R47, R49).

    As far back as the page lets them be closed; today is not over yet. The subject is the day, as
    its ordinal: each is told and closed on its own.
    """
    today = question.today
    steps = range(1, DAYS_BACK + 1)
    days = [add_workdays(today, -step, question.holidays) for step in steps]
    days = [on for on in days if question.since is None or on >= question.since]
    if not days:
        return None
    day = known_days("closing_day", [(on, on) for on in days])
    worked = union(_days_of_talks(question, days), _days_begun(question, days)).subquery("worked")
    closed = select(DayClosing.id).where(
        DayClosing.user_id == worked.c.user_id,
        DayClosing.closing_on == worked.c.on,
        DayClosing.closed_at.is_not(None),
    )
    return (
        due_columns(
            question, DueKind.DAY_END, subject=day.c.number, user=User.id, on=day.c.on
        )
        .select_from(worked)
        .join(day, day.c.on == worked.c.on)
        .join(User, User.id == worked.c.user_id)
        .where(User.is_active, User.role.in_(_WHO_CLOSE), ~closed.correlate(worked).exists())
    )  # fmt: skip


def _days_of_talks(question: DueQuestion, days: list[date]) -> AnySelect:
    """On which days who entered a conversation of the same day."""
    on = day_of(ContactLog.contacted_at)
    return select(ContactLog.author_id.label("user_id"), on.label("on")).where(
        question.mine(ContactLog.author_id),
        ContactLog.contacted_at >= start_of(min(days)),
        ContactLog.contacted_at < start_of(question.today),
        ContactLog.corrects_id.is_(None),
        on.in_(days),
        day_of(ContactLog.created_at) == on,
    )


def _days_begun(question: DueQuestion, days: list[date]) -> AnySelect:
    """Days of which somebody wrote something."""
    return select(DayClosing.user_id, DayClosing.closing_on).where(
        question.mine(DayClosing.user_id), DayClosing.closing_on.in_(days)
    )
