"""How a task is drawn in a list, and which columns each list shows."""

from __future__ import annotations

from advisorcrm.services.tasks.task_lists import TaskRow, TaskScope
from advisorcrm.terms import TaskKind, TaskPriority, TaskState
from advisorcrm.views.table_cells import QUIET, Look
from advisorcrm.views.widgets.badge import BadgeText

_PRIORITY = {
    TaskPriority.URGENT_IMPORTANT: "crit",
    TaskPriority.URGENT: "warn",
    TaskPriority.IMPORTANT: "info",
    TaskPriority.NORMAL: "mute",
}
_STATE = {
    TaskState.OPEN: "mute",
    TaskState.MOVED: "warn",
    TaskState.DONE: "ok",
    TaskState.CANCELLED: "mute",
}
_EVERYWHERE = (
    "priority",
    "title",
    "client_name",
    "due_on",
    "due_time",
    "state",
    "source",
    "remark",
)
_ALSO: dict[TaskScope, tuple[str, ...]] = {
    TaskScope.OWN: ("days_late", "creator_name", "repeats"),
    TaskScope.TO_ACCEPT: ("creator_name", "kind", "days_late"),
    TaskScope.GIVEN: ("owner_name", "offered_to_name", "kind", "days_late"),
    TaskScope.DONE: ("owner_name", "creator_name"),
    TaskScope.BRANCH: ("owner_name", "offered_to_name", "days_late"),
}


def columns_of_scope(scope: TaskScope) -> frozenset[str]:
    """What a list of this scope tells."""
    return frozenset(_EVERYWHERE + _ALSO[scope])


def task_looks() -> dict[str, Look]:
    """Badges for priority and state, red for what is late, help asked for with its mark."""
    return {
        "priority": Look(badges=lambda row: (BadgeText(*_priority(row)),)),
        "title": Look(weight=600, icon=_icon),
        "client_name": Look(is_name=True),
        "due_on": Look(tone=lambda row: "crit" if row.days_late else "text"),
        "days_late": Look(
            tone="crit", text=lambda row: str(row.days_late) if row.days_late else ""
        ),
        "state": Look(badges=lambda row: (BadgeText(row.state.label, _STATE[row.state]),)),
        "creator_name": QUIET,
        "source": QUIET,
        "remark": QUIET,
    }


def _priority(row: TaskRow) -> tuple[str, str]:
    return row.priority.label, _PRIORITY[row.priority]


def _icon(row: TaskRow) -> str:
    if row.kind is TaskKind.ASSIST:
        return "handshake"
    return "rotate-ccw" if row.repeats else ""
