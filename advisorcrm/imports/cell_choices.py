"""Cells that choose from a list: of the branch, or fixed because code branches on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from advisorcrm import terms
from advisorcrm.i18n import _
from advisorcrm.imports.cell_values import UNCHANGED, Cleaner, ColumnContext, Values, text_of
from advisorcrm.imports.choices import (
    Choices,
    folded,
    listed_choices,
    service_choices,
    term_choices,
)
from advisorcrm.imports.client_fields import LABELS
from advisorcrm.imports.raw_table import Cell
from advisorcrm.terms import ClientKind, ClientStage, InvestorKind, RiskLevel, Sex, Term

LISTED = {
    "trading_habit": terms.TRADING_HABIT,
    "wealth_content": terms.WEALTH_CONTENT,
    "wealth_way": terms.WEALTH_WAY,
    "trading_way": terms.TRADING_WAY,
    "commission_attitude": terms.COMMISSION_ATTITUDE,
}
"""Fields that choose from a list of the branch, and which."""
_SEVERAL = frozenset({"wealth_content", "wealth_way", "trading_way"})
_UNKNOWN_SEX = ("保密", "3", "9", "其他", "unspecified", "unknown")
_RISK = re.compile(r"(?<![A-Za-z])[CcＣｃRr]\s*-?\s*([1-5１-５])(?!\d)")
_NOT_TESTED = frozenset(
    {"未测评", "未评估", "未评测", "未评级", "未测试", "未做", "未测", "待测评"}
)
_NO_TIER = frozenset({"普通", "一般", "大众", "标准", "基础", "零售", "普卡"})  # chinese: data
_OTHER_TIER = "other"


def listed_cleaner(field: str, context: ColumnContext) -> Cleaner:
    """One choice, or several, of a list of the branch."""
    choices = listed_choices(field, _(LABELS[field]), LISTED[field], context.book)
    return partial(_choose, choices, several=field in _SEVERAL)


def term_cleaner(field: str, term: type[Term]) -> Cleaner:
    """One of the choices that code branches on."""
    choices = term_choices(field, _(LABELS[field]), term)

    def clean(cell: Cell) -> object:
        found = _choose(choices, cell)
        return term(found) if isinstance(found, str) else found

    return clean


def _choose(choices: Choices, cell: Cell, *, several: bool = False) -> object:
    text = text_of(cell).strip()
    if not text:
        return None
    if "*" in text:
        return UNCHANGED
    return choices.several(text) if several else choices.one(text)


def tier_cleaner(context: ColumnContext) -> Cleaner:
    """客户类型; some sheets say 个人 or 机构 there, which is the kind of client."""
    listed = listed_choices("tier", _(LABELS["tier"]), terms.TIER, context.book)
    kinds = term_choices("kind", _(LABELS["kind"]), ClientKind)

    def clean(cell: Cell) -> object:
        text = text_of(cell).strip()
        kind = None if text.isdecimal() else kinds.words.get(folded(text))
        if kind is not None and folded(text) not in listed.words:
            return Values((("kind", ClientKind(kind)),))
        if text.removesuffix("客户") in _NO_TIER and _OTHER_TIER in listed.words:  # chinese: data
            return listed.words[_OTHER_TIER]
        return _choose(listed, text)

    return clean


def investor_cleaner() -> Cleaner:
    """投资者类别: ordinary or professional; some sheets say 个人 or 机构 there."""
    known = term_choices("investor_kind", _(LABELS["investor_kind"]), InvestorKind)
    kinds = term_choices("kind", _(LABELS["kind"]), ClientKind)

    def clean(cell: Cell) -> object:
        text = text_of(cell).strip()
        kind = kinds.words.get(folded(text))
        if kind is not None:
            return Values((("kind", ClientKind(kind)),))
        found = _choose(known, text)
        return InvestorKind(found) if isinstance(found, str) else found

    return clean


def service_cleaner(context: ColumnContext, *, asks_refusal: bool) -> Cleaner:
    """服务需求, or the answer to a question about being contacted."""
    title = _(LABELS["service_need"])
    return partial(
        _choose, service_choices("service_need", title, context.book, asks_refusal=asks_refusal)
    )


def sex_cleaner() -> Cleaner:
    """Sex, where it is told."""
    known = term_cleaner("sex", Sex)

    def clean(cell: Cell) -> object:
        text = text_of(cell).strip().lower()
        if text == "0":
            return _unclear_sex(cell)
        return None if text in _UNKNOWN_SEX else known(cell)

    return clean


def sex_counted_from_zero(cells: Iterable[Cell]) -> bool:
    """Whether a column codes sex by 0 and 1: which of them is a man differs by counter."""
    codes = {text_of(cell).strip() for cell in set(cells)}
    return "0" in codes and not codes & {"2", "9"}


def unclear_sex_cleaner(known: Cleaner) -> Cleaner:
    """The cleaner for such a column: only words tell the sex."""
    return lambda cell: _unclear_sex(cell) if text_of(cell).strip() in ("0", "1") else known(cell)


def _unclear_sex(cell: Cell) -> Values:
    note = _("性别写的是 {code}，各系统含义不同，没有导入。").format(code=text_of(cell).strip())
    return Values((), note)


def clean_stage(cell: Cell) -> object:
    """Our own words only: a counter's 正常 or 冻结 is not what the stage says."""
    known = {stage.label_zh: stage for stage in ClientStage}
    return known.get(text_of(cell).strip(), UNCHANGED)


def risk_cleaner() -> Cleaner:
    """``C3 稳健型``, ``C3``, ``稳健型``, ``稳健型（C3）``; who was not tested has no level."""
    named = term_cleaner("risk_level", RiskLevel)

    def clean(cell: Cell) -> object:
        if folded(text_of(cell)) in _NOT_TESTED:
            return None
        found = set(_RISK.findall(text_of(cell)))
        return RiskLevel(f"C{int(found.pop())}") if len(found) == 1 else named(cell)

    return clean
