"""What a client's file lacks, and how complete it is (R15, R71, R112, R146).

``WEIGHTS`` is plain data: each item is either filled or not by a test that SQL can repeat, so
that a list of 100,000 clients and the page of one show the same percentage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from advisorcrm.i18n import N_, _
from advisorcrm.terms import ClientKind, PointKind, Validity


class Reachable(Protocol):
    """A telephone number or address as far as completeness asks."""

    @property
    def kind(self) -> PointKind:
        """What it is."""

    @property
    def validity(self) -> Validity:
        """Whether it was proven to work."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """One item of the file and what it counts.

    Filled means: any field of ``any_of`` is filled, or, with ``point``, a valid contact point
    of that kind. ``persons_only`` items count as filled for institutions.
    """

    name: str
    label: str
    weight: int
    any_of: tuple[str, ...] = ()
    point: PointKind | None = None
    persons_only: bool = False


@dataclass(frozen=True, slots=True)
class MissingField:
    """One gap or doubt: which field, why, and how much it counts (0: counted elsewhere)."""

    name: str
    label: str
    reason: str
    weight: int


def _field(name: str, label: str, weight: int, *more: str, persons_only: bool = False) -> Weighted:
    return Weighted(name, label, weight, any_of=(name, *more), persons_only=persons_only)


WEIGHTS: tuple[Weighted, ...] = (
    Weighted("mobile", N_("手机"), 12, point=PointKind.MOBILE),
    Weighted("email", N_("电子邮箱"), 6, point=PointKind.EMAIL),
    _field("address", N_("联系地址"), 5),
    _field("tier", N_("客户类型"), 6),
    _field("investment_preference", N_("投资偏好"), 6),
    _field("trading_habit", N_("交易习惯"), 6),
    _field("service_need", N_("服务需求"), 6),
    _field("wealth_content", N_("理财需求（内容）"), 3),
    _field("wealth_way", N_("理财需求（方式）"), 3),
    _field("trading_way", N_("交易方式"), 6),
    _field("commission_ppm", N_("佣金现状"), 6),
    _field("birthday", N_("生日"), 6, "birthday_month_day", "lunar_month", persons_only=True),
    _field("occupation", N_("职业"), 5, persons_only=True),
    _field("hobbies", N_("爱好"), 4, persons_only=True),
    _field("personality", N_("性格"), 3, persons_only=True),
    _field("risk_level", N_("风险等级"), 5),
    _field("risk_expires_on", N_("风险测评到期日"), 4),
    _field("id_expires_on", N_("证件有效期"), 5, "id_is_permanent"),
    _field("contact_every_days", N_("约定联系频率"), 3),
)
"""All items, together 100."""

EXPIRING = ("risk_expires_on", "id_expires_on")


def is_filled(value: object) -> bool:
    """Whether a field holds something; zero is something, an empty text or set is not."""
    return value is not None and value is not False and value not in ("", ())


def missing_of(
    file: Mapping[str, object], points: Iterable[Reachable], *, today: date | None = None
) -> list[MissingField]:
    """The gaps of one file, worst first; with ``today``, what has expired comes before them."""
    known = tuple(points)
    gaps = [
        MissingField(item.name, _(item.label), _reason(item, known), item.weight)
        for item in WEIGHTS
        if not _is_complete(item, file, known)
    ]
    gaps.sort(key=lambda gap: -gap.weight)
    return ([] if today is None else _expired(file, today)) + gaps


def completeness(file: Mapping[str, object], points: Iterable[Reachable]) -> int:
    """How complete the file is, in percent."""
    known = tuple(points)
    return sum(item.weight for item in WEIGHTS if _is_complete(item, file, known))


def _is_complete(item: Weighted, file: Mapping[str, object], points: tuple[Reachable, ...]) -> bool:
    if item.persons_only and file.get("kind") == ClientKind.INSTITUTION:
        return True
    if item.point is not None:
        return any(p.kind == item.point and p.validity == Validity.VALID for p in points)
    return any(is_filled(file.get(name)) for name in item.any_of)


def _reason(item: Weighted, points: tuple[Reachable, ...]) -> str:
    """``未填``, or why the numbers there are do not count."""
    found = {point.validity for point in points if point.kind == item.point}
    if Validity.UNVERIFIED in found:
        return _("待核")
    return _("无效") if found else _("未填")


def _expired(file: Mapping[str, object], today: date) -> list[MissingField]:
    """Filled, but out of date: a doubt that costs no weight."""
    labels = {item.name: item.label for item in WEIGHTS}
    found = []
    for name in EXPIRING:
        value = file.get(name)
        if isinstance(value, date) and value < today:
            reason = _("{date} 已过期").format(date=value.isoformat())
            found.append(MissingField(name, _(labels[name]), reason, 0))
    return found
