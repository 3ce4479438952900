"""What was changed about tiers and weights, when and by whom: read from the change history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from advisorcrm.columns import show_money
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.i18n import N_, _
from advisorcrm.models import ChangeHistory, CompletenessWeight, Setting, TierRule, User
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.completeness.completeness_weights import load_weight_book
from advisorcrm.terms import TIER

_TOGETHER = timedelta(seconds=2)
"""Rows of one person within so short a time are one action."""

_FIELDS = {
    "assets_from_fen": N_("总资产不低于"),
    "commission_from_fen": N_("近 12 月佣金"),
    "contact_every_days": N_("约定联系"),
}
_SCANNED = 400


@dataclass(frozen=True, slots=True)
class StandardChange:
    """One action: what it changed, in words; ``职业 权重 3 → 4``."""

    at: datetime
    who: str
    what: tuple[str, ...]


def list_standard_changes(
    session: Session, actor: Actor, *, limit: int = 20
) -> list[StandardChange]:
    """The last changes of weights, tiers and the types of 高端客户, newest first."""
    demand(actor, Right.SEE_STANDARDS)
    words = _Words(session, actor)
    told = (
        StandardChange(at, who, tuple(words.of(table, operation, named, old, new)))
        for at, who, table, operation, named, old, new in session.execute(_STATEMENT)
    )
    return join_changes(told, limit)


def join_changes(told: Iterable[StandardChange], limit: int) -> list[StandardChange]:
    """Rows of one action as one change, those that say nothing left out."""
    changes: list[StandardChange] = []
    for change in told:
        last = changes[-1] if changes else None
        if last and last.who == change.who and last.at - change.at < _TOGETHER:
            together = dict.fromkeys((*change.what, *last.what))
            changes[-1] = StandardChange(change.at, change.who, tuple(together))
        elif change.what:
            changes.append(change)
        if len(changes) > limit:
            break
    return changes[:limit]


def _is_weight() -> Any:
    return and_(
        ChangeHistory.table_name == CompletenessWeight.__tablename__,
        ChangeHistory.row_id == CompletenessWeight.id,
    )


def _is_rule() -> Any:
    return and_(
        ChangeHistory.table_name == TierRule.__tablename__, ChangeHistory.row_id == TierRule.id
    )


def _is_high_end() -> Any:
    return and_(
        ChangeHistory.table_name == Setting.__tablename__,
        ChangeHistory.row_id == Setting.id,
        Setting.name == "high_end_tiers",
    )


_STATEMENT: AnySelect = (
    select(
        ChangeHistory.at,
        func.coalesce(User.name, ""),
        ChangeHistory.table_name,
        ChangeHistory.operation,
        func.coalesce(CompletenessWeight.item, TierRule.tier, Setting.name),
        ChangeHistory.old,
        ChangeHistory.new,
    )
    .outerjoin(User, User.employee_no == ChangeHistory.actor)
    .outerjoin(CompletenessWeight, _is_weight())
    .outerjoin(TierRule, _is_rule())
    .outerjoin(Setting, _is_high_end())
    .where(
        or_(CompletenessWeight.id.is_not(None), TierRule.id.is_not(None), Setting.id.is_not(None)),
        ChangeHistory.table_name.in_(
            [CompletenessWeight.__tablename__, TierRule.__tablename__, Setting.__tablename__]
        ),
    )
    .order_by(ChangeHistory.id.desc())
    .limit(_SCANNED)
)


class _Words:
    """Says one row of the history in words."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._book = load_code_book(session, actor)
        self._labels = {item.name: item.label for item in load_weight_book(session).items}

    def of(
        self, table: str, operation: str, named: str, old: str | None, new: str | None
    ) -> Iterator[str]:
        """Nothing, or a part of a line for each value that changed."""
        if operation == "insert" and table != Setting.__tablename__:
            if json.loads(new or "{}").get("tier") in ("", None) or table != "completeness_weight":
                yield _("初次设定")
            return
        before, after = json.loads(old or "{}"), json.loads(new or "{}")
        if table == CompletenessWeight.__tablename__ and "weight" in after:
            yield _("{item} 权重 {old} → {new}").format(
                item=_(self._labels.get(named, named)), old=before["weight"], new=after["weight"]
            )
        elif table == TierRule.__tablename__:
            yield from self._rule(named, before, after)
        elif table == Setting.__tablename__:
            tiers = json.loads(after.get("value") or "[]")
            yield _("高端客户：{tiers}").format(
                tiers=_("、").join(self._book.label(TIER, tier) for tier in tiers) or _("无")
            )

    def _rule(self, tier: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
        for name, label in _FIELDS.items():
            if name in new:
                yield _("{tier} {field} {old} → {new}").format(
                    tier=self._book.label(TIER, tier),
                    field=_(label),
                    old=_shown(name, old.get(name)),
                    new=_shown(name, new[name]),
                )


def _shown(name: str, value: int | None) -> str:
    if value is None:
        return "—"
    if name == "contact_every_days":
        return _("{count} 天").format(count=value)
    return show_money(value)
