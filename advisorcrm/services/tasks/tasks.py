"""Tasks: made, changed, done, moved, cancelled; done ones that come again make the next (R22, R47).

Who is given one answers it in ``task_offers``; ``task_lists`` reads them.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.errors import ConflictError, InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Task
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.services.access import Right, demand, demand_client
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.services.tasks.task_access import closed_task, own_task
from advisorcrm.services.tasks.task_offers import demand_receiver
from advisorcrm.services.tasks.task_series import next_of_series
from advisorcrm.terms import TaskKind, TaskRepeat, TaskSource, TaskState


@dataclass(frozen=True, slots=True)
class TaskData:
    """What is to be done, by when, and how it comes again."""

    title: str
    due_on: date
    due_at: time | None = None
    note: str = ""
    is_urgent: bool = False
    is_important: bool = False
    repeats: TaskRepeat | None = None
    repeats_on_workdays: bool = False


@dataclass(frozen=True, slots=True)
class NewTask:
    """What the form gives; ``uuid`` is made when it opens, so that a retry saves once.

    ``receiver_id`` is whoever is to do it, if not the person who enters it.
    """

    uuid: str
    data: TaskData
    client_id: int | None = None
    receiver_id: int | None = None
    kind: TaskKind = TaskKind.TASK
    source: TaskSource = TaskSource.BY_HAND
    source_id: int | None = None


@dataclass(frozen=True, slots=True)
class TaskDay:
    """Where a task stood before it was moved: to take the move back."""

    due_on: date
    due_at: time | None
    state: TaskState
    move_count: int


def add_task(session: Session, actor: Actor, new: NewTask, *, now: datetime) -> int:
    """Enter a task, an own one or one for somebody else, who is asked to accept it (R58).

    A repeated attempt answers the same id. Raises InvalidFieldError without a title, for a day
    that has passed or a receiver who has none, NotFoundError for a client not to be seen.
    """
    demand(actor, Right.KEEP_TASKS)
    known = session.scalar(select(Task.id).where(Task.uuid == new.uuid))
    if known is not None:
        return known
    if new.client_id is not None:
        demand_client(session, actor, new.client_id)
    task = Task(
        uuid=new.uuid,
        kind=new.kind,
        client_id=new.client_id,
        source=new.source,
        source_id=new.source_id,
        creator_id=actor.user_id,
        owner_id=actor.user_id,
        offered_to_id=_receiver(session, actor, new),
        created_at=now,
    )
    _fill(task, new.data, today=_day(now))
    session.add(task)
    session.flush()  # the id is the answer
    return task.id


def add_client_tasks(
    session: Session, actor: Actor, new: NewTask, client_ids: Sequence[int], *, now: datetime
) -> list[int]:
    """The same task about each of several clients (批量建任务); a retry makes none twice."""
    demand(actor, Right.KEEP_TASKS)
    if not client_ids:
        raise InvalidFieldError("client_ids", _("请先选客户。"))
    root = uuid.UUID(new.uuid)
    return [
        add_task(
            session, actor, replace(new, uuid=str(uuid.uuid5(root, str(key))), client_id=key),
            now=now,
        )
        for key in dict.fromkeys(client_ids)
    ]  # fmt: skip


def change_task(
    session: Session, actor: Actor, task_id: int, data: TaskData, *, version: int, today: date
) -> None:
    """Correct a task: owner, creator or manager.

    Another day is a move and is counted. Raises ConflictError if it was changed since it was
    read.
    """
    task = own_task(session, actor, task_id, as_creator=True)
    if task.version != version:
        raise ConflictError(_("这项任务已被别人改过，请重新打开。"))
    if (data.due_on, data.due_at) != (task.due_on, task.due_at):
        task.state, task.move_count = TaskState.MOVED, task.move_count + 1
    _fill(task, data, today=min(today, task.due_on))


def finish_task(
    session: Session, actor: Actor, task_id: int, *, result: str = "", now: datetime
) -> int | None:
    """It is done; one that comes again makes the next one, whose id is the answer (R47).

    The next one falls on the first day of its rule that has not passed, after the day this one
    was planned for and after the day it was moved to; what was missed in between does not pile up.
    """
    task = own_task(session, actor, task_id)
    task.result = clean_text("result", result)
    _close(task, actor, TaskState.DONE, now)
    return _make_next(session, task, now) if task.repeats else None


def cancel_task(
    session: Session, actor: Actor, task_id: int, *, reason: str = "", now: datetime
) -> None:
    """It is not to be done any more; one that comes again comes no more."""
    task = own_task(session, actor, task_id, as_creator=True)
    task.result = clean_text("result", reason)
    _close(task, actor, TaskState.CANCELLED, now)


def cancel_tasks(session: Session, actor: Actor, task_ids: Sequence[int], *, now: datetime) -> None:
    """Take several back that were entered together."""
    demand(actor, Right.KEEP_TASKS)
    for task_id in task_ids:
        cancel_task(session, actor, task_id, now=now)


def reopen_task(session: Session, actor: Actor, task_id: int, *, now: datetime) -> None:
    """Take back that it was done or cancelled; the one made after it goes, if nobody did it."""
    task = closed_task(session, actor, task_id)
    task.state = TaskState.MOVED if task.move_count else TaskState.OPEN
    task.closed_at, task.closed_by_id, task.result = None, None, ""
    following = session.scalar(select(Task).where(Task.follows_id == task_id))
    if following is not None and following.closed_at is None:
        _close(following, actor, TaskState.CANCELLED, now)


def move_task(
    session: Session, actor: Actor, task_id: int, due_on: date, due_at: time | None = None,
    *, today: date,
) -> TaskDay:  # fmt: skip
    """Do it on another day; returns where it stood. Raises InvalidFieldError for a day passed."""
    task = own_task(session, actor, task_id)
    _demand_day(due_on, today)
    before = TaskDay(task.due_on, task.due_at, task.state, task.move_count)
    task.due_on, task.due_at = due_on, due_at
    task.state, task.move_count = TaskState.MOVED, task.move_count + 1
    return before


def move_back_task(session: Session, actor: Actor, task_id: int, before: TaskDay) -> None:
    """Take a move back: it stands again where it stood."""
    task = own_task(session, actor, task_id)
    task.due_on, task.due_at = before.due_on, before.due_at
    task.state, task.move_count = before.state, before.move_count


def _receiver(session: Session, actor: Actor, new: NewTask) -> int | None:
    if new.receiver_id in (None, actor.user_id):
        if new.kind is TaskKind.ASSIST:
            raise InvalidFieldError("receiver_id", _("请选向谁请求协助。"))
        return None
    return demand_receiver(session, new.receiver_id)


def _fill(task: Task, data: TaskData, *, today: date) -> None:
    task.title = clean_text("title", data.title)
    if not task.title:
        raise InvalidFieldError("title", _("请写明要做什么。"))
    _demand_day(data.due_on, today)
    task.note = clean_text("note", data.note, limit=LONG_TEXT)
    if task.repeats_from_on is None or task.repeats is not data.repeats:
        task.repeats_from_on = data.due_on if data.repeats else None
    task.due_on, task.due_at = data.due_on, data.due_at
    task.is_urgent, task.is_important = data.is_urgent, data.is_important
    task.repeats = data.repeats
    task.repeats_on_workdays = data.repeats_on_workdays and data.repeats is not None


def _demand_day(due_on: date, today: date) -> None:
    if due_on < today:
        raise InvalidFieldError("due_on", _("期限已过，请选今天或以后。"))


def _close(task: Task, actor: Actor, state: TaskState, now: datetime) -> None:
    task.state, task.closed_at, task.closed_by_id = state, now, actor.user_id
    task.offered_to_id = None


def _make_next(session: Session, task: Task, now: datetime) -> int:
    """The next of the series; one that was taken away with an undo is taken up again."""
    due_on = next_of_series(session, task, not_before=_day(now))
    following = session.scalar(select(Task).where(Task.follows_id == task.id))
    if following is None:
        following = _copy_for_next(task, now)
        session.add(following)
    elif following.state is TaskState.CANCELLED:
        following.state, following.closed_at, following.closed_by_id = TaskState.OPEN, None, None
        following.move_count = 0
    following.due_on = due_on if following.closed_at is None else following.due_on
    session.flush()  # the id is the answer
    return following.id


def _copy_for_next(task: Task, now: datetime) -> Task:
    """As it was, for the same person, with nothing done yet."""
    kept = (
        "kind", "title", "note", "client_id", "due_on", "due_at", "is_urgent", "is_important",
        "source", "source_id", "creator_id", "owner_id", "accepted_at", "repeats",
        "repeats_from_on", "repeats_on_workdays",
    )  # fmt: skip
    values = {name: getattr(task, name) for name in kept}
    return Task(uuid=str(uuid.uuid4()), follows_id=task.id, created_at=now, **values)


def _day(now: datetime) -> date:
    return branch_date(now)
