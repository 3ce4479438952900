"""What a relation is called from its other end."""

from __future__ import annotations

from advisorcrm.i18n import N_

_PAIRS = {"parent": "child", "child": "parent"}
_OTHER_ENDS = {
    "introducer": N_("由其介绍"),
    "operator": N_("委托人"),
    "company": N_("任职或控股人"),
}
"""Kinds of which the list has no word for the other end."""


def inverse_kind(kind: str) -> str:
    """The code at the other end: a parent's is the child; most are the same from both ends."""
    return _PAIRS.get(kind, kind)


def inverse_label(kind: str) -> str:
    """A label for the other end where it is no code of the list, else empty (untranslated)."""
    return _OTHER_ENDS.get(kind, "")
