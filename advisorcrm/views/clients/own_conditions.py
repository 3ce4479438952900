"""Conditions on the branch's own fields: typed (车龄 >3, 宠物 猫), offered and said back (R246)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from advisorcrm.columns import CodeBook, OwnFieldRow
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import N_, _
from advisorcrm.services.clients.own_columns import OwnCondition, OwnSign
from advisorcrm.services.files.own_values import NO, OWN, YES, clean_own, say_own
from advisorcrm.terms import OwnFieldKind
from advisorcrm.views.clients.condition_kinds import Kind

_SAID = {OwnSign.FILLED: N_("已填"), OwnSign.EMPTY: N_("未填")}
# chinese: data (words for a value, in both languages)
_WORDS = {
    OwnSign.FILLED: ("已填", "有值", "filled"),
    OwnSign.EMPTY: ("未填", "空白", "empty"),
    YES: ("是", "有", "yes"),
    NO: ("否", "无", "没有", "no"),
}
_EXAMPLES = {
    OwnFieldKind.TEXT: N_("未填"),
    OwnFieldKind.NUMBER: ">3",
    OwnFieldKind.DATE: "2026-11",
    OwnFieldKind.YES_NO: N_("是"),
}
# chinese: data (signs as words)
_SIGNS = (
    (">=", OwnSign.FROM), ("≥", OwnSign.FROM), ("不少于", OwnSign.FROM),
    ("<=", OwnSign.UP_TO), ("≤", OwnSign.UP_TO), ("不超过", OwnSign.UP_TO),
    (">", OwnSign.OVER), ("大于", OwnSign.OVER), ("超过", OwnSign.OVER), ("晚于", OwnSign.OVER),
    ("<", OwnSign.BELOW), ("小于", OwnSign.BELOW), ("不足", OwnSign.BELOW),
    ("早于", OwnSign.BELOW), ("=", OwnSign.IS),
)  # fmt: skip
_WHOLE_DATE = len("2026-11-20")
_PART_OF_DATE = re.compile(r"\d{4}(-\d{2})?(-\d{2})?")
_BOUNDS = (frozenset({OwnSign.OVER, OwnSign.FROM}), frozenset({OwnSign.BELOW, OwnSign.UP_TO}))
_SHOWN = {OwnSign.OVER: ">", OwnSign.FROM: "≥", OwnSign.BELOW: "<", OwnSign.UP_TO: "≤"}


def kinds_of(book: CodeBook) -> list[Kind]:
    """A kind of condition for each field in use; its labels begin it."""
    return [
        Kind(
            OWN + field.name,
            field.title,
            tuple(word.lower() for word in (field.label, field.label_en) if word),
        )
        for field in book.own_fields()
    ]


def choices(book: CodeBook, name: str) -> list[tuple[OwnCondition, str]]:
    """What the menu offers of a field: its choices, filled and not."""
    field = _field(book, name)
    if field is None:
        return []
    values: list[str] = []
    if field.kind is OwnFieldKind.CHOICE:
        values = [*book.codes(field.list_name)]
    elif field.kind is OwnFieldKind.YES_NO:
        values = [YES, NO]
    found = [
        (OwnCondition(field.name, field.kind, OwnSign.IS, (value,)), say_own(field, value, book))
        for value in values
    ]
    return found + [
        (OwnCondition(field.name, field.kind, sign), _(label)) for sign, label in _SAID.items()
    ]


def spellings(book: CodeBook, name: str) -> list[tuple[OwnCondition, str]]:
    """Every word for what the menu offers, in both languages."""
    found = choices(book, name)
    field = _field(book, name)
    for condition, _label in choices(book, name):
        if not condition.values:
            found += [(condition, word) for word in _WORDS[condition.sign]]
        elif condition.kind is OwnFieldKind.YES_NO:
            found += [(condition, word) for word in _WORDS[condition.values[0]]]
        elif field is not None:
            labels = book.lists[field.list_name][condition.values[0]]
            found += [(condition, label) for label in labels if label]
    return found


def read(book: CodeBook, name: str, text: str) -> tuple[tuple[OwnCondition, ...], str]:
    """The conditions typed for a field, or none and an example of one."""
    field = _field(book, name)
    text = text.strip()
    if field is None:
        return (), ""
    known = spellings(book, name)
    by_word = [found for found, word in known if word.lower() == text.lower()]
    if by_word:
        return (by_word[0],), ""
    if field.kind in (OwnFieldKind.CHOICE, OwnFieldKind.YES_NO):
        return _read_choices(known, text), _example(book, field)
    if field.kind is OwnFieldKind.TEXT:
        found = OwnCondition(field.name, field.kind, OwnSign.HAS, (text,))
        return ((found,) if text else ()), _example(book, field)
    return _read_sized(field, text), _example(book, field)


def say(book: CodeBook, conditions: Sequence[OwnCondition]) -> list[tuple[str, str]]:
    """Each field that is narrowed by, and how that is said."""
    said: dict[str, list[str]] = {}
    for condition in conditions:
        said.setdefault(condition.field, []).append(_say_one(book, condition))
    return [(OWN + name, _sentence(book, name, parts)) for name, parts in said.items()]


def added(present: Sequence[OwnCondition], new: Iterable[OwnCondition]) -> tuple[OwnCondition, ...]:
    """The conditions with more; choices of a field add up, a bound replaces its like."""
    kept = list(present)
    for condition in new:
        same = next((old for old in kept if _adds_up(old, condition)), None)
        if same is not None:
            values = tuple(dict.fromkeys((*same.values, *condition.values)))
            kept[kept.index(same)] = condition._replace(values=values)
        else:
            kept = [old for old in kept if not _replaces(condition, old)]
            kept.append(condition)
    return tuple(kept)


def without(present: Sequence[OwnCondition], name: str) -> tuple[OwnCondition, ...]:
    """The conditions without those of a field."""
    return tuple(one for one in present if OWN + one.field != name)


def _adds_up(old: OwnCondition, new: OwnCondition) -> bool:
    return old[:3] == new[:3] and new.sign is OwnSign.IS


def _replaces(new: OwnCondition, old: OwnCondition) -> bool:
    """Whether a condition stands in place of an older one; two bounds stand together."""
    if new.field != old.field:
        return False
    bounds = [at for at, signs in enumerate(_BOUNDS) for one in (new, old) if one.sign in signs]
    return sorted(bounds) != [0, 1]


def _field(book: CodeBook, name: str) -> OwnFieldRow | None:
    wanted = name.removeprefix(OWN)
    return next((field for field in book.fields if field.name == wanted), None)


def _read_choices(known: Sequence[tuple[OwnCondition, str]], text: str) -> tuple[OwnCondition, ...]:
    found: list[OwnCondition] = []
    for word in re.split(r"[\s、,，/]+", text.lower()):
        if word:
            found += [one for one, label in known if label.lower().startswith(word)][:1]
    return added((), found)


def _read_sized(field: OwnFieldRow, text: str) -> tuple[OwnCondition, ...]:
    """A number or a date behind its sign; part of a date is looked for in it."""
    sign, rest = next(
        ((sign, text[len(word) :]) for word, sign in _SIGNS if text.startswith(word)),
        (OwnSign.IS, text),
    )
    rest = rest.strip()
    if field.kind is OwnFieldKind.DATE:
        rest = rest.replace("/", "-").replace(".", "-")
        if not _PART_OF_DATE.fullmatch(rest):
            return ()
        if len(rest) < _WHOLE_DATE:
            return (OwnCondition(field.name, field.kind, *_whole_span(sign, rest)),)
    try:
        value = clean_own(field.kind, field.name, rest)
    except InvalidFieldError:
        return ()
    return (OwnCondition(field.name, field.kind, sign, (value,)),) if value else ()


def _whole_span(sign: OwnSign, part: str) -> tuple[OwnSign, tuple[str]]:
    """A year or a month with all its days: after it is from the next one on."""
    if sign is OwnSign.IS:
        return OwnSign.HAS, (part,)
    if sign in (OwnSign.FROM, OwnSign.BELOW):
        return sign, (part,)
    year, _dash, month = part.partition("-")
    if month and int(month) < 12:
        later = f"{year}-{int(month) + 1:02d}"
    else:
        later = f"{int(year) + 1}-01" if month else f"{int(year) + 1}"
    return (OwnSign.FROM if sign is OwnSign.OVER else OwnSign.BELOW), (later,)


def _example(book: CodeBook, field: OwnFieldRow) -> str:
    if field.kind is OwnFieldKind.CHOICE:
        return next((label for _found, label in choices(book, field.name)), "")
    return _(_EXAMPLES[field.kind])


def _say_one(book: CodeBook, condition: OwnCondition) -> str:
    if not condition.values:
        return _(_SAID[condition.sign])
    field = _field(book, condition.field)
    words = [say_own(field, value, book) if field else value for value in condition.values]
    if condition.sign is OwnSign.HAS and condition.kind is OwnFieldKind.TEXT:
        return _("含“{text}”").format(text=words[0])
    sign = _SHOWN.get(condition.sign)
    return f"{sign} {words[0]}" if sign else _("、").join(words)


def _sentence(book: CodeBook, name: str, parts: Sequence[str]) -> str:
    field = _field(book, name)
    label = field.title if field else name
    if len(parts) == 1 and parts[0][0] in "><≥≤":
        return f"{label} {parts[0]}"
    return _("{label}：{values}").format(label=label, values=_("，").join(parts))
