"""The ways of contact as the windows show them: icons, and the five that have their own keys."""

from __future__ import annotations

from advisorcrm import terms
from advisorcrm.columns import CodeBook

KEYED = 5
"""Alt+1 to Alt+5; Alt+6 opens the others."""

_ICONS = {
    terms.WAY_PHONE: "phone",
    "meeting": "handshake",
    "wechat": "message-circle",
    "sms": "message-square-text",
    "mail": "mail",
    "system": "monitor",
    "qq": "messages-square",
    "fax": "printer",
    "on_site": "map-pin",
}


def way_icon(code: str) -> str:
    """Name of the icon of a way; a branch's own way has a neutral one."""
    return _ICONS.get(code, "ellipsis")


def keyed_ways(book: CodeBook) -> tuple[str, ...]:
    """The ways that stand side by side."""
    return book.codes(terms.CONTACT_WAY)[:KEYED]


def other_ways(book: CodeBook) -> tuple[str, ...]:
    """The ways behind 其他."""
    return book.codes(terms.CONTACT_WAY)[KEYED:]
