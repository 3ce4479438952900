"""The lists of tasks: what is to be done by whom, the urgent and important first (R22, R238)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.i18n import N_, _
from advisorcrm.models import Client, Task, User
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.access import Right, demand, sees_branch
from advisorcrm.services.tasks.task_access import visible_tasks
from advisorcrm.terms import TaskKind, TaskPriority, TaskRepeat, TaskSource, TaskState, Term

_DONE_SHOWN = 500
"""Most closed tasks a list goes back."""


class TaskScope(Term):
    """Which tasks a list is about."""

    OWN = "own", N_("我的")
    TO_ACCEPT = "to_accept", N_("待接收")
    GIVEN = "given", N_("我交办的")
    DONE = "done", N_("已办结")
    BRANCH = "branch", N_("全营业部")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as lists show it; a client who is not the reader's is told by the surname."""

    id: int
    version: int
    client_id: int | None
    owner_id: int
    offered_to_id: int | None
    source_id: int | None
    note: str
    due_at: time | None
    is_urgent: bool
    is_important: bool
    is_open: bool
    repeats_on_workdays: bool
    priority: Annotated[TaskPriority, Column("优先级", width=18)]
    title: Annotated[str, Column("任务", width=26)]
    client_name: Annotated[str, Column("客户", width=10)]
    due_on: Annotated[date, Column("期限", width=13)]
    due_time: Annotated[str, Column("时刻", width=7)]
    days_late: Annotated[int, Column("逾期天数", align="right", width=9)]
    state: Annotated[TaskState, Column("状态", width=8)]
    owner_name: Annotated[str, Column("负责人", width=9)]
    offered_to_name: Annotated[str, Column("待接收人", width=9)]
    creator_name: Annotated[str, Column("交办人", width=9)]
    kind: Annotated[TaskKind, Column("类别", width=9)]
    source: Annotated[TaskSource, Column("来源", width=9)]
    repeats: Annotated[TaskRepeat | None, Column("重复", width=8)]
    remark: Annotated[str, Column("结果或退回原因", width=18)]


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks: of a scope, about a client, of a source."""

    scope: TaskScope = TaskScope.OWN
    client_id: int | None = None
    source: TaskSource | None = None
    source_id: int | None = None


def list_tasks(session: Session, actor: Actor, query: TaskFilter, *, today: date) -> list[TaskRow]:
    """Urgent and important first, then by day; closed ones with the last closed first."""
    demand(actor, Right.KEEP_TASKS)
    statement = _select_rows().where(visible_tasks(actor), *_narrowed(actor, query))
    if query.scope is TaskScope.DONE:
        statement = statement.order_by(Task.closed_at.desc(), Task.id.desc()).limit(_DONE_SHOWN)
    else:
        statement = statement.order_by(priority_rank(), Task.due_on, Task.due_at, Task.id)
    return [_row(found, actor, today) for found in session.execute(statement)]


def count_tasks(session: Session, actor: Actor) -> dict[TaskScope, int]:
    """How many stand in each list of open tasks, for the words of its filter."""
    demand(actor, Right.KEEP_TASKS)
    me = actor.user_id
    open_ones = select(func.count()).select_from(Task).where(Task.closed_at.is_(None))
    conditions = {
        TaskScope.OWN: _is_on_list_of(me),
        TaskScope.TO_ACCEPT: Task.offered_to_id == me,
        TaskScope.GIVEN: _is_given_by(me),
    }
    return {
        scope: session.scalar(open_ones.where(condition)) or 0
        for scope, condition in conditions.items()
    }


def priority_rank() -> ColumnElement[int]:
    """先解决紧急又重要的, as an order (R238): both, urgent, important, neither."""
    return case(
        (and_(Task.is_urgent, Task.is_important), 0), (Task.is_urgent, 1), (Task.is_important, 2),
        else_=3,
    )  # fmt: skip


def priority_of(*, is_urgent: bool, is_important: bool) -> TaskPriority:
    """Urgency times importance in one word."""
    if is_urgent:
        return TaskPriority.URGENT_IMPORTANT if is_important else TaskPriority.URGENT
    return TaskPriority.IMPORTANT if is_important else TaskPriority.NORMAL


def _is_on_list_of(user_id: int) -> ColumnElement[bool]:
    return and_(Task.owner_id == user_id, Task.offered_to_id.is_(None))


def _is_given_by(user_id: int) -> ColumnElement[bool]:
    """Given to somebody else: waiting for the answer, or taken."""
    return and_(
        or_(Task.creator_id == user_id, Task.owner_id == user_id),
        or_(Task.offered_to_id.is_not(None), Task.owner_id != user_id),
    )


def _narrowed(actor: Actor, query: TaskFilter) -> list[ColumnElement[bool]]:
    me = actor.user_id
    is_open = Task.closed_at.is_(None)
    scopes: dict[TaskScope, list[ColumnElement[bool]]] = {
        TaskScope.OWN: [is_open, _is_on_list_of(me)],
        TaskScope.TO_ACCEPT: [is_open, Task.offered_to_id == me],
        TaskScope.GIVEN: [is_open, _is_given_by(me)],
        TaskScope.DONE: [
            Task.closed_at.is_not(None), or_(Task.owner_id == me, Task.creator_id == me)
        ],
        TaskScope.BRANCH: [is_open],
    }  # fmt: skip
    conditions = scopes[query.scope]
    if query.client_id is not None:
        conditions.append(Task.client_id == query.client_id)
    if query.source is not None:
        conditions += [Task.source == query.source, Task.source_id == query.source_id]
    return conditions


def _select_rows() -> AnySelect:
    owner, creator, receiver, returner = (aliased(User) for _who in range(4))
    return (
        select(
            Task,
            Client.name.label("client_name"),
            Client.advisor_id,
            owner.name.label("owner_name"),
            creator.name.label("creator_name"),
            receiver.name.label("receiver_name"),
            returner.name.label("returner_name"),
        )
        .join(owner, owner.id == Task.owner_id)
        .join(creator, creator.id == Task.creator_id)
        .outerjoin(receiver, receiver.id == Task.offered_to_id)
        .outerjoin(returner, returner.id == Task.returned_by_id)
        .outerjoin(Client, Client.id == Task.client_id)
    )


def _row(found: Row[Any], actor: Actor, today: date) -> TaskRow:
    task: Task = found.Task
    name = found.client_name or ""
    is_seen = sees_branch(actor) or found.advisor_id == actor.user_id
    is_open = task.closed_at is None
    return TaskRow(
        id=task.id, version=task.version, client_id=task.client_id, owner_id=task.owner_id,
        offered_to_id=task.offered_to_id, source_id=task.source_id, note=task.note,
        due_at=task.due_at, is_urgent=task.is_urgent, is_important=task.is_important,
        is_open=is_open, repeats_on_workdays=task.repeats_on_workdays,
        priority=priority_of(is_urgent=task.is_urgent, is_important=task.is_important),
        title=task.title, client_name=name if is_seen else mask_name(name), due_on=task.due_on,
        due_time=f"{task.due_at:%H:%M}" if task.due_at else "",
        days_late=max(0, (today - task.due_on).days) if is_open else 0, state=task.state,
        owner_name=found.owner_name, offered_to_name=found.receiver_name or "",
        creator_name=found.creator_name, kind=task.kind, source=task.source,
        repeats=task.repeats, remark=task.result or _return_note(task, found.returner_name),
    )  # fmt: skip


def _return_note(task: Task, returner_name: str | None) -> str:
    """Who gave the task back and why: of several asked, the owner knows whom not to ask again."""
    if not task.return_reason or returner_name is None:
        return task.return_reason
    return _("{name}退回：{reason}").format(name=returner_name, reason=task.return_reason)
