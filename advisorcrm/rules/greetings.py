"""Words of a greeting: a template with places, and how a client is addressed (称呼)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from advisorcrm.rules.short_names import short_name
from advisorcrm.terms import ClientKind, Sex

ADDRESS, OCCASION, ADVISOR, BRANCH, AGE = "称呼", "节日", "客服", "营业部", "年龄"
PLACES = (ADDRESS, OCCASION, ADVISOR, BRANCH, AGE)
"""What may stand in braces: ``{称呼}``."""
_PLACE = re.compile(r"\{([^{}]*)\}")


def address_of(name: str, sex: Sex | None, kind: ClientKind, alias: str = "") -> str:
    """How the client is addressed: the file's own word, else ``陈先生``, else the whole name."""
    if alias.strip():
        return alias.strip()
    if kind is ClientKind.INSTITUTION or sex is None:
        return name
    return short_name(name, sex, kind)


def fill_greeting(template: str, values: Mapping[str, str]) -> str:
    """The words with every known place filled; a place without a value goes with its blank."""
    filled = _PLACE.sub(lambda match: values.get(match[1], ""), template)
    return re.sub(r"[ \t]{2,}", " ", filled).strip()


def unknown_places(template: str) -> list[str]:
    """Places nobody fills: a slip of the pen that would reach the client as a gap."""
    return [place for place in _PLACE.findall(template) if place not in PLACES]
