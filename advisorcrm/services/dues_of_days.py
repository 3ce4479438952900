"""What is due by the day and not with a single client: visits, copies of the database."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import String, cast, func, select

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.database import AnySelect
from advisorcrm.models import Client, ContactLog, User
from advisorcrm.rules.workdays import day_kind
from advisorcrm.services.access import Right, may
from advisorcrm.services.due_questions import DueQuestion, due_columns
from advisorcrm.terms import DueKind, Role

VISITS_A_DAY = 3
"""So many different clients an advisor speaks to on a working day (R33)."""
VISITS_BY = "16:30"
COPY_AFTER = timedelta(hours=24)


def daily_visits(question: DueQuestion) -> AnySelect | None:
    """Advisors who have not spoken to three of their clients today (R33)."""
    today = question.today
    if not day_kind(today, question.holidays).is_working:
        return None
    began = datetime.combine(today, time(), BRANCH_TIME)
    spoken = (
        select(func.count(func.distinct(ContactLog.client_id)))
        .join(Client, Client.id == ContactLog.client_id)
        .where(
            ContactLog.author_id == User.id,
            ContactLog.contacted_at >= began,
            ContactLog.contacted_at < began + timedelta(days=1),
            ContactLog.corrects_id.is_(None),
            Client.advisor_id == User.id,
        )
        .correlate(User)
        .scalar_subquery()
    )
    return due_columns(
        question, DueKind.DAILY_VISITS, subject=User.id, user=User.id, on=today, name=User.name,
        clock=VISITS_BY, detail=cast(spoken, String),
    ).where(
        question.mine(User.id), User.role == Role.ADVISOR, User.is_active, spoken < VISITS_A_DAY
    )  # fmt: skip


def backups(question: DueQuestion) -> AnySelect | None:
    """The database has not been copied for a day: told to who looks after copies (R13)."""
    asker = question.actor
    if question.copied_at is None or not may(asker, Right.BACK_UP):
        return None
    due = (question.copied_at + COPY_AFTER).astimezone(BRANCH_TIME)
    if due > question.at:
        return None
    copied = question.copied_at.astimezone(BRANCH_TIME)
    return due_columns(
        question, DueKind.BACKUP, subject=0, user=asker.user_id, on=due.date(),
        clock=f"{due:%H:%M}", detail=f"{copied:%Y-%m-%d %H:%M}",
    )  # fmt: skip
