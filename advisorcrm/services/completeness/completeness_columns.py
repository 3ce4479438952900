"""Completeness as SQL: the conditions of ``rules.file_conditions`` as columns of a query (R3).

Nothing is stored; a list, a total and a snapshot compute it from the file as it stands on the
day that is asked for.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import case, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement

from advisorcrm.db.database import AnySelect
from advisorcrm.models import Client, Consent, ContactPoint, Relation
from advisorcrm.rules.file_conditions import (
    DOOR_WORDS,
    KIN,
    AtDoor,
    Condition,
    Filled,
    Known,
    NotExpired,
    Reached,
    year_before,
)
from advisorcrm.rules.weight_book import Item, WeightBook
from advisorcrm.services.files.own_values import holds_own, is_own
from advisorcrm.terms import Channel, ClientKind, ConsentState, Validity


@lru_cache(maxsize=32)
def completeness_percent(book: WeightBook, today: date) -> ColumnElement[int]:
    """Completeness of a file in percent; built once for a book and a day."""
    total = constant(0)
    for place, item in enumerate(book.items):
        weight = _weight(book, place)
        if weight is not None:
            total = total + case((is_complete(item, today), weight), else_=constant(0))
    return total


def missing_items(book: WeightBook, today: date) -> ColumnElement[str]:
    """The items a file lacks as a set of codes, ``,mobile,family,``; empty if it lacks none."""
    missing: ColumnElement[Any] = constant(",")
    for place, item in enumerate(book.items):
        weight = _weight(book, place)
        if weight is not None:
            lacks = is_complete(item, today) | (weight == constant(0))
            missing = missing.concat(case((lacks, constant("")), else_=constant(f"{item.name},")))
    return missing


def is_complete(item: Item, today: date) -> ColumnElement[bool]:
    """Whether a file is complete in one item."""
    clauses = [
        or_(*(_holds(condition, today) for condition in alternatives))
        for alternatives in item.conditions
    ]
    whole = clauses[0]
    for clause in clauses[1:]:
        whole = whole & clause
    if item.persons_only:
        whole = (Client.kind == constant(ClientKind.INSTITUTION)) | whole
    return whole


def facts_of_client(client_id: int) -> AnySelect:
    """The facts that other tables hold of one client, by name."""
    return select(*(fact().label(name) for name, fact in _FACTS.items())).where(
        Client.id == client_id
    )


FACTS = ("has_kin", "has_reachable_kin", "asked_sms", "asked_phone")


def constant(value: int | str) -> ColumnElement[Any]:
    """A number or code of ours, written out: to bind it anew with each query costs more."""
    return literal_column(str(value) if isinstance(value, int) else f"'{value}'")


def _weight(book: WeightBook, place: int) -> ColumnElement[int] | None:
    """What the item counts; a case by 客户类型 only where the sets differ."""
    general = book.general[place]
    others = [(tier, weights[place]) for tier, weights in book.by_tier]
    if all(weight == general for _tier, weight in others):
        return constant(general) if general else None
    return case(
        *((Client.tier == tier, constant(weight)) for tier, weight in others),
        else_=constant(general),
    )


def _holds(condition: Condition, today: date) -> ColumnElement[bool]:
    match condition:
        case Filled(field):
            return _has_value(field)
        case NotExpired(field):
            expires: ColumnElement[Any] = Client.__table__.c[field]
            return expires >= constant(today.isoformat())
        case AtDoor(field):
            address: ColumnElement[Any] = Client.__table__.c[field]
            return or_(*(address.like(constant(f"%{word}%")) for word in DOOR_WORDS))
        case Reached():
            return _has_point(condition, today)
        case Known(fact):
            return _FACTS[fact]()


def _has_value(name: str) -> ColumnElement[bool]:
    if is_own(name):
        return holds_own(name)
    column: ColumnElement[Any] = Client.__table__.c[name]
    python_type = column.type.python_type if hasattr(column.type, "python_type") else object
    if python_type is bool:
        return column.is_(True)
    if python_type is str:
        return column > constant("")  # false for null too
    return column.is_not(None)


def _has_point(condition: Reached, today: date) -> ColumnElement[bool]:
    found = select(ContactPoint.id).where(
        ContactPoint.client_id == Client.id,
        ContactPoint.kind == constant(condition.kind),
        ContactPoint.archived_at.is_(None),
    )
    if condition.is_proven:
        found = found.where(
            ContactPoint.validity == constant(Validity.VALID),
            ContactPoint.verified_on >= constant(year_before(today).isoformat()),
        )
    else:
        found = found.where(ContactPoint.validity != constant(Validity.INVALID))
    return found.correlate(Client).exists()


def _kin() -> AnySelect:
    return (
        select(Relation.id)
        .where(
            Relation.client_id == Client.id,
            Relation.kind.in_([constant(kind) for kind in KIN]),
            Relation.archived_at.is_(None),
        )
        .correlate(Client)
    )


def _has_kin() -> ColumnElement[bool]:
    return _kin().exists()


def _has_reachable_kin() -> ColumnElement[bool]:
    return (
        _kin()
        .where((Relation.other_phone > constant("")) | Relation.other_client_id.is_not(None))
        .exists()
    )


def _asked(channel: Channel) -> ColumnElement[bool]:
    """Somebody asked the client about this channel, whatever the answer was."""
    return (
        select(Consent.id)
        .where(
            Consent.client_id == Client.id,
            Consent.channel == constant(channel),
            Consent.state != constant(ConsentState.NOT_ASKED),
        )
        .correlate(Client)
        .exists()
    )


def _asked_sms() -> ColumnElement[bool]:
    return _asked(Channel.SMS)


def _asked_phone() -> ColumnElement[bool]:
    return _asked(Channel.PHONE)


_FACTS = {
    "has_kin": _has_kin,
    "has_reachable_kin": _has_reachable_kin,
    "asked_sms": _asked_sms,
    "asked_phone": _asked_phone,
}
