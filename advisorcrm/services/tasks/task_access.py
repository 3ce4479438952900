"""Who sees a task and who may change it: the people it concerns, and those who lead the branch."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import NotAllowedError, NotFoundError, UserError
from advisorcrm.i18n import _
from advisorcrm.models import Task
from advisorcrm.services.access import Right, demand, may
from advisorcrm.terms import Role


def visible_tasks(actor: Actor) -> ColumnElement[bool]:
    """Own tasks, tasks given and tasks asked for; all of them for manager and leader."""
    if may(actor, Right.LEAD_TEAM):
        return true()
    me = actor.user_id
    return or_(Task.owner_id == me, Task.creator_id == me, Task.offered_to_id == me)


def find_task(session: Session, actor: Actor, task_id: int) -> Task:
    """A task the person may see. Raises NotFoundError for one that is gone or another's."""
    demand(actor, Right.KEEP_TASKS)
    task = session.get(Task, task_id)
    if task is None or not _concerns(actor, task):
        raise NotFoundError(_("找不到这项任务，或不在您的权限内。"))
    return task


def own_task(session: Session, actor: Actor, task_id: int, *, as_creator: bool = False) -> Task:
    """A task that is still to be done, to be changed by its owner or the manager.

    Whoever made it may change and withdraw it, too (``as_creator``). Raises NotAllowedError for
    another's, UserError for one that waits for an answer or is closed.
    """
    task = find_task(session, actor, task_id)
    _demand_owner(actor, task, as_creator=as_creator)
    if task.closed_at is not None:
        raise UserError(_("这项任务已办结，请先撤销办结。"))
    return task


def closed_task(session: Session, actor: Actor, task_id: int) -> Task:
    """A task that was closed, to be opened again by whom it belongs to or who closed it."""
    task = find_task(session, actor, task_id)
    _demand_owner(actor, task, as_creator=task.closed_by_id == actor.user_id)
    if task.closed_at is None:
        raise UserError(_("这项任务还没有办结。"))
    return task


def _concerns(actor: Actor, task: Task) -> bool:
    people = (task.owner_id, task.creator_id, task.offered_to_id)
    return may(actor, Right.LEAD_TEAM) or actor.user_id in people


def _demand_owner(actor: Actor, task: Task, *, as_creator: bool) -> None:
    if task.offered_to_id == actor.user_id:
        raise NotAllowedError(_("请先接收这项任务，或写明原因退回。"))
    allowed = {task.owner_id} | ({task.creator_id} if as_creator else set())
    if actor.user_id not in allowed and actor.role is not Role.MANAGER:
        raise NotAllowedError(_("这项任务由别人负责，只有负责人和客服经理可以改。"))
