"""What a client list can be narrowed by: words to type, values to offer, how numbers are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from advisorcrm import terms
from advisorcrm.columns import show_money
from advisorcrm.i18n import N_, _
from advisorcrm.rules.amounts import read_money


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing a list can be narrowed by; ``words`` begin a typed condition."""

    field: str
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A condition on a number: an example, how it is read, which way it goes, how it is said."""

    example: str
    read: Callable[[str, str], int]
    say: Callable[[int], str]
    goes_up: bool
    counts_days: bool = False


# chinese: data (the words people begin a condition with)
KINDS = (
    Kind("tiers", N_("类型"), ("客户类型", "类型", "tier")),
    Kind("risk_levels", N_("风险"), ("风险等级", "风险", "risk")),
    Kind("stages", N_("状态"), ("状态", "status", "stage")),
    Kind("not_contacted_days", N_("距上次"), ("距上次", "未联系", "last")),
    Kind("consents", N_("同意"), ("同意", "consent")),
    Kind("risk_expires_within", N_("测评"), ("测评", "test")),
    Kind("id_expires_within", N_("证件"), ("证件", "document")),
    Kind("assets_from_fen", N_("总资产"), ("总资产", "资产", "assets")),
    Kind("assets_below_fen", N_("总资产低于"), ("资产低于", "assets below")),
    Kind("completeness_below", N_("完备率"), ("完备率", "完备", "file")),
    Kind("not_updated_days", N_("未更新"), ("未更新", "更新", "stale")),
    Kind("tags", N_("标签"), ("标签", "tag")),
    Kind("matters", N_("名单"), ("名单", "list")),
    Kind("birthday_months", N_("生日"), ("生日", "birthday")),
    Kind("service_needs", N_("服务需求"), ("服务需求", "服务", "service")),
    Kind("trading_habits", N_("交易习惯"), ("交易习惯", "习惯", "habit")),
    Kind("trading_ways", N_("交易方式"), ("交易方式", "方式", "way")),
    Kind("kinds", N_("个人或机构"), ("类别", "个人或机构", "kind")),
    Kind("advisor_ids", N_("所属"), ("所属", "专员", "owner", "adviser")),
    Kind("group_ids", N_("客户组"), ("客户组", "group")),
)
BY_FIELD: Mapping[str, Kind] = {kind.field: kind for kind in KINDS}
OFFERED: Mapping[str, tuple[str, ...]] = {
    "not_contacted_days": ("7", "14", "30"),
    "risk_expires_within": ("0", "7", "30", "60"),
    "id_expires_within": ("0", "30", "90"),
    "assets_from_fen": ("10万", "50万", "100万"),  # chinese: data
    "assets_below_fen": ("10万", "50万", "100万"),  # chinese: data
    "completeness_below": ("60", "85", "100"),
    "not_updated_days": ("30", "90", "180"),
}
"""Values of a number that the menu offers, as they would be typed."""

LISTS: Mapping[str, str] = {
    "tiers": terms.TIER,
    "service_needs": terms.SERVICE_NEED,
    "trading_habits": terms.TRADING_HABIT,
    "trading_ways": terms.TRADING_WAY,
    "tags": terms.TAG,
}


def _whole(number: str, _unit: str) -> int:
    return int(number.replace(",", ""))


def _money(number: str, unit: str) -> int:
    """An amount; without a unit 万, in English ``m`` is a million."""
    spelled = {"m": "百万", "k": "千"}.get(unit.lower(), unit or "万")  # chinese: data
    fen = read_money(f"{number}{spelled}")
    if fen is None:
        raise ValueError(number)
    return fen


def _say_days(value: int) -> str:
    return _("{days} 天未联系").format(days=value)


def _say_test(value: int) -> str:
    if value <= 0:
        return _("测评已到期")
    return _("测评 {days} 天内到期").format(days=value)


def _say_document(value: int) -> str:
    if value <= 0:
        return _("证件已到期")
    return _("证件 {days} 天内到期").format(days=value)


def _say_stale(value: int) -> str:
    return _("{days} 天未更新").format(days=value)


def _say_assets(value: int) -> str:
    return _("总资产 ≥ {amount}").format(amount=show_money(value))


def _say_assets_below(value: int) -> str:
    return _("总资产 < {amount}").format(amount=show_money(value))


def _say_completeness(value: int) -> str:
    return _("完备率 < {percent}%").format(percent=value)


NUMBERS: Mapping[str, Number] = {
    "not_contacted_days": Number(
        N_("距上次 >14"), _whole, _say_days, goes_up=True, counts_days=True
    ),
    "risk_expires_within": Number(N_("测评 <60天"), _whole, _say_test, goes_up=False),
    "id_expires_within": Number(N_("证件 <90天"), _whole, _say_document, goes_up=False),
    "assets_from_fen": Number(N_("资产 >100万"), _money, _say_assets, goes_up=True),
    "assets_below_fen": Number(N_("资产 <100万"), _money, _say_assets_below, goes_up=False),
    "completeness_below": Number(N_("完备率 <85"), _whole, _say_completeness, goes_up=False),
    "not_updated_days": Number(N_("未更新 >30"), _whole, _say_stale, goes_up=True),
}
