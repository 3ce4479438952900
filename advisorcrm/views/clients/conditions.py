"""Conditions of the client list: typed (类型 金, 距上次 >14), offered by a menu, and said back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from advisorcrm import terms
from advisorcrm.columns import CodeBook, show_money
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import N_, _
from advisorcrm.rules.amounts import read_money
from advisorcrm.services.clients import ClientFilter
from advisorcrm.terms import ClientStage, RiskLevel, Term


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing a list can be narrowed by; ``words`` begin a typed condition."""

    field: str
    label: str
    words: tuple[str, ...]


# chinese: data (the words people begin a condition with)
KINDS = (
    Kind("tiers", N_("类型"), ("客户类型", "类型", "tier")),
    Kind("risk_levels", N_("风险"), ("风险等级", "风险", "risk")),
    Kind("stages", N_("状态"), ("状态", "status", "stage")),
    Kind("not_contacted_days", N_("距上次"), ("距上次", "未联系", "last")),
    Kind("risk_expires_within", N_("测评"), ("测评", "test")),
    Kind("assets_from_fen", N_("总资产"), ("总资产", "资产", "assets")),
    Kind("completeness_below", N_("完备率"), ("完备率", "完备", "file")),
    Kind("service_needs", N_("服务需求"), ("服务需求", "服务", "service")),
    Kind("trading_habits", N_("交易习惯"), ("交易习惯", "习惯", "habit")),
    Kind("advisor_ids", N_("所属"), ("所属", "专员", "owner", "adviser")),
    Kind("group_ids", N_("客户组"), ("客户组", "group")),
)
OFFERED: Mapping[str, tuple[str, ...]] = {
    "not_contacted_days": ("7", "14", "30"),
    "risk_expires_within": ("0", "30", "60"),
    "assets_from_fen": ("10万", "50万", "100万"),  # chinese: data
    "completeness_below": ("60", "85", "100"),
}
"""Values of a number that the menu offers, as they would be typed."""
_LISTS: Mapping[str, str] = {
    "tiers": terms.TIER,
    "service_needs": terms.SERVICE_NEED,
    "trading_habits": terms.TRADING_HABIT,
}

# chinese: data (signs as words)
_NUMBER = re.compile(
    r"(?P<sign>[<>≤≥=]=?|小于|不足|大于|超过)?\s*(?P<number>[\d.,]+)\s*(?P<unit>\S*)"
)
_ABOVE = (">", "大于", "超过")  # chinese: data
_BELOW = ("<", "<=", "≤", "小于", "不足")  # chinese: data
_MINE = ("本人", "我", "me")  # chinese: data


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
        return [kind for kind in KINDS if kind.field not in self.hidden]

    def read(self, text: str) -> Reading | None:
        """The condition that was typed; None for a text to be searched."""
        for kind in self.kinds():
            rest = _after_word(kind, text.strip())
            if rest is not None:
                return self._read_value(kind, rest)
        return None

    def choices(self, kind: Kind) -> list[tuple[Any, str]]:
        """The values of a list with their labels; empty for numbers."""
        name = _LISTS.get(kind.field)
        if name:
            return [(code, self.book.label(name, code)) for code in self.book.codes(name)]
        if kind.field == "risk_levels":
            return [(level, level.label) for level in RiskLevel]
        if kind.field == "stages":
            return [(stage, stage.label) for stage in ClientStage]
        if kind.field == "advisor_ids":
            return [(key, f"{name} {number}") for key, number, name in self.advisors]
        if kind.field == "group_ids":
            return list(self.groups)
        return []

    def say(self, query: ClientFilter) -> list[tuple[str, str]]:
        """Each active condition: its field, and how it is said."""
        found = []
        for kind in KINDS:
            value = getattr(query, kind.field)
            if value not in (None, ()):
                found.append((kind.field, self._sentence(kind, value)))
        if query.text.strip():
            found.append(("text", _("包含“{text}”").format(text=query.text.strip())))
        return found

    def say_one(self, reading: Reading) -> str:
        """How a condition that was read is said."""
        return self._sentence(reading.kind, reading.value)

    def _read_value(self, kind: Kind, text: str) -> Reading:
        if kind.field in _NUMBERS:
            return _read_number(kind, text)
        choices, spellings = self.choices(kind), self._spellings(kind)
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

    def _spellings(self, kind: Kind) -> list[tuple[Any, str]]:
        """Every word for a value, in both languages."""
        found = list(self.choices(kind))
        for code, _label in self.choices(kind):
            if isinstance(code, Term):
                found += [(code, code.label_zh), (code, code.value)]
            elif kind.field in _LISTS:
                labels = self.book.lists[_LISTS[kind.field]][code]
                found += [(code, label) for label in labels if label]
        return found

    def _sentence(self, kind: Kind, value: Any) -> str:
        if kind.field in _NUMBERS:
            return _SENTENCES[kind.field](value)
        labels = dict(self.choices(kind))
        if kind.field == "risk_levels":
            said = [str(level.value) for level in value]
        elif kind.field == "advisor_ids":
            names = {key: name for key, _number, name in self.advisors}
            said = [_("本人") if key == self.my_id else names.get(key, "") for key in value]
        else:
            said = [labels.get(code, str(code)) for code in value]
        return _("{label}：{values}").format(label=_(kind.label), values=_("、").join(said))


