"""What is due of tasks: the own ones, and those that wait to be accepted (R22, R58)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func

from advisorcrm.db.branch_clock import clock_text
from advisorcrm.db.database import AnySelect
from advisorcrm.models import Client, Task
from advisorcrm.services.access import sees_branch
from advisorcrm.services.dues.due_questions import DueQuestion, due_columns
from advisorcrm.terms import DueKind


def own_tasks(question: DueQuestion) -> AnySelect:
    """Tasks whose owner has not done them and has asked nobody else."""
    return _tasks(question, Task.owner_id).where(Task.offered_to_id.is_(None))


def offered_tasks(question: DueQuestion) -> AnySelect:
    """Tasks that wait for an answer: the receiver is to accept or to give back."""
    return _tasks(question, Task.offered_to_id).where(Task.offered_to_id.is_not(None))


def _tasks(question: DueQuestion, user: Any) -> AnySelect:
    kind = DueKind.TASK
    return (
        due_columns(
            question, kind, subject=Task.id, user=user, on=Task.due_on, client=Client.id,
            name=_name(question, user), clock=clock_text(Task.due_at), detail=Task.title,
        )
        .select_from(Task)
        .outerjoin(Client, Client.id == Task.client_id)
        .where(question.mine(user), Task.closed_at.is_(None), question.window(kind, Task.due_on))
    )  # fmt: skip


def _name(question: DueQuestion, user: Any) -> ColumnElement[str] | Any:
    """The client's name; of one who is not the doer's own the surname."""
    if sees_branch(question.actor):
        return Client.name
    surname = func.substr(Client.name, 1, 1).concat("*")
    return case((Client.advisor_id == user, Client.name), else_=surname)
