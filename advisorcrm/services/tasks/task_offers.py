"""Handing a task over: the receiver accepts it, or gives it back with a reason (R58).

Until the answer it stays with its owner; who has asked whom for help sees what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, or_, select, update
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotAllowedError, UserError
from advisorcrm.i18n import _
from advisorcrm.models import Client, Task, User
from advisorcrm.services.access import Right, demand
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.services.tasks.task_access import find_task, own_task
from advisorcrm.terms import Role

RECEIVERS = (Role.ADVISOR, Role.MANAGER, Role.LEADER, Role.FRONT_DESK)
"""Who may be given a task or asked for help: 营业部总经理或其他员工 (R58)."""


def list_receivers(session: Session, actor: Actor) -> list[tuple[int, str, str]]:
    """Whom a task may be given to, oneself left out: id, number, name."""
    demand(actor, Right.KEEP_TASKS)
    rows = session.execute(
        select(User.id, User.employee_no, User.name)
        .where(_may_receive(), User.id != actor.user_id)
        .order_by(User.employee_no)
    )
    return [(key, number, name) for key, number, name in rows]


def demand_receiver(session: Session, user_id: int | None) -> int:
    """The id of a person who may be given a task; else InvalidFieldError."""
    found = session.scalar(select(User.id).where(_may_receive(), User.id == user_id))
    if found is None:
        raise InvalidFieldError("receiver_id", _("请选在岗的同事。"))
    return found


def hand_over_task(
    session: Session, actor: Actor, task_id: int, receiver_id: int, *, now: datetime
) -> None:
    """Ask another person to take the task; the owner answers for it until then.

    The manager may hand over anybody's. Raises InvalidFieldError for its owner as receiver.
    """
    task = own_task(session, actor, task_id)
    receiver = demand_receiver(session, receiver_id)
    if receiver == task.owner_id:
        raise InvalidFieldError("receiver_id", _("这项任务已由这位同事负责。"))
    if receiver == actor.user_id:  # the manager takes it: nothing is left to be answered
        _accept(task, actor, now)
        return
    task.offered_to_id = receiver
    task.returned_by_id, task.return_reason = None, ""


def withdraw_task(session: Session, actor: Actor, task_id: int) -> None:
    """Take back the question before it was answered."""
    task = own_task(session, actor, task_id, as_creator=True)
    _demand_offer(task)
    task.offered_to_id = None


def accept_task(session: Session, actor: Actor, task_id: int, *, now: datetime) -> None:
    """The receiver takes it and answers for it from now on."""
    _accept(_offered_task(session, actor, task_id), actor, now)


def accept_tasks(session: Session, actor: Actor, task_ids: Iterable[int], *, now: datetime) -> None:
    """Take several at once."""
    demand(actor, Right.KEEP_TASKS)
    for task_id in task_ids:
        accept_task(session, actor, task_id, now=now)


def return_task(session: Session, actor: Actor, task_id: int, *, reason: str) -> None:
    """The receiver does not take it and says why; it stays with its owner, who reads it.

    Raises InvalidFieldError without a reason.
    """
    task = _offered_task(session, actor, task_id)
    said = clean_text("reason", reason)
    if not said:
        raise InvalidFieldError("reason", _("请写明退回原因。"))
    task.offered_to_id = None
    task.returned_by_id, task.return_reason = actor.user_id, said


def offer_tasks_of_clients(
    session: Session, client_ids: Sequence[int], advisor_id: int | None
) -> None:
    """Open tasks of the advisor so far wait for the next one when a client is handed over (R217).

    Called while the clients still are with the advisor so far. The next advisor accepts them or
    gives them back; a hand-over that is undone takes the question back.
    """
    if advisor_id is None:
        return
    so_far = (
        select(Client.advisor_id)
        .where(Client.id == Task.client_id)
        .correlate(Task)
        .scalar_subquery()
    )
    is_own = and_(Task.owner_id == so_far, Task.offered_to_id.is_(None))
    session.execute(
        update(Task)
        .where(
            Task.client_id.in_(client_ids),
            Task.closed_at.is_(None),
            or_(is_own, Task.offered_to_id == so_far),
        )
        .values(
            offered_to_id=case((Task.owner_id == advisor_id, None), else_=advisor_id),
            version=Task.version + 1,
        )
        .execution_options(synchronize_session=False)
    )


def _accept(task: Task, actor: Actor, now: datetime) -> None:
    task.owner_id, task.offered_to_id, task.accepted_at = actor.user_id, None, now
    task.returned_by_id, task.return_reason = None, ""


def _offered_task(session: Session, actor: Actor, task_id: int) -> Task:
    task = find_task(session, actor, task_id)
    if task.offered_to_id != actor.user_id:
        raise NotAllowedError(_("这项任务没有等您接收。"))
    return task


def _demand_offer(task: Task) -> None:
    if task.offered_to_id is None:
        raise UserError(_("这项任务没有在等别人接收。"))


def _may_receive() -> ColumnElement[bool]:
    return and_(User.is_active, User.role.in_(RECEIVERS))