def with_condition(query: ClientFilter, name: str, value: Any) -> ClientFilter:
    """The filter with one more condition; choices of one list add up, numbers replace."""
    if isinstance(value, tuple):
        value = tuple(dict.fromkeys((*getattr(query, name), *value)))
    return _changed(query, name, value)


def without_condition(query: ClientFilter, name: str) -> ClientFilter:
    """The filter without one condition."""
    return _changed(query, name, getattr(ClientFilter(), name))


def _changed(query: ClientFilter, name: str, value: Any) -> ClientFilter:
    changes: dict[str, Any] = {name: value}
    return replace(query, **changes)


def _after_word(kind: Kind, text: str) -> str | None:
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
    wanted = _NUMBERS[kind.field]
    found = _NUMBER.fullmatch(text.replace("，", ","))
    if found is None:
        return Reading(kind, problem=_("例如 {example}").format(example=_(wanted.example)))
    sign = found["sign"] or ""
    is_wrong_way = sign in (_BELOW if wanted.goes_up else (*_ABOVE, ">=", "≥"))
    if is_wrong_way:
        return Reading(kind, problem=_("例如 {example}").format(example=_(wanted.example)))
    try:
        value = wanted.read(found["number"], found["unit"])
    except (ValueError, InvalidFieldError):
        return Reading(kind, problem=_("例如 {example}").format(example=_(wanted.example)))
    return Reading(kind, value + 1 if sign in _ABOVE and wanted.counts_days else value)


def _whole(number: str, _unit: str) -> int:
    return int(number.replace(",", ""))


def _money(number: str, unit: str) -> int:
    """An amount; without a unit 万, in English ``m`` is a million."""
    spelled = {"m": "百万", "k": "千"}.get(unit.lower(), unit or "万")  # chinese: data
    fen = read_money(f"{number}{spelled}")
    if fen is None:
        raise ValueError(number)
    return fen


@dataclass(frozen=True, slots=True)
class _Number:
    example: str
    read: Callable[[str, str], int]
    goes_up: bool
    counts_days: bool = False


_NUMBERS: Mapping[str, _Number] = {
    "not_contacted_days": _Number(N_("距上次 >14"), _whole, goes_up=True, counts_days=True),
    "risk_expires_within": _Number(N_("测评 <60天"), _whole, goes_up=False),
    "assets_from_fen": _Number(N_("资产 >100万"), _money, goes_up=True),
    "completeness_below": _Number(N_("完备率 <85"), _whole, goes_up=False),
}


def _say_days(value: int) -> str:
    return _("{days} 天未联系").format(days=value)


def _say_test(value: int) -> str:
    if value <= 0:
        return _("测评已到期")
    return _("测评 {days} 天内到期").format(days=value)


def _say_assets(value: int) -> str:
    return _("总资产 ≥ {amount}").format(amount=show_money(value))


def _say_completeness(value: int) -> str:
    return _("完备率 < {percent}%").format(percent=value)


_SENTENCES: Mapping[str, Callable[[int], str]] = {
    "not_contacted_days": _say_days,
    "risk_expires_within": _say_test,
    "assets_from_fen": _say_assets,
    "completeness_below": _say_completeness,
}
