"""A task that comes again: on which day of its rule it stands, and when the next one comes (R47).

Where a task was moved to says nothing of its series: a task of Fridays that was done on Monday
comes again on the next Friday but the one it was planned for.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.models import Task
from advisorcrm.rules.recurrence import Recurrence, next_day
from advisorcrm.rules.workdays import HolidayTable
from advisorcrm.services.branch.working_days import holiday_table


def next_of_series(session: Session, task: Task, *, not_before: date) -> date:
    """When a task that is done comes again: after its planned day and the day it was moved to."""
    table = holiday_table(session)
    return _next(task, _planned_on(session, task, table), not_before, table)


def _planned_on(session: Session, task: Task, table: HolidayTable) -> date:
    """The day its series gave a task; it is told by the ones before for one that was moved."""
    moved = [task]
    while moved[-1].move_count and (before := _before(session, moved[-1])) is not None:
        moved.append(before)
    first = moved.pop()
    on = first.repeats_from_on if first.move_count else first.due_on
    while moved:
        on = _next(first, on or first.due_on, _closed_on(first), table)
        first = moved.pop()
    return on or first.due_on


def _next(task: Task, planned_on: date, not_before: date, table: HolidayTable) -> date:
    if task.repeats is None or task.repeats_from_on is None:
        raise ValueError(task.id)
    rule = Recurrence(task.repeats, task.repeats_from_on, task.repeats_on_workdays)
    return next_day(rule, after=max(planned_on, task.due_on), not_before=not_before, table=table)


def _before(session: Session, task: Task) -> Task | None:
    """The one it was made after, as long as that came by the same rule."""
    before = session.get(Task, task.follows_id) if task.follows_id is not None else None
    if before is None or before.closed_at is None:
        return None
    is_same = (before.repeats, before.repeats_from_on) == (task.repeats, task.repeats_from_on)
    return before if is_same else None


def _closed_on(task: Task) -> date:
    return branch_date(task.closed_at) if task.closed_at else task.due_on
