"""A duty of week or month is recorded as done, with the way back (R21, R51, R52, R93)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Protocol

from advisorcrm.i18n import _
from advisorcrm.rules.duties import has_begun
from advisorcrm.services.access import Right
from advisorcrm.terms import DueKind
from advisorcrm.views.surroundings import Surroundings


class DueMatter(Protocol):
    """What a line says of the matter it stands for; the subject of a duty is its period."""

    @property
    def kind(self) -> DueKind:
        """Which duty."""

    @property
    def subject_id(self) -> int:
        """The first day of the period, as an ordinal."""


def may_finish(around: Surroundings, row: DueMatter, user_id: int | None) -> bool:
    """Whether this is a duty that the person may record as done: an own one, or of the team."""
    if user_id is None or around.jobs.is_read_only:
        return False
    if not has_begun(row.kind, row.subject_id, around.today()):
        return False
    return user_id == around.actor.user_id or around.may(Right.LEAD_TEAM)


def record_done(around: Surroundings, row: DueMatter, user_id: int) -> None:
    """Record it; every page reads again, and Ctrl+Z takes it back."""
    from advisorcrm.services.dues.duties import finish_duty, reopen_duty

    facts: dict[str, Any] = {
        "user_id": user_id, "kind": row.kind, "period_on": date.fromordinal(row.subject_id),
        "now": around.now(),
    }  # fmt: skip
    told = _("已完成：{title}").format(title=row.kind.label)
    then = partial(_tell, around, told, partial(reopen_duty, **facts))
    around.jobs.write(partial(finish_duty, **facts), then=then)


def _tell(around: Surroundings, told: str, inverse: Any, _answer: object) -> None:
    around.undo.done(told, inverse)
