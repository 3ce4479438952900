"""How birthdays, festivals and presents are drawn in lists."""

from __future__ import annotations

from advisorcrm.columns import show_yuan
from advisorcrm.services.care.birthdays import BirthdayRow
from advisorcrm.services.care.gifts import GiftRow
from advisorcrm.terms import GiftState
from advisorcrm.views.table_cells import QUIET, Look
from advisorcrm.views.widgets.badge import BadgeText

GIFT_TONES = {GiftState.PENDING: "warn", GiftState.APPROVED: "ok", GiftState.REFUSED: "crit"}


def gift_looks() -> dict[str, Look]:
    """A badge for the state of a present."""
    return {
        "state": Look(badges=_state),
        "item": Look(weight=600),
        "value_fen": Look(text=lambda row: show_yuan(row.value_fen)),
        "year_fen": Look(text=lambda row: show_yuan(row.year_fen)),
        "client_name": Look(is_name=True),
        "remark": QUIET,
    }


def birthday_looks() -> dict[str, Look]:
    """A cake at the name; whom to skip is quiet."""
    return {
        "client_name": Look(weight=600, is_name=True, icon=lambda _row: "cake"),
        "way": Look(tone=_way_tone),
        "weekday": QUIET,
        "written": QUIET,
    }


def _state(row: GiftRow) -> tuple[BadgeText, ...]:
    return (BadgeText(row.state.label, GIFT_TONES[row.state]),)


def _way_tone(row: BirthdayRow) -> str:
    if row.ways.is_skipped:
        return "text2"
    return "ok" if row.ways.ways else "warn"
