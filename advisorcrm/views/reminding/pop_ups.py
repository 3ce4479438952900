"""What a pop-up says: kind, surname at most, time; several become one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from advisorcrm.i18n import _
from advisorcrm.services.dues.reminders import PopUp

_SINGLY = 3


def pop_up_texts(pop_ups: Sequence[PopUp], today: date) -> list[str]:
    """A sentence for each of a few, one for many: no flood after a long time away."""
    if len(pop_ups) > _SINGLY:
        return [_("有 {count} 条新提醒，请看通知中心").format(count=len(pop_ups))]
    return [_text(one, today) for one in pop_ups]


def _text(one: PopUp, today: date) -> str:
    day = _("今日") if one.due_on == today else f"{one.due_on:%m-%d}"
    parts = (day, one.clock, one.kind.label, one.name)
    return " ".join(part for part in parts if part)
