"""Where a part of the day leads: to minutes, to the day's end (R47, R48, R53)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.days.checklists import DayPart
from advisorcrm.services.days.day_slots import SlotKind
from advisorcrm.terms import MeetingKind
from advisorcrm.views.surroundings import Surroundings

_NOON = time(12)


@dataclass(frozen=True, slots=True)
class PartWay:
    """What the button says, and the meeting whose minutes it opens; none: the day's end."""

    label: str
    icon: str
    meeting: MeetingKind | None = None


def way_of(part: DayPart, around: Surroundings) -> PartWay | None:
    """The way this person may go from a part of the day, if there is one."""
    slot = part.slot
    if slot.kind is SlotKind.MEETING and around.may(Right.SEE_MINUTES):
        is_morning = slot.begins_at < _NOON
        kind = MeetingKind.MORNING if is_morning else MeetingKind.EVENING
        form = _("写{meeting}纪要") if around.may(Right.WRITE_MINUTES) else _("看{meeting}纪要")
        return PartWay(form.format(meeting=kind.label), "file-text", kind)
    if slot.kind is SlotKind.FILING and around.may(Right.LOG_CONTACTS):
        return PartWay(_("今日收尾与次日计划"), "circle-check")
    return None
