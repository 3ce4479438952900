"""Tasks: own ones for all who work with clients, everybody's for manager and leader."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.services.tasks import task_access, task_lists, task_offers, tasks
from advisorcrm.services.tasks.task_lists import TaskFilter, TaskScope
from advisorcrm.services.tasks.tasks import NewTask, TaskData, TaskDay
from advisorcrm.terms import TaskState
from tests.conftest import TODAY
from tests.factories import NOW, People
from tests.services.roles import EDIT, EVERYBODY, SEE, Case, World

KEEP = EVERYBODY - {"office", "administrator"}
CONCERNED = frozenset({"advisor", "manager", "leader", "colleague"})
DATA = TaskData("准备月度分析", TODAY)


def new_task(client_id: int | None = None, **overrides: Any) -> NewTask:
    return NewTask(str(uuid.uuid4()), DATA, client_id=client_id, **overrides)


def fill(session: Session, people: People, client: int) -> dict[str, int]:
    """The advisor's own, one closed, one offered to the colleague."""
    advisor, colleague = people.advisor, people.colleague
    own = tasks.add_task(session, advisor, new_task(client), now=NOW)
    closed = tasks.add_task(session, advisor, new_task(client), now=NOW)
    tasks.finish_task(session, advisor, closed, now=NOW)
    asked = new_task(client, receiver_id=colleague.user_id)
    offered = tasks.add_task(session, advisor, asked, now=NOW)
    return {"own": own, "closed": closed, "offered": offered}


def of(world: World, name: str) -> int:
    key: int = world.more["tasks"][name]
    return key


def done(answer: object) -> bool:
    return answer is None or bool(answer)


BEFORE = TaskDay(TODAY, None, TaskState.OPEN, 0)
CASES: dict[str, Case] = {
    "task_access.find_task": (
        lambda s, a, w: task_access.find_task(s, a, of(w, "offered")) is not None, CONCERNED),
    "task_access.own_task": (
        lambda s, a, w: task_access.own_task(s, a, of(w, "own")) is not None, EDIT),
    "task_access.closed_task": (
        lambda s, a, w: task_access.closed_task(s, a, of(w, "closed")) is not None, EDIT),
    "tasks.add_task": (lambda s, a, w: tasks.add_task(s, a, new_task(), now=NOW), KEEP),
    "tasks.add_client_tasks": (
        lambda s, a, w: tasks.add_client_tasks(s, a, new_task(), [w.client], now=NOW),
        KEEP & SEE),
    "tasks.change_task": (
        lambda s, a, w: done(
            tasks.change_task(s, a, of(w, "own"), DATA, version=1, today=TODAY)), EDIT),
    "tasks.finish_task": (
        lambda s, a, w: done(tasks.finish_task(s, a, of(w, "own"), now=NOW)), EDIT),
    "tasks.cancel_task": (
        lambda s, a, w: done(tasks.cancel_task(s, a, of(w, "own"), now=NOW)), EDIT),
    "tasks.cancel_tasks": (
        lambda s, a, w: done(tasks.cancel_tasks(s, a, [of(w, "own")], now=NOW)),
        EDIT,
    ),
    "tasks.reopen_task": (
        lambda s, a, w: done(tasks.reopen_task(s, a, of(w, "closed"), now=NOW)), EDIT),
    "tasks.move_task": (
        lambda s, a, w: tasks.move_task(s, a, of(w, "own"), TODAY, today=TODAY), EDIT),
    "tasks.move_back_task": (
        lambda s, a, w: done(tasks.move_back_task(s, a, of(w, "own"), BEFORE)), EDIT),
    "task_offers.list_receivers": (lambda s, a, w: task_offers.list_receivers(s, a), KEEP),
    "task_offers.hand_over_task": (
        lambda s, a, w: done(
            task_offers.hand_over_task(s, a, of(w, "own"), w.colleague, now=NOW)), EDIT),
    "task_offers.withdraw_task": (
        lambda s, a, w: done(task_offers.withdraw_task(s, a, of(w, "offered"))), EDIT),
    "task_offers.accept_task": (
        lambda s, a, w: done(task_offers.accept_task(s, a, of(w, "offered"), now=NOW)),
        frozenset({"colleague"})),
    "task_offers.accept_tasks": (
        lambda s, a, w: done(task_offers.accept_tasks(s, a, [of(w, "offered")], now=NOW)),
        frozenset({"colleague"})),
    "task_offers.return_task": (
        lambda s, a, w: done(task_offers.return_task(s, a, of(w, "offered"), reason="忙")),
        frozenset({"colleague"})),
    "task_lists.list_tasks": (
        lambda s, a, w: [
            row for scope in TaskScope
            for row in task_lists.list_tasks(s, a, TaskFilter(scope), today=TODAY)
        ], CONCERNED),
    "task_lists.count_tasks": (
        lambda s, a, w: task_lists.count_tasks(s, a), KEEP),
}  # fmt: skip
