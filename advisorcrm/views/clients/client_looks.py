"""How the columns of the client list are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisorcrm import terms
from advisorcrm.columns import CodeBook, Form, show_number
from advisorcrm.i18n import _
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.terms import ClientFlag
from advisorcrm.views.table_cells import QUIET, Look, badge_look, bar_look
from advisorcrm.views.widgets.badge import BadgeText

GOOD_PERCENT = 90
MOST_FLAGS = 2
FLAG_KINDS = {
    ClientFlag.RESTRICTED: "crit",
    ClientFlag.RISK_EXPIRED: "crit",
    ClientFlag.ID_EXPIRED: "crit",
    ClientFlag.ID_EXPIRING: "warn",
    ClientFlag.DO_NOT_DISTURB: "warn",
    ClientFlag.NO_CHANNEL: "crit",
    ClientFlag.PHONE_ONLY: "warn",
    ClientFlag.SMS_REFUSED: "warn",
    ClientFlag.SMS_GIVEN: "ok",
    ClientFlag.SMS_NOT_ASKED: "mute",
    ClientFlag.INSTITUTION: "mute",
}


def client_looks(book: CodeBook, *, two_lines: bool = False) -> Mapping[str, Look]:
    """The looks of all columns that are not plain text."""
    return {
        "name": Look(second=_second_line if two_lines else None, is_name=True),
        "tier": badge_look("tier", book, terms.TIER),
        "risk_level": Look(text=_risk, tone=_risk_tone),
        "account": QUIET,
        "mobile": QUIET,
        "days_since": Look(text=days_text, tone=days_tone),
        "completeness": bar_look("completeness", good=GOOD_PERCENT),
        "flags": Look(badges=flag_badges),
    }


def days_text(row: ClientRow) -> str:
    """How long ago the last conversation was, in words."""
    if row.days_since is None:
        return _("从未")
    return show_number(row.days_since, Form.DAYS)


def days_tone(row: ClientRow) -> str:
    """Amber when the agreed frequency is reached, plum when it is exceeded by half."""
    return overdue_tone(row.days_since, row.contact_every_days)


def overdue_tone(days: int | None, agreed: int | None) -> str:
    """Tone of the days since the last conversation."""
    if days is None or not agreed or days < agreed:
        return "text"
    return "crit" if days * 2 > agreed * 3 else "warn"


def flag_badges(row: ClientRow) -> Sequence[BadgeText]:
    """At most two flags, the worst first; how many more there are is said."""
    shown = [BadgeText(flag.label, FLAG_KINDS[flag]) for flag in row.flags[:MOST_FLAGS]]
    rest = len(row.flags) - MOST_FLAGS
    return [*shown, BadgeText(f"+{rest}")] if rest > 0 else shown


def _risk(row: ClientRow) -> str:
    if row.risk_level is None:
        return ""
    if ClientFlag.RISK_EXPIRED in row.flags:
        return _("{level} 过期").format(level=row.risk_level.value)
    return str(row.risk_level.value)


def _risk_tone(row: ClientRow) -> str:
    return "crit" if ClientFlag.RISK_EXPIRED in row.flags else "text"


def _second_line(row: ClientRow) -> str:
    return " · ".join(part for part in (row.client_no, row.advisor_name) if part)
