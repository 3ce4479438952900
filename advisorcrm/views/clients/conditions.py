"""Conditions of the client list: typed (类型 金, 距上次 >14), offered by a menu, and said back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from advisorcrm.columns import CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.services.consents.consent_states import consent_choices
from advisorcrm.services.files.own_values import is_own
from advisorcrm.terms import ClientKind, ClientMatter, ClientStage, RiskLevel, Term
from advisorcrm.views.clients import own_conditions
from advisorcrm.views.clients.condition_kinds import BY_FIELD, KINDS, LISTS, NUMBERS, Kind
from advisorcrm.views.clients.months import month_choices, month_spellings

# chinese: data (signs as words)
_NUMBER = re.compile(
    r"(?P<sign>[<>≤≥=]=?|小于|不足|大于|超过)?\s*(?P<number>[\d.,]+)\s*(?P<unit>\S*)"
)
_ABOVE = (">", "大于", "超过")  # chinese: data
_BELOW = ("<", "<=", "≤", "小于", "不足")  # chinese: data
_MINE = ("本人", "我", "me")  # chinese: data
_BLANK_BEFORE_MONTH = re.compile(r"(?<=\d)\s+月")  # chinese: data
_OTHER_WAY = {"assets_from_fen": "assets_below_fen", "assets_below_fen": "assets_from_fen"}
"""Two conditions on one amount: the sign says which."""


_TERMS: Mapping[str, type[Term]] = {
    "risk_levels": RiskLevel,
    "stages": ClientStage,
    "matters": ClientMatter,
    "kinds": ClientKind,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed text means: a condition, or what is still missing to be one."""

    kind: Kind
    value: Any = None
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it can be added."""
        return self.value is not None


@dataclass(frozen=True)
class ConditionReader:
    """Reads and says conditions in the words of the branch's lists."""

    book: CodeBook
    my_id: int
    advisors: Sequence[tuple[int, str, str]] = ()
    groups: Sequence[tuple[int, str]] = ()
    hidden: frozenset[str] = field(default_factory=frozenset)

    def kinds(self) -> list[Kind]:
        """What this person may narrow by."""
        kinds = [kind for kind in KINDS if kind.field not in self.hidden]
        return kinds + own_conditions.kinds_of(self.book)

    def read(self, text: str) -> Reading | None:
        """The condition that was typed; None for a text to be searched."""
        for kind in self.kinds():
            rest = after_word(kind, text.strip())
            if rest is not None:
                return self._read_value(kind, rest)
        return None

    def choices(self, kind: Kind) -> list[tuple[Any, str]]:
        """The values of a list with their labels; empty for numbers."""
        if is_own(kind.field):
            return [*own_conditions.choices(self.book, kind.field)]
        name = LISTS.get(kind.field)
        if name:
            return [(code, self.book.label(name, code)) for code in self.book.codes(name)]
        if kind.field in _TERMS:
            return [(choice, choice.label) for choice in self._terms(kind)]
        if kind.field == "birthday_months":
            return month_choices()
        if kind.field == "consents":
            return [*consent_choices()]
        if kind.field == "advisor_ids":
            return [(key, f"{name} {number}") for key, number, name in self.advisors]
        if kind.field == "group_ids":
            return list(self.groups)
        return []

    def _terms(self, kind: Kind) -> list[Term]:
        """Own clients are never unassigned: that list is the branch's."""
        is_mine = "advisor_ids" in self.hidden
        return [
            choice
            for choice in _TERMS[kind.field]
            if not (is_mine and choice is ClientMatter.UNASSIGNED)
        ]

    def say(self, query: ClientFilter) -> list[tuple[str, str]]:
        """Each active condition: its field, and how it is said."""
        found = []
        for kind in KINDS:
            value = getattr(query, kind.field)
            if value not in (None, ()):
                found.append((kind.field, self._sentence(kind, value)))
        found += own_conditions.say(self.book, query.own)
        if query.text.strip():
            found.append(("text", _("包含“{text}”").format(text=query.text.strip())))
        return found

    def say_one(self, reading: Reading) -> str:
        """How a condition that was read is said."""
        return self._sentence(reading.kind, reading.value)

    def _read_value(self, kind: Kind, text: str) -> Reading:
        if is_own(kind.field):
            return self._read_own(kind, text)
        if kind.field in NUMBERS:
            return _read_number(kind, text)
        if kind.field == "birthday_months":
            text = _BLANK_BEFORE_MONTH.sub("月", text)  # chinese: data
        choices, spellings = self.choices(kind), self.spellings(kind)
        values: list[Any] = []
        for word in re.split(r"[\s、,，/]+", text):
            if kind.field == "advisor_ids" and word.lower() in _MINE:
                values.append(self.my_id)
            elif word:
                values += _matching(word, spellings)
        if values:
            return Reading(kind, tuple(dict.fromkeys(values)))
        offered = _("、").join(label for _code, label in choices[:6])
        return Reading(kind, problem=_("可选：{choices}").format(choices=offered))

    def _read_own(self, kind: Kind, text: str) -> Reading:
        values, example = own_conditions.read(self.book, kind.field, text)
        if values:
            return Reading(kind, values)
        return Reading(kind, problem=_("例如 {example}").format(example=example))

    def spellings(self, kind: Kind) -> list[tuple[Any, str]]:
        """Every word for a value, in both languages; files may still hold what is retired."""
        found = list(self.choices(kind))
        if is_own(kind.field):
            return own_conditions.spellings(self.book, kind.field)
        if kind.field == "birthday_months":
            return month_spellings()
        for code, _label in self.choices(kind):
            if isinstance(code, Term):
                found += [(code, code.label_zh), (code, code.value)]
        if kind.field in LISTS:
            listed = self.book.lists.get(LISTS[kind.field], {})
            found += [(code, label) for code, labels in listed.items() for label in labels if label]
        return found

    def _sentence(self, kind: Kind, value: Any) -> str:
        if is_own(kind.field):
            return own_conditions.say(self.book, value)[0][1]
        if kind.field in NUMBERS:
            return NUMBERS[kind.field].say(value)
        if kind.field == "risk_levels":
            said = [str(level.value) for level in value]
        elif kind.field in LISTS:  # a saved view may ask for what is not offered any more
            said = [self.book.label(LISTS[kind.field], code) for code in value]
        elif kind.field == "advisor_ids":
            names = {key: name for key, _number, name in self.advisors}
            said = [
                _("本人") if key == self.my_id else names.get(key, _("已停用")) for key in value
            ]
        else:
            labels = dict(self.choices(kind))
            said = [labels.get(code, _("已停用")) for code in value]
        return _("{label}：{values}").format(label=_(kind.label), values=_("、").join(said))


