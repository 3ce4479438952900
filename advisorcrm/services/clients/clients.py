"""The client list: filter, order, pages and totals (R246).

A list shows its first page at once, reads the ordered ids behind it, and then any page by its
ids, so that 100,000 rows scroll without a pause and no page costs more than another.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, or_, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.db.prepared import Prepared
from advisorcrm.models import Client, ClientGroup, User
from advisorcrm.rules.weight_book import WeightBook
from advisorcrm.services.access import (
    COMMISSION,
    names_are_masked,
    reads_commission,
    visible_clients,
)
from advisorcrm.services.branch.compliance_parameters import load_compliance
from advisorcrm.services.clients.client_matters import (
    about,
    expiry_conditions,
    held_conditions,
    is_stale,
    start_of,
)
from advisorcrm.services.clients.client_rows import ClientRow, first, row_columns, row_maker
from advisorcrm.services.clients.client_search import TextForm, narrowed_by, read_text
from advisorcrm.services.clients.own_columns import (
    OwnCondition,
    own_conditions,
    own_order,
    with_own_values,
)
from advisorcrm.services.completeness.completeness_columns import completeness_percent
from advisorcrm.services.completeness.completeness_weights import load_weight_book
from advisorcrm.services.consents.consent_states import consents_are
from advisorcrm.services.files.own_values import is_own
from advisorcrm.terms import ClientKind, ClientMatter, ClientStage

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
    trading_ways: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[ClientKind, ...] = ()
    matters: tuple[ClientMatter, ...] = ()
    birthday_months: tuple[int, ...] = ()
    consents: tuple[str, ...] = ()
    own: tuple[OwnCondition, ...] = ()
    not_contacted_days: int | None = None
    risk_expires_within: int | None = None
    id_expires_within: int | None = None
    not_updated_days: int | None = None
    assets_from_fen: int | None = None
    assets_below_fen: int | None = None
    completeness_below: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is narrowed down."""
        return self == ClientFilter()

    @property
    def without_text(self) -> ClientFilter:
        """The same filter for whatever was typed."""
        return replace(self, text="") if self.text else self


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
    own: Sequence[str] = (),
) -> list[ClientRow]:
    """The first rows of a list, painted while the rest is still being looked up.

    ``own`` names the own fields that are shown (``own.f1``).
    """
    question, words = _read(session, actor, query, today, may_walk=order.column in _INDEXED)
    make = row_maker(actor, today, load_compliance(session).id_warning_days)
    made = [make(row) for row in _page(session, question, order, words)]
    return with_own_values(session, made, own, is_nameless=names_are_masked(actor))


def list_client_ids(
    session: Session, actor: Actor, query: ClientFilter, order: ClientOrder, *, today: date
) -> array[int]:
    """All ids of a list in its order, 4 bytes each."""
    question, words = _read(session, actor, query, today)
    found = session.connection().execute(_ids_statement(question, order), words)
    return array("i", found.scalars())


def list_clients(
    session: Session, actor: Actor, ids: Sequence[int], *, today: date, own: Sequence[str] = ()
) -> list[ClientRow]:
    """The rows of these ids, in their order; ids that are gone or hidden are left out."""
    make = row_maker(actor, today, load_compliance(session).id_warning_days)
    statement = _rows_statement(actor, load_weight_book(session), today)
    rows = session.connection().execute(statement, {"ids": list(ids)})
    found = {row[0]: row for row in rows.all()}
    made = [make(found[key]) for key in ids if key in found]
    return with_own_values(session, made, own, is_nameless=names_are_masked(actor))


def count_clients(
    session: Session, actor: Actor, query: ClientFilter, *, today: date
) -> ClientTotals:
    """How many, with how much, how complete; and how many there are in all."""
    figures: AnySelect = select(
        func.count(Client.id),
        func.coalesce(func.sum(Client.assets_fen), 0),
        func.coalesce(func.sum(completeness_percent(load_weight_book(session), today)), 0),
    )
    shown, assets, completeness = tuple(_one(session, actor, query, today, figures))
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
    return int(_one(session, actor, query, today, select(func.count(Client.id)))[0])


def _one(
    session: Session, actor: Actor, query: ClientFilter, today: date, figures: AnySelect
) -> Row[Any]:
    question, words = _read(session, actor, query, today)
    return session.execute(_narrowed(figures, question), words).one()


@dataclass(frozen=True, slots=True)
class _Question:
    """Everything a statement is made from; words typed are bound to it afterwards."""

    actor: Actor
    query: ClientFilter
    text: TextForm | None
    today: date
    book: WeightBook


def _read(
    session: Session, actor: Actor, query: ClientFilter, today: date, *, may_walk: bool = False
) -> tuple[_Question, Mapping[str, object]]:
    """The question a filter asks, and the words to be bound to it."""
    text = read_text(session, query.text, may_walk=may_walk)
    form, words = (text.form, text.values) if text else (None, {})
    return _Question(actor, query.without_text, form, today, load_weight_book(session)), words


def _page(
    session: Session, question: _Question, order: ClientOrder, words: Mapping[str, object]
) -> Sequence[Sequence[Any]]:
    """While somebody types only the words change from one key to the next."""
    if question.text is not None and question.query.is_empty:
        return _typed_page(question, order).ask(session, **words)
    return session.connection().execute(_page_statement(question, order), words).all()


