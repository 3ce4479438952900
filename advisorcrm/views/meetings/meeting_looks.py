"""How meetings, views and action items are drawn in their lists."""

from __future__ import annotations

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.services.meetings.company_views import CompanyViewRow
from advisorcrm.services.meetings.meetings import MeetingRow
from advisorcrm.terms import Stance, TaskState
from advisorcrm.views.table_cells import QUIET, Look
from advisorcrm.views.widgets.badge import BadgeText

_STANCES = {Stance.POSITIVE: "ok", Stance.NEUTRAL: "info", Stance.NEGATIVE: "crit"}
_STATES = {TaskState.OPEN: "mute", TaskState.MOVED: "warn", TaskState.DONE: "ok",
           TaskState.CANCELLED: "mute"}  # fmt: skip


def meeting_looks() -> dict[str, Look]:
    """The day with its weekday, and whether the minutes are final."""
    return {
        "held_on": Look(text=_day),
        "kind": Look(weight=600),
        "closed_at": Look(badges=lambda row: (_final(row),)),
    }


def view_looks() -> dict[str, Look]:
    """What is pushed stands out; the stance in its colour, a withdrawn one grey with its reason."""
    return {
        "is_push": Look(badges=_push),
        "subject": Look(weight=600),
        "stance": Look(badges=_stance),
        "points": Look(text=_points),
        "source": QUIET,
        "author_name": QUIET,
    }


def action_looks() -> dict[str, Look]:
    """The state as everywhere."""
    return {
        "title": Look(weight=600),
        "state": Look(badges=lambda row: (BadgeText(row.state.label, _STATES[row.state]),)),
    }


def _day(row: MeetingRow) -> str:
    return day_label(row.held_on.isoformat(), row.held_on)


def _final(row: MeetingRow) -> BadgeText:
    return BadgeText(_("已定稿"), "ok") if row.closed_at else BadgeText(_("未定稿"), "warn")


def _push(row: CompanyViewRow) -> tuple[BadgeText, ...]:
    is_in_force = row.is_push and row.withdrawn_at is None
    return (BadgeText(_("重点推送"), "warn"),) if is_in_force else ()


def _stance(row: CompanyViewRow) -> tuple[BadgeText, ...]:
    if row.withdrawn_at is not None:
        return (BadgeText(_("已撤回"), "mute"),)
    return (BadgeText(row.stance.label, _STANCES[row.stance]),)


def _points(row: CompanyViewRow) -> str:
    if row.withdrawn_at is None:
        return row.points
    day = f"{row.withdrawn_at.astimezone(BRANCH_TIME):%m-%d}"
    said = _("{day} 撤回“{stance}”：{reason}")
    return said.format(day=day, stance=row.stance.label, reason=row.withdraw_reason)
