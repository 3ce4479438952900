"""What is due by the day and not with a single client: visits, duties of week and month, copies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Date, String, cast, func, literal, select, union_all

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.branch_clock import this_day
from advisorcrm.db.database import AnySelect
from advisorcrm.models import Client, ContactLog, User
from advisorcrm.rules.workdays import day_kind, days_between, nth_workday, weekly_day
from advisorcrm.services.access import Right, may
from advisorcrm.services.dues.due_questions import DueQuestion, due_columns
from advisorcrm.services.visits.visits import visit_conditions
from advisorcrm.terms import DueKind, Role

VISITS_BY = "16:30"
COPY_AFTER = timedelta(hours=24)
REPORT_WORKDAY = 5
"""What concerns the month before is done by this working day (R52, R93)."""


def daily_visits(question: DueQuestion) -> AnySelect | None:
    """Advisors who have not spoken to so many of their clients today (R33)."""
    today = question.today
    if not day_kind(today, question.holidays).is_working:
        return None
    counted: AnySelect = select(func.count(func.distinct(ContactLog.client_id)))
    spoken = (
        counted.select_from(ContactLog)
        .join(Client, Client.id == ContactLog.client_id)
        .where(
            ContactLog.author_id == User.id,
            *visit_conditions(today, question.settings.visit_ways, question.holidays),
        )
        .correlate(User)
        .scalar_subquery()
    )
    return due_columns(
        question, DueKind.DAILY_VISITS, subject=User.id, user=User.id, on=today, name=User.name,
        clock=VISITS_BY, detail=cast(spoken, String),
    ).where(
        question.mine(User.id), User.role == Role.ADVISOR, User.is_active,
        spoken < question.settings.visits_a_day,
    )  # fmt: skip


def month_analyses(question: DueQuestion) -> AnySelect | None:
    """At the first working day each advisor turns to the month before (R51)."""
    return _duties(question, DueKind.MONTH_ANALYSIS, Role.ADVISOR, _workdays(question, 1))


def month_reviews(question: DueQuestion) -> AnySelect | None:
    """The manager has reviewed the analyses by the fifth working day (R52)."""
    days = _workdays(question, REPORT_WORKDAY)
    return _duties(question, DueKind.MONTH_REVIEW, Role.MANAGER, days)


def churn_reports(question: DueQuestion) -> AnySelect | None:
    """Files of clients lost last month go to the manager by the fifth working day (R93)."""
    days = _workdays(question, REPORT_WORKDAY)
    return _duties(question, DueKind.CHURN_REPORT, Role.ADVISOR, days)


def friday_audits(question: DueQuestion) -> AnySelect | None:
    """The manager's weekly check of the files, on Friday or the last working day (R21, R70)."""
    first, last = question.today, question.horizon(DueKind.FRIDAY_AUDIT)
    weeks = {on - timedelta(days=on.weekday()) for on in days_between(first, last)}
    found = [weekly_day(monday, table=question.holidays) for monday in sorted(weeks)]
    days = [on for on in found if on is not None]
    return _duties(question, DueKind.FRIDAY_AUDIT, Role.MANAGER, days)


def backups(question: DueQuestion) -> AnySelect | None:
    """The database has not been copied for a day: told to who looks after copies (R13)."""
    asker = question.actor
    if question.copied_at is None or not may(asker, Right.BACK_UP):
        return None
    due = (question.copied_at + COPY_AFTER).astimezone(BRANCH_TIME)
    if due.date() > question.today:
        return None
    copied = question.copied_at.astimezone(BRANCH_TIME)
    return due_columns(
        question, DueKind.BACKUP, subject=0, user=asker.user_id, on=due.date(),
        clock=f"{due:%H:%M}", detail=f"{copied:%Y-%m-%d %H:%M}",
    )  # fmt: skip


def _workdays(question: DueQuestion, number: int) -> list[date]:
    """That working day of this month and of the next."""
    today = question.today
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return [nth_workday(on.year, on.month, number, question.holidays) for on in (today, following)]


def _duties(
    question: DueQuestion, kind: DueKind, role: Role, days: Sequence[date]
) -> AnySelect | None:
    """What everybody of a role does by a day: until then, since nothing says that it is done."""
    last = question.horizon(kind)
    coming = [
        this_day(literal(on, Date)).label("on") for on in days if question.today <= on <= last
    ]
    if not coming:
        return None
    duty = union_all(*(select(on) for on in coming)).subquery(f"{kind.value}_day")
    return (
        due_columns(question, kind, subject=User.id, user=User.id, on=duty.c.on)
        .select_from(User)
        .join(duty, duty.c.on.is_not(None))
        .where(question.mine(User.id), User.role == role, User.is_active)
    )