@lru_cache(maxsize=64)
def _typed_page(question: _Question, order: ClientOrder) -> Prepared:
    return Prepared(_page_statement(question, order))


@lru_cache(maxsize=256)
def _page_statement(question: _Question, order: ClientOrder) -> AnySelect:
    """Order first and then read: what a row is made of is looked up for these rows only."""
    page = first(_ids_statement(question, order), PAGE).subquery("page")
    return (
        select(*row_columns(question.book, question.today))
        .select_from(page)
        .join(Client, Client.id == page.c.id)
        .outerjoin(User, User.id == Client.advisor_id)
        .outerjoin(ClientGroup, ClientGroup.id == Client.client_group_id)
        .order_by(*_order(order, question))
    )


@lru_cache(maxsize=256)
def _ids_statement(question: _Question, order: ClientOrder) -> AnySelect:
    statement: AnySelect = select(Client.id)
    if order.column in ("advisor_name", "group_name"):
        statement = statement.outerjoin(User, User.id == Client.advisor_id).outerjoin(
            ClientGroup, ClientGroup.id == Client.client_group_id
        )
    return _narrowed(statement, question).order_by(*_order(order, question))


@lru_cache(maxsize=16)
def _rows_statement(actor: Actor, book: WeightBook, today: date) -> AnySelect:
    return (
        select(*row_columns(book, today))
        .select_from(Client)
        .outerjoin(User, User.id == Client.advisor_id)
        .outerjoin(ClientGroup, ClientGroup.id == Client.client_group_id)
        .where(
            Client.id.in_(bindparam("ids", expanding=True)),
            Client.archived_at.is_(None),
            visible_clients(actor),
        )
    )


def _narrowed(statement: AnySelect, question: _Question) -> AnySelect:
    statement = statement.where(Client.archived_at.is_(None), visible_clients(question.actor))
    statement = statement.where(*_conditions(question))
    return narrowed_by(statement, question.text) if question.text else statement


def _conditions(question: _Question) -> list[ColumnElement[bool]]:
    query, today = question.query, question.today
    choices: tuple[tuple[Any, tuple[Any, ...]], ...] = (
        (Client.tier, query.tiers),
        (Client.stage, query.stages),
        (Client.advisor_id, query.advisor_ids),
        (Client.client_group_id, query.group_ids),
        (Client.trading_habit, query.trading_habits),
        (Client.service_need, query.service_needs),
        (Client.risk_level, query.risk_levels),
        (Client.kind, query.kinds),
    )
    conditions: list[ColumnElement[bool]] = [
        column.in_(values) for column, values in choices if values
    ]
    if query.consents:
        conditions.append(consents_are(query.consents))
    if query.not_contacted_days is not None:
        conditions.append(_not_contacted_for(query.not_contacted_days, today))
    if query.assets_from_fen is not None:
        conditions.append(Client.assets_fen >= query.assets_from_fen)
    if query.assets_below_fen is not None:
        conditions.append(Client.assets_fen < query.assets_below_fen)
    if query.completeness_below is not None:
        percent = completeness_percent(question.book, today)
        conditions.append(percent < query.completeness_below)
    conditions += expiry_conditions(query.risk_expires_within, query.id_expires_within, today)
    conditions += held_conditions(query.tags, query.trading_ways, query.birthday_months)
    conditions += own_conditions(query.own)
    if query.not_updated_days is not None:
        conditions.append(is_stale(query.not_updated_days, today))
    if query.matters:
        conditions.append(or_(*(about(matter, today) for matter in query.matters)))
    return conditions


def _not_contacted_for(days: int, today: date) -> ColumnElement[bool]:
    """No conversation for at least so many days of the branch's calendar."""
    latest = today - timedelta(days=days - 1)
    return or_(Client.last_contact_at.is_(None), Client.last_contact_at < start_of(latest))


_SORTABLE: dict[str, Any] = {
    "name": Client.pinyin,
    "tier": Client.tier,
    "risk_level": Client.risk_level,
    "account": Client.account,
    "assets_fen": Client.assets_fen,
    "commission_ppm": Client.commission_ppm,
    "days_since": Client.last_contact_at,
    "last_contact_at": Client.last_contact_at,
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
SORTABLE = frozenset(_SORTABLE) | {"completeness"}


def is_sortable(column: str) -> bool:
    """Whether a list can be ordered by a column."""
    return column in SORTABLE or is_own(column)


_INDEXED = frozenset({"assets_fen", "days_since", "last_contact_at"})
"""Orders that an index holds ready, for the branch and for each advisor."""


def _order(
    order: ClientOrder, question: _Question
) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    column = _SORTABLE.get(order.column, Client.assets_fen)
    if order.column in COMMISSION and not reads_commission(question.actor):
        column = Client.assets_fen
    if order.column == "completeness":
        column = completeness_percent(question.book, question.today)
    if is_own(order.column):
        column = own_order(order.column)
    descending = order.descending
    if order.column == "days_since":  # more days is an earlier contact
        descending = not descending
    if descending:
        return column.desc().nulls_last(), Client.id.desc()
    return column.asc().nulls_first(), Client.id.asc()