def with_condition(query: ClientFilter, name: str, value: Any) -> ClientFilter:
    """The filter with one more condition; choices of one list add up, numbers replace."""
    if is_own(name):
        return replace(query, own=own_conditions.added(query.own, value))
    if isinstance(value, tuple):
        value = tuple(dict.fromkeys((*getattr(query, name), *value)))
    return _changed(query, name, value)


def without_condition(query: ClientFilter, name: str) -> ClientFilter:
    """The filter without one condition."""
    if is_own(name):
        return replace(query, own=own_conditions.without(query.own, name))
    return _changed(query, name, getattr(ClientFilter(), name))


def _changed(query: ClientFilter, name: str, value: Any) -> ClientFilter:
    changes: dict[str, Any] = {name: value}
    return replace(query, **changes)


def after_word(kind: Kind, text: str) -> str | None:
    """What follows the word of a condition; None if the text does not begin with it."""
    lowered = text.lower()
    for word in kind.words:
        if not lowered.startswith(word):
            continue
        rest = text[len(word) :]
        if not rest or rest[0] in " ：:<>≤≥=" or (rest[0].isdigit() and not word.isascii()):
            return rest.lstrip(" ：:")
    return None


def _matching(word: str, spellings: Sequence[tuple[Any, str]]) -> list[Any]:
    """Values whose label is the word, else begins with it, else holds it."""
    word = word.lower()
    tests: tuple[Callable[[str], bool], ...] = (
        lambda label: label == word,
        lambda label: label.startswith(word),
        lambda label: word in label,
    )
    for test in tests:
        found = [code for code, label in spellings if test(label.lower())]
        if found:
            return found
    return []


def _read_number(kind: Kind, text: str) -> Reading:
    wanted = NUMBERS[kind.field]
    found = _NUMBER.fullmatch(text.replace("，", ","))
    if found is None:
        return Reading(kind, problem=_("例如 {example}").format(example=_(wanted.example)))
    sign = found["sign"] or ""
    is_wrong_way = sign in (_BELOW if wanted.goes_up else (*_ABOVE, ">=", "≥"))
    if is_wrong_way and kind.field in _OTHER_WAY:
        return _read_number(BY_FIELD[_OTHER_WAY[kind.field]], text)
    if is_wrong_way:
        return Reading(kind, problem=_("例如 {example}").format(example=_(wanted.example)))
    try:
        value = wanted.read(found["number"], found["unit"])
    except (ValueError, InvalidFieldError):
        return Reading(kind, problem=_("例如 {example}").format(example=_(wanted.example)))
    return Reading(kind, value + 1 if sign in _ABOVE and wanted.counts_days else value)
