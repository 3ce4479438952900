"""``pinyin``, ``check-id``, ``check-phone``: what the program makes of a name or a number.

The answers carry the names and words of the branch's own test tables: sex as M and F, several
numbers joined with a semicolon. Nothing here opens a database.
"""

from __future__ import annotations

import argparse
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _

if TYPE_CHECKING:
    from advisorcrm.rules.id_numbers import IdNumber

_COUNTS = {0: "none", 2: "two"}
_LV = re.compile(r"([ln])v")
"""``ü``, which is typed v in Chinese and spelt yu in passports."""


def pinyin(options: argparse.Namespace) -> dict[str, Any]:
    """Full pinyin without tones, initials, and how else the name is read or spelt.

    Raises InvalidFieldError for what has no reading.
    """
    from advisorcrm.rules.pinyin import name_readings

    found = name_readings(options.name)
    full = _together(found.full)
    if not full:
        raise InvalidFieldError("name", _("这里没有能读出来的文字，请写姓名。"))
    others = [_together(other) for other, _initials in found.others]
    is_han = not any(char.isascii() for char in options.name)
    spelt = [_LV.sub(r"\1yu", reading) for reading in (full, *others) if is_han]
    return {
        "full": full,
        "initials": found.initials,
        "others": [one for one in dict.fromkeys((*others, *spelt)) if one != full],
        "other_initials": list(
            dict.fromkeys(short for _full, short in found.others if short != found.initials)
        ),
    }


def identity(options: argparse.Namespace) -> dict[str, Any]:
    """Whether an identity number holds, and what it tells; another document is said to be one."""
    from advisorcrm.columns import BRANCH_TIME
    from advisorcrm.rules.id_numbers import demand_born, read_id_number

    try:
        found = read_id_number(options.text)
        if found is not None:
            demand_born(found, datetime.now(BRANCH_TIME).date())
    except InvalidFieldError as error:
        return {"valid": False, "kind": "bad", "normalised": "", "error": error.reason}
    if found is None:
        return {"valid": False, "kind": "none", "normalised": "", "error": _("没有证件号码。")}
    return {"valid": True, "kind": str(found.document), "normalised": found.value, **_told(found)}


def telephone(options: argparse.Namespace) -> dict[str, Any]:
    """Whether a telephone number holds, of which sort it is, and how it is kept."""
    from advisorcrm.rules.noted_phones import read_noted_phones

    try:
        found = read_noted_phones(options.text)
    except InvalidFieldError as error:
        return {"valid": False, "kind": "bad", "normalised": "", "error": error.reason}
    kinds = [str(phone.kind) for phone, _note in found]
    answer: dict[str, Any] = {
        "valid": True,
        "kind": kinds[0] if len(kinds) == 1 else _COUNTS.get(len(kinds), "several"),
        "normalised": ";".join(phone.value for phone, _note in found),
    }
    if any(note for _phone, note in found):
        answer["note"] = ";".join(note for _phone, note in found)
    if len(found) > 1:
        answer["numbers"] = [
            {"kind": kind, "normalised": phone.value}
            for kind, (phone, _note) in zip(kinds, found, strict=True)
        ]
    return answer


def _told(found: IdNumber) -> dict[str, Any]:
    """What an identity number says about the person; other documents say nothing."""
    from advisorcrm.rules.id_regions import region_of
    from advisorcrm.terms import IdDocument

    if found.document is not IdDocument.ID_CARD:
        return {}
    born = found.birthday.isoformat() if found.birthday else ""
    sex = found.sex.value[0].upper() if found.sex else ""
    return {"birthday": born, "sex": sex, "region": region_of(found.value)}


def _together(reading: str) -> str:
    return reading.replace(" ", "")
