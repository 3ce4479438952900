"""What each item of a client's file counts: items, groups, and the branch's weights (R3, R19).

A set of weights makes 100. The branch may have one for every 客户类型; clients of other types
follow the general one. What does not make 100 is not in force.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from advisorcrm.i18n import N_
from advisorcrm.rules.file_conditions import (
    AtDoor,
    Condition,
    Filled,
    Known,
    NotExpired,
    Reached,
)
from advisorcrm.terms import PointKind

TOTAL = 100
HIGHEST = 10
"""No single item counts more."""
EVERYBODY = ""
"""Instead of a 客户类型: the general set."""

CONTACT, NEEDS, CARE, IDENTITY, CONSENT, OWN_GROUP = (
    N_("联系方式"), N_("个性化需求"), N_("情感服务"), N_("身份与适当性"), N_("同意与频率"),
    N_("自定义字段"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the file and when it is complete: of every tuple one condition must hold.

    ``persons_only`` items are complete for institutions. ``weight`` is what it counts until the
    branch decides otherwise.
    """

    name: str
    label: str
    group: str
    weight: int
    when: str
    conditions: tuple[tuple[Condition, ...], ...]
    persons_only: bool = False


def _filled(name: str, label: str, group: str, weight: int, *, persons_only: bool = False) -> Item:
    return Item(name, label, group, weight, N_("有值"), ((Filled(name),),), persons_only)


ITEMS: tuple[Item, ...] = (
    Item("mobile", N_("手机"), CONTACT, 10, N_("有号码且 12 个月内核实有效"),
         ((Reached(PointKind.MOBILE, is_proven=True),),)),
    Item("email", N_("电子邮箱"), CONTACT, 5, N_("格式正确，未退信"),
         ((Reached(PointKind.EMAIL),),)),
    Item("address", N_("联系地址"), CONTACT, 4, N_("到门牌"), ((AtDoor("address"),),)),
    Item("spare", N_("备用联系"), CONTACT, 3, N_("固话、亲属任一"),
         ((Reached(PointKind.LANDLINE), Known("has_reachable_kin", "landline")),)),
    _filled("tier", N_("客户类型"), NEEDS, 5),
    _filled("investment_preference", N_("投资偏好"), NEEDS, 5),
    _filled("trading_habit", N_("交易习惯"), NEEDS, 5),
    _filled("service_need", N_("服务需求"), NEEDS, 5),
    Item("wealth", N_("理财需求"), NEEDS, 5, N_("内容与方式都有"),
         ((Filled("wealth_content"),), (Filled("wealth_way"),))),
    _filled("trading_way", N_("交易方式"), NEEDS, 5),
    Item("commission_ppm", N_("佣金现状"), NEEDS, 5, N_("有值，‰"),
         ((Filled("commission_ppm"),),)),
    _filled("commission_attitude", N_("对佣金态度"), NEEDS, 4),
    Item("birthday", N_("生日"), CARE, 6, N_("公历或农历"),
         ((Filled("birthday"), Filled("birthday_month_day"), Filled("lunar_month")),),
         persons_only=True),
    _filled("occupation", N_("职业"), CARE, 4, persons_only=True),
    Item("hobbies", N_("爱好"), CARE, 3, N_("至少一项"), ((Filled("hobbies"),),),
         persons_only=True),
    Item("family", N_("家庭成员"), CARE, 3, N_("至少一人，或注明独居"),
         ((Filled("family"), Known("has_kin", "family")),), persons_only=True),
    _filled("personality", N_("性格"), CARE, 2, persons_only=True),
    Item("risk", N_("风险测评"), IDENTITY, 9, N_("未过期"),
         ((Filled("risk_level"),), (NotExpired("risk_expires_on"),))),
    Item("id_expires_on", N_("证件有效期"), IDENTITY, 4, N_("已录且未过期"),
         ((NotExpired("id_expires_on"), Filled("id_is_permanent")),)),
    Item("consent", N_("渠道同意"), CONSENT, 5, N_("短信、电话都问过"),
         ((Known("asked_sms", "consent"),), (Known("asked_phone", "consent"),))),
    _filled("contact_every_days", N_("约定频率"), CONSENT, 3),
)  # fmt: skip
"""All items, together 100; a branch's own fields come after them."""


def own_item(name: str, label: str) -> Item:
    """The item of a branch's own field: complete when it holds something, counts nothing yet."""
    return Item(name, label, OWN_GROUP, 0, N_("有值"), ((Filled(name),),))


Weights = tuple[int, ...]


@dataclass(frozen=True)
class WeightBook:
    """The weights in force as one snapshot: for each set as many weights as there are items."""

    items: tuple[Item, ...] = ITEMS
    general: Weights = tuple(item.weight for item in ITEMS)
    by_tier: tuple[tuple[str, Weights], ...] = ()
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Statements are kept by book: its hash is asked with every question."""
        object.__setattr__(self, "_hash", hash((self.items, self.general, self.by_tier)))

    def __hash__(self) -> int:
        """Worked out once."""
        return self._hash

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, int]], items: tuple[Item, ...] = ITEMS) -> Self:
        """The book of what is stored as (客户类型, item, weight); sets not of 100 are left out."""
        stored: dict[str, dict[str, int]] = {}
        for tier, name, weight in rows:
            stored.setdefault(tier, {})[name] = weight
        sets = {
            tier: tuple(weights.get(item.name, 0) for item in items)
            for tier, weights in stored.items()
        }
        whole = {tier: weights for tier, weights in sets.items() if sum(weights) == TOTAL}
        general = whole.pop(EVERYBODY, tuple(item.weight for item in items))
        return cls(items, general, tuple(sorted(whole.items())))

    def weights(self, tier: str | None) -> Weights:
        """What the items count for clients of a type."""
        return dict(self.by_tier).get(tier or EVERYBODY, self.general)

    def named(self, tier: str | None) -> dict[str, int]:
        """The weights of a type by item."""
        return {
            item.name: weight for item, weight in zip(self.items, self.weights(tier), strict=True)
        }

    def has_own(self, tier: str) -> bool:
        """Whether a type has a set of its own."""
        return tier in dict(self.by_tier)


DEFAULT_BOOK = WeightBook()
