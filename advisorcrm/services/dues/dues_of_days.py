"""What is due by the day and not with a single client: visits, duties of week and month, copies."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import String, cast, func, or_, select

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.branch_clock import month_day
from advisorcrm.db.database import AnySelect
from advisorcrm.db.known_days import known_days
from advisorcrm.i18n import _
from advisorcrm.models import Absence, Client, ContactLog, User
from advisorcrm.rules.duties import DUTIES
from advisorcrm.rules.workdays import day_kind
from advisorcrm.services.access import Right, may
from advisorcrm.services.days.absences import covers, is_away
from advisorcrm.services.dues.due_questions import DueQuestion, due_columns
from advisorcrm.services.dues.duties import is_done
from advisorcrm.services.visits.visits import visit_conditions
from advisorcrm.terms import DueKind, Role

VISITS_BY = "16:30"
COPY_AFTER = timedelta(hours=24)
_WEEKS_BACK, _MONTHS_BACK = timedelta(weeks=5), timedelta(days=366)
"""A duty of a week, or of a month, that nobody has seen to is asked for so long: a check of the
files takes the place of those before it, a month's figures are owed for the year."""


def daily_visits(question: DueQuestion) -> AnySelect | None:
    """Advisors at work who have not spoken to so many of their clients today (R33)."""
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
        spoken < question.settings.visits_a_day, ~is_away(today),
    )  # fmt: skip


def stand_ins(question: DueQuestion) -> AnySelect | None:
    """Who stands in for an advisor today is told so (休假代管, R16)."""
    today = question.today
    if not day_kind(today, question.holidays).is_working:
        return None
    return (
        due_columns(
            question, DueKind.STAND_IN, subject=Absence.id, user=Absence.stand_in_id, on=today,
            name=User.name, detail=month_day(Absence.to_on),
        )
        .select_from(Absence)
        .join(User, User.id == Absence.user_id)
        .where(
            question.mine(Absence.stand_in_id), Absence.stand_in_id.is_not(None), covers(today)
        )
    )  # fmt: skip


def month_analyses(question: DueQuestion) -> AnySelect | None:
    """At the first working day each advisor turns to the month before (R51)."""
    return _duties(question, DueKind.MONTH_ANALYSIS)


def month_reviews(question: DueQuestion) -> AnySelect | None:
    """The manager has reviewed the analyses by the fifth working day (R52)."""
    return _duties(question, DueKind.MONTH_REVIEW)


def churn_reports(question: DueQuestion) -> AnySelect | None:
    """Files of clients lost last month go to the manager by the fifth working day (R93)."""
    return _duties(question, DueKind.CHURN_REPORT)


def friday_audits(question: DueQuestion) -> AnySelect | None:
    """The manager's weekly check of the files, on Friday or the last working day (R21, R70)."""
    return _duties(question, DueKind.FRIDAY_AUDIT)


def backups(question: DueQuestion) -> AnySelect | None:
    """The database has not been copied for a day: told to who looks after copies (R13).

    One that never was is told of once it is a day old.
    """
    asker = question.actor
    last = question.copied
    is_mine = question.user_id in (None, asker.user_id)
    if last is None or not is_mine or not may(asker, Right.BACK_UP):
        return None
    due = (last.at + COPY_AFTER).astimezone(BRANCH_TIME)
    if due.date() > question.today:
        return None
    whose = asker.user_id if question.whose is None else question.whose
    told = f"{last.at.astimezone(BRANCH_TIME):%Y-%m-%d %H:%M}" if last.is_one else _("从未")
    return due_columns(
        question, DueKind.BACKUP, subject=0, user=whose, on=due.date(),
        clock=f"{due:%H:%M}", detail=told,
    )  # fmt: skip


def _duties(question: DueQuestion, kind: DueKind) -> AnySelect | None:
    """What everybody of a role does in each period, until it is recorded as done.

    The subject is the period, as the ordinal of its first day.
    """
    days = _days_of_duty(question, kind)
    if not days:
        return None
    duty = known_days(f"{kind.value}_day", [(on, period) for period, on in days])
    counts = or_(User.since_on <= duty.c.on, duty.c.on >= question.today)
    return (
        due_columns(question, kind, subject=duty.c.number, user=User.id, on=duty.c.on)
        .select_from(User)
        .join(duty, counts)
        .where(
            question.mine(User.id),
            User.role == DUTIES[kind].role,
            User.is_active,
            ~is_done(kind, User.id, duty.c.period_on).correlate(User, duty),
        )
    )


def _days_of_duty(question: DueQuestion, kind: DueKind) -> list[tuple[date, date]]:
    """The periods asked about, each with the day by which the duty is done."""
    last, duty = question.horizon(kind), DUTIES[kind]
    back = _WEEKS_BACK if duty.workday is None else _MONTHS_BACK
    first = max(question.today - back, question.since or date.min)
    pairs = ((one, duty.day_of(one, question.holidays)) for one in duty.periods(first, last))
    return [(one, on) for one, on in pairs if on is not None and first <= on <= last]
