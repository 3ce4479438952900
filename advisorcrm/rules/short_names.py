"""How a client is named where strangers may read: the surname at most (陈先生)."""

from __future__ import annotations

from advisorcrm.rules.surnames import SURNAMES
from advisorcrm.terms import ClientKind, Sex

_TITLES = {Sex.MALE: "先生", Sex.FEMALE: "女士"}  # chinese: data
_CLIENT, _INSTITUTION = "客户", "机构客户"  # chinese: data
_LONG_SURNAME = 2


def surname_of(name: str) -> str:
    """The surname: the first character, two of a compound one (欧阳)."""
    double = name[:_LONG_SURNAME]
    is_long = len(name) > _LONG_SURNAME and len(double) == _LONG_SURNAME and double in SURNAMES
    return double if is_long else name[:1]


def short_name(name: str, sex: Sex | None, kind: ClientKind = ClientKind.PERSON) -> str:
    """``陈先生``; of an institution not even the name."""
    if kind is ClientKind.INSTITUTION:
        return _INSTITUTION
    return surname_of(name) + _TITLES.get(sex, _CLIENT) if name else _CLIENT  # type: ignore[arg-type]
