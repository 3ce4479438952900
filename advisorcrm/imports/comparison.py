"""What a row of a file would change in the file of a known client, and how that is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from advisorcrm.columns import CodeBook, show_money
from advisorcrm.i18n import _
from advisorcrm.imports.client_fields import LABELS
from advisorcrm.imports.contact_fields import CONTACT_LABELS
from advisorcrm.imports.import_plan import FieldChange, ImportRules
from advisorcrm.imports.own_headings import own_field, own_label
from advisorcrm.rules.masking import (
    mask_account,
    mask_address,
    mask_email,
    mask_id_number,
    mask_phone,
    mask_words,
)
from advisorcrm.services.files.client_checks import CODES
from advisorcrm.services.files.own_values import is_own, say_own
from advisorcrm.terms import ImportRule, PointKind, Term

Points = Sequence[tuple[PointKind, str]]

_TOGETHER: Mapping[str, tuple[str, ...]] = {
    "lunar_month": ("lunar_day", "lunar_is_leap"),
    "id_expires_on": ("id_is_permanent",),
}
"""Fields that say one thing: the first decides for the others."""
_FOLLOWERS = frozenset(name for names in _TOGETHER.values() for name in names)
_PASSED_OVER = _FOLLOWERS | {"points", "advisor", "advisor_no", "client_group"}
_MASKS = {
    "account": mask_account,
    "id_number": mask_id_number,
    "address": mask_address,
}
LABELS_STORED = {
    **CONTACT_LABELS,
    **LABELS,
    "advisor_id": LABELS["advisor"],
    "client_group_id": LABELS["client_group"],
    "birthday_month_day": LABELS["birthday"],
    "lunar_month": LABELS["lunar_birthday"],
}


def changed_fields(
    old: Mapping[str, Any], points: Points, new: Mapping[str, Any], rules: ImportRules
) -> dict[str, Any]:
    """The fields to store for a known client under the rules; blank cells change nothing."""
    changes: dict[str, Any] = {}
    for name, value in new.items():
        is_same = value is None or name in _PASSED_OVER or old.get(name, value) == value
        is_same = is_same or (name == "remark" and is_masked_form(old.get(name), value))
        if is_same and name not in _TOGETHER:
            continue
        group = (name, *_TOGETHER.get(name, ()))
        if name in old and _wants(group, old, new, rules.of(name)):
            changes.update({part: new[part] for part in group if part in new})
    _settle_birthday(old, new, changes)
    if changes.get("id_expires_on") and old["id_is_permanent"]:
        changes["id_is_permanent"] = False
    added = _added_points(points, new.get("points", ()), rules)
    if added:
        changes["points"] = added
        if new.get("point_notes"):
            changes["point_notes"] = new["point_notes"]
    return changes


def _wants(
    group: tuple[str, ...], old: Mapping[str, Any], new: Mapping[str, Any], rule: ImportRule
) -> bool:
    if rule is ImportRule.SKIP or all(_is_blank(new.get(part)) for part in group):
        return False
    if all(is_same_to_people(old[part], new[part]) for part in group if part in new):
        return False
    return rule is ImportRule.OVERWRITE or all(_is_blank(old[part]) for part in group)


def _is_blank(value: object) -> bool:
    return value is None or value is False or value in ("", ())


def is_same_to_people(old: object, new: object) -> bool:
    """Equal to people: the order of several choices and the kind of line end do not count."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        return set(old) == set(new)
    if isinstance(old, str) and isinstance(new, str) and old != new:
        return _lines(old) == _lines(new)
    return old == new or (_is_blank(old) and _is_blank(new))


def is_masked_form(old: object, new: object) -> bool:
    """Whether a free text is the stored one with its numbers masked, as our own lists show it."""
    return (
        isinstance(old, str)
        and isinstance(new, str)
        and "*" in new
        and _lines(mask_words(old)).strip() == _lines(new).strip()
    )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _settle_birthday(
    old: Mapping[str, Any], new: Mapping[str, Any], changes: dict[str, Any]
) -> None:
    """A full date is better than a day without year, and the kept calendar goes with its date."""
    if old["birthday"] is not None:
        changes.pop("birthday_month_day", None)
    elif changes.get("birthday") and old["birthday_month_day"]:
        changes["birthday_month_day"] = None
    if "lunar_month" in changes and new.get("birthday_kept"):
        changes["birthday_kept"] = new["birthday_kept"]


def _added_points(old: Points, new: Points, rules: ImportRules) -> list[tuple[PointKind, str]]:
    """Numbers the client does not have; to fill blanks only of kinds that are missing."""
    values = {value for _kind, value in old}
    kinds = {kind for kind, _value in old}
    added = []
    for kind, value in new:
        rule = rules.of(str(kind))
        if value in values or rule is ImportRule.SKIP:
            continue
        if rule is ImportRule.OVERWRITE or kind not in kinds:
            added.append((kind, value))
    return added


def phones_differ(old: Points, new: Points) -> bool:
    """Whether both sides have telephones of the same kind and none in common."""
    dialled = (PointKind.MOBILE, PointKind.LANDLINE)
    mine = {(kind, value) for kind, value in old if kind in dialled}
    theirs = {(kind, value) for kind, value in new if kind in dialled}
    if {value for _kind, value in mine} & {value for _kind, value in theirs}:
        return False
    return bool({kind for kind, _value in mine} & {kind for kind, _value in theirs})


def shown_changes(
    old: Mapping[str, Any], changes: Mapping[str, Any], book: CodeBook, names: Mapping[int, str]
) -> tuple[FieldChange, ...]:
    """The changes as the dry run lists them, masked like everything else."""
    found = []
    for name, value in changes.items():
        if name in _FOLLOWERS or name == "point_notes":
            continue
        if name == "points":
            new = "、".join(_shown_point(kind, text) for kind, text in value)
            found.append(FieldChange("points", _("联系方式"), "", new))
            continue
        label = label_of_stored(name, book)
        pair = (old.get(name), value)
        if is_own(name):
            shown = tuple(_shown_own(name, side, book) for side in pair)
        else:
            shown = tuple(_shown(name, side, book, names) for side in pair)
        found.append(FieldChange(name, label, *shown))
    return tuple(found)


def label_of_stored(name: str, book: CodeBook) -> str:
    """What a stored field is called, one of the branch's own among them."""
    return own_label(name, book) if is_own(name) else _(LABELS_STORED.get(name, name))


def _shown_point(kind: PointKind, value: str) -> str:
    return mask_email(value) if kind is PointKind.EMAIL else mask_phone(value)


def _shown_own(name: str, value: Any, book: CodeBook) -> str:
    field = own_field(name, book)
    return mask_words(say_own(field, str(value or ""), book))[:40] if field else ""


def _shown(name: str, value: Any, book: CodeBook, names: Mapping[int, str]) -> str:
    if _is_blank(value):
        return ""
    if name in _MASKS:
        return _MASKS[name](value)
    if name in CODES:
        codes = value if isinstance(value, tuple) else (value,)
        return "、".join(book.label(CODES[name], code) for code in codes)
    if name in ("assets_fen", "commission_year_fen"):
        return show_money(value)
    if name == "commission_ppm":
        return f"{value / 1000:g}‰"
    if name == "advisor_id":
        return names.get(value, "")
    if isinstance(value, Term):
        return value.label
    return value.isoformat() if isinstance(value, date) else str(value)[:40]
