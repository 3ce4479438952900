"""The client list: filter, order, pages and totals (R246).

A list shows its first page at once, reads the ordered ids behind it, and then any page by its
ids, so that 100,000 rows scroll without a pause and no page costs more than another.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.models import Client, ClientGroup, User
from advisorcrm.services.access import visible_clients
from advisorcrm.services.client_rows import (
    ClientRow,
    completeness_percent,
    make_row,
    select_rows,
)
from advisorcrm.services.client_search import text_conditions
from advisorcrm.terms import ClientStage

PAGE = 50


@dataclass(frozen=True, slots=True)
class ClientFilter:
    """What a list is narrowed down to; empty means everybody the person may see."""

    text: str = ""
    tiers: tuple[str, ...] = ()
    stages: tuple[ClientStage, ...] = ()
    advisor_ids: tuple[int, ...] = ()
    group_ids: tuple[int, ...] = ()
    trading_habits: tuple[str, ...] = ()
    service_needs: tuple[str, ...] = ()
    risk_levels: tuple[str, ...] = ()
    not_contacted_days: int | None = None
    risk_expires_within: int | None = None
    assets_from_fen: int | None = None
    completeness_below: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is narrowed down."""
        return self == ClientFilter()


@dataclass(frozen=True, slots=True)
class ClientOrder:
    """By which column a list is ordered."""

    column: str = "assets_fen"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class ClientTotals:
    """Figures of a filtered list beside those of all the person may see."""

    shown: int
    total: int
    assets_fen: int
    completeness: int


def list_client_page(
    session: Session,
    actor: Actor,
    query: ClientFilter,
    order: ClientOrder,
    *,
    today: date,
    limit: int = PAGE,
) -> list[ClientRow]:
    """The first rows of a list, painted while the rest is still being looked up."""
    statement = _narrowed(select_rows(actor), session, actor, query, today)
    rows = session.execute(statement.order_by(*_order(order)).limit(limit)).mappings()
    return [make_row(row, actor, today) for row in rows]


def list_client_ids(
    session: Session, actor: Actor, query: ClientFilter, order: ClientOrder, *, today: date
) -> array[int]:
    """All ids of a list in its order, 8 bytes each."""
    statement = select(Client.id)
    if order.column in ("advisor_name", "group_name"):
        statement = statement.outerjoin(User, User.id == Client.advisor_id).outerjoin(
            ClientGroup, ClientGroup.id == Client.client_group_id
        )
    statement = _narrowed(statement, session, actor, query, today).order_by(*_order(order))
    ids: array[int] = array("q")
    for chunk in session.execute(statement).partitions(10_000):
        ids.extend(row[0] for row in chunk)
    return ids


def list_clients(
    session: Session, actor: Actor, ids: Sequence[int], *, today: date
) -> list[ClientRow]:
    """The rows of these ids, in their order; ids that are gone or hidden are left out."""
    statement = select_rows(actor).where(
        Client.id.in_(list(ids)), Client.archived_at.is_(None), visible_clients(actor)
    )
    found = {
        row["id"]: make_row(row, actor, today) for row in session.execute(statement).mappings()
    }
    return [found[key] for key in ids if key in found]


def count_clients(
    session: Session, actor: Actor, query: ClientFilter, *, today: date
) -> ClientTotals:
    """How many, with how much, how complete; and how many there are in all."""
    figures: AnySelect = select(
        func.count(Client.id),
        func.coalesce(func.sum(Client.assets_fen), 0),
        func.coalesce(func.sum(completeness_percent()), 0),
    )
    shown, assets, completeness = session.execute(
        _narrowed(figures, session, actor, query, today)
    ).one()
    total = shown
    if not query.is_empty:
        total = session.scalar(
            select(func.count(Client.id)).where(
                Client.archived_at.is_(None), visible_clients(actor)
            )
        )
    return ClientTotals(
        shown=shown,
        total=total or 0,
        assets_fen=int(assets),
        completeness=int(completeness) // shown if shown else 0,
    )


def count_matching(session: Session, actor: Actor, query: ClientFilter, *, today: date) -> int:
    """Only how many: the live count of a saved view or chip."""
    statement = _narrowed(select(func.count(Client.id)), session, actor, query, today)
    return session.scalar(statement) or 0


def _narrowed(
    statement: AnySelect, session: Session, actor: Actor, query: ClientFilter, today: date
) -> AnySelect:
    statement = statement.where(Client.archived_at.is_(None), visible_clients(actor))
    statement = statement.where(*_conditions(query, today))
    if query.text.strip():
        statement = text_conditions(statement, session, actor, query.text)
    return statement


def _conditions(query: ClientFilter, today: date) -> list[ColumnElement[bool]]:
    choices: tuple[tuple[Any, tuple[Any, ...]], ...] = (
        (Client.tier, query.tiers),
        (Client.stage, query.stages),
        (Client.advisor_id, query.advisor_ids),
        (Client.client_group_id, query.group_ids),
        (Client.trading_habit, query.trading_habits),
        (Client.service_need, query.service_needs),
        (Client.risk_level, query.risk_levels),
    )
    conditions: list[ColumnElement[bool]] = [
        column.in_(values) for column, values in choices if values
    ]
    if query.not_contacted_days is not None:
        conditions.append(_not_contacted_for(query.not_contacted_days, today))
    if query.risk_expires_within is not None:
        until = today + timedelta(days=query.risk_expires_within)
        conditions.append(
            and_(Client.risk_expires_on.is_not(None), Client.risk_expires_on <= until)
        )
    if query.assets_from_fen is not None:
        conditions.append(Client.assets_fen >= query.assets_from_fen)
    if query.completeness_below is not None:
        conditions.append(completeness_percent() < query.completeness_below)
    return conditions


def _not_contacted_for(days: int, today: date) -> ColumnElement[bool]:
    """No conversation for at least so many days of the branch's calendar."""
    latest = today - timedelta(days=days - 1)
    return or_(Client.last_contact_at.is_(None), Client.last_contact_at < start_of(latest))


def start_of(day: date) -> datetime:
    """The first instant of a day at the branch."""
    return datetime.combine(day, time(), BRANCH_TIME)


_SORTABLE: dict[str, Any] = {
    "name": Client.pinyin,
    "tier": Client.tier,
    "risk_level": Client.risk_level,
    "account": Client.account,
    "assets_fen": Client.assets_fen,
    "commission_ppm": Client.commission_ppm,
    "days_since": Client.last_contact_at,
    "last_contact_at": Client.last_contact_at,
    "completeness": completeness_percent(),
    "client_no": Client.client_no,
    "stage": Client.stage,
    "advisor_name": User.name,
    "group_name": ClientGroup.name,
    "trading_habit": Client.trading_habit,
    "service_need": Client.service_need,
    "contact_every_days": Client.contact_every_days,
    "opened_on": Client.opened_on,
    "updated_at": Client.updated_at,
}
SORTABLE = frozenset(_SORTABLE)


def _order(order: ClientOrder) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    column = _SORTABLE.get(order.column, Client.assets_fen)
    descending = order.descending
    if order.column == "days_since":  # more days is an earlier contact
        descending = not descending
    if descending:
        return column.desc().nulls_last(), Client.id.desc()
    return column.asc().nulls_first(), Client.id.asc()
