"""Shifts in the list of everything with a date (R235)."""

from __future__ import annotations

from advisorcrm.db.database import AnySelect
from advisorcrm.models import ShiftLog
from advisorcrm.services.dues.due_questions import DueQuestion, due_columns
from advisorcrm.terms import DueKind


def shifts(question: DueQuestion) -> AnySelect:
    """Planned shifts and those that were not closed (R235)."""
    kind = DueKind.SHIFT
    return due_columns(
        question, kind, subject=ShiftLog.id, user=ShiftLog.user_id, on=ShiftLog.shift_on
    ).where(
        question.mine(ShiftLog.user_id),
        question.window(kind, ShiftLog.shift_on),
        ShiftLog.closed_at.is_(None),
        ShiftLog.archived_at.is_(None),
    )
