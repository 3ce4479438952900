"""Who is what to a client: kin, introducer, who decides; told from both ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client, Relation
from advisorcrm.rules.kinship import inverse_kind, inverse_label
from advisorcrm.rules.masking import mask_name, mask_phone, mask_words
from advisorcrm.services.access import any_client, names_are_masked, own_client, sees_branch
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.files.client_checks import clean_phones, clean_text
from advisorcrm.services.files.households import HouseholdRow, find_household, join_household


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One relation as seen from a client; ``client_id`` leads to the other's file where allowed."""

    id: int
    client_id: int | None
    name: str
    kind: str
    is_inverse: bool  # it stands in the other's file
    decides: bool  # the other decides for the client; told from the other end: the client does
    phone: str
    note: str
    is_client: bool


@dataclass(frozen=True, slots=True)
class Family:
    """A client with household and relations, as the person may know them."""

    client_id: int
    name: str
    household: HouseholdRow | None
    relations: tuple[RelationRow, ...]


@dataclass(frozen=True, slots=True)
class NewRelation:
    """A relation to be noted: to another client, or to somebody with a name and a telephone."""

    uuid: str
    client_id: int
    kind: str
    other_client_id: int | None = None
    other_name: str = ""
    other_phone: str = ""
    decides: bool = False
    note: str = ""
    shares_household: bool = False


@dataclass(frozen=True, slots=True)
class RelationChange:
    """What is to be different about a relation; None leaves a value as it is."""

    kind: str | None = None
    decides: bool | None = None
    note: str | None = None
    other_name: str | None = None
    other_phone: str | None = None


def open_family(session: Session, actor: Actor, client_id: int) -> Family:
    """Household and relations of a client.

    A relation in a colleague's file is not known here; a colleague's client named in this file
    is told by the surname.
    """
    client = any_client(session, actor, client_id)
    name = mask_name(client.name) if names_are_masked(actor) else client.name
    return Family(
        client_id,
        name,
        find_household(session, actor, client_id),
        tuple(_relations(session, actor, client_id)),
    )


def add_relation(session: Session, actor: Actor, new: NewRelation, *, now: datetime) -> int:
    """Note a relation, and the common household where asked for; a repeated call notes it once.

    Raises InvalidFieldError without a kind or a name, for the client himself or a known relation.
    """
    own_client(session, actor, new.client_id)
    known = session.scalar(select(Relation.id).where(Relation.uuid == new.uuid))
    if known is not None:
        return known
    if not new.kind:
        raise InvalidFieldError("kind", _("请选关系。"))
    demand_codes(session, terms.RELATION, (new.kind,), field="kind")
    name, phone = _cleaned_other(session, actor, new)
    relation = Relation(
        uuid=new.uuid,
        client_id=new.client_id,
        other_client_id=new.other_client_id,
        other_name=name,
        other_phone=phone,
        kind=new.kind,
        decides=new.decides,
        note=clean_text("note", new.note),
    )
    session.add(relation)
    session.flush()  # the id is the answer
    if new.shares_household and new.other_client_id is not None:
        _share(session, actor, new.client_id, new.other_client_id, now)
    return relation.id


def change_relation(
    session: Session, actor: Actor, relation_id: int, change: RelationChange
) -> None:
    """Change what a relation says; who it is to stays. What it said is in the history.

    Raises InvalidFieldError for an unknown kind, a relation that is known already, and an empty
    name of somebody who is no client.
    """
    relation = _own(session, actor, relation_id, is_archived=False)
    if change.kind is not None and change.kind != relation.kind:
        demand_codes(session, terms.RELATION, (change.kind,), field="kind")
        if relation.other_client_id is not None:
            _demand_new(session, relation.client_id, relation.other_client_id, change.kind)
        relation.kind = change.kind
    if change.decides is not None:
        relation.decides = change.decides
    if change.note is not None:
        relation.note = clean_text("note", change.note)
    if relation.other_client_id is None:
        _change_other(relation, change)


def _change_other(relation: Relation, change: RelationChange) -> None:
    """Name and telephone of somebody who is no client."""
    if change.other_name is not None:
        name = clean_text("other_name", change.other_name)
        if not name:
            raise InvalidFieldError("other_name", _("请选另一位客户，或填写姓名。"))
        relation.other_name = name
    if change.other_phone is not None:
        phones = clean_phones(change.other_phone)
        relation.other_phone = phones[0][1] if phones else ""


def archive_relation(session: Session, actor: Actor, relation_id: int, *, now: datetime) -> None:
    """Put a relation away that no longer holds; it stays in the history."""
    _own(session, actor, relation_id, is_archived=False).archived_at = now


def restore_relation(session: Session, actor: Actor, relation_id: int) -> None:
    """Bring a relation back that was put away.

    Raises InvalidFieldError for one that was noted anew meanwhile.
    """
    relation = _own(session, actor, relation_id, is_archived=True)
    if relation.other_client_id is not None:
        _demand_new(session, relation.client_id, relation.other_client_id, relation.kind)
    relation.archived_at = None


def said_kind(relation: RelationRow, book: CodeBook) -> str:
    """What the other is to the client, in the language of the person."""
    if relation.is_inverse and inverse_label(relation.kind):
        return _(inverse_label(relation.kind))
    kind = inverse_kind(relation.kind) if relation.is_inverse else relation.kind
    return book.label(terms.RELATION, kind)


def said_decision(relation: RelationRow) -> str:
    """Who decides for whom, in words; empty where each decides alone."""
    if not relation.decides:
        return ""
    return _("客户替其做决定") if relation.is_inverse else _("替客户做决定")


def _cleaned_other(session: Session, actor: Actor, new: NewRelation) -> tuple[str, str]:
    if new.other_client_id is None:
        name = clean_text("other_name", new.other_name)
        if not name:
            raise InvalidFieldError("other_name", _("请选另一位客户，或填写姓名。"))
        phones = clean_phones(new.other_phone)
        return name, phones[0][1] if phones else ""
    if new.other_client_id == new.client_id:
        raise InvalidFieldError("other_name", _("不能登记和自己的关系。"))
    any_client(session, actor, new.other_client_id)
    _demand_new(session, new.client_id, new.other_client_id, new.kind)
    return "", ""


def _demand_new(session: Session, client_id: int, other_id: int, kind: str) -> None:
    """Told from either end, a relation between two clients is noted once."""
    same = _between(client_id, other_id, kind)
    back = _between(other_id, client_id, inverse_kind(kind))
    is_same_back = not inverse_label(kind)
    known = select(Relation.id).where(
        Relation.archived_at.is_(None), or_(same, back) if is_same_back else same
    )
    if session.scalar(known.limit(1)) is not None:
        raise InvalidFieldError("other_name", _("这两位客户的这种关系已经登记。"))


def _between(client_id: int, other_id: int, kind: str) -> ColumnElement[bool]:
    return and_(
        Relation.client_id == client_id,
        Relation.other_client_id == other_id,
        Relation.kind == kind,
    )


def _share(session: Session, actor: Actor, client_id: int, other_id: int, now: datetime) -> None:
    """The other joins the client's household, or the client the one the other has already."""
    client = own_client(session, actor, client_id)
    other = own_client(session, actor, other_id)
    if client.household_id is None and other.household_id is not None:
        join_household(session, actor, client_id, other_id, now=now)
    else:
        join_household(session, actor, other_id, client_id, now=now)


def _relations(session: Session, actor: Actor, client_id: int) -> Sequence[RelationRow]:
    forth = _read(session, Relation.client_id, Relation.other_client_id, client_id)
    back = _read(session, Relation.other_client_id, Relation.client_id, client_id)
    seen = [_forth(relation, other, actor) for relation, other in forth]
    seen += [
        _back(relation, other, actor)
        for relation, other in back
        if other is not None and _sees(actor, other) and other.archived_at is None
    ]
    return seen


def _read(session: Session, here: Any, there: Any, client_id: int) -> Sequence[Any]:
    other = aliased(Client)
    return session.execute(
        select(Relation, other)
        .outerjoin(other, other.id == there)
        .where(here == client_id, Relation.archived_at.is_(None))
        .order_by(Relation.id)
    ).all()


def _forth(relation: Relation, other: Client | None, actor: Actor) -> RelationRow:
    hide = names_are_masked(actor)
    name = relation.other_name if other is None else other.name
    is_open = other is not None and _sees(actor, other) and other.archived_at is None
    is_named = is_open or other is None
    return RelationRow(
        id=relation.id,
        client_id=other.id if other is not None and is_open else None,
        name=mask_name(name) if hide or not is_named else name,
        kind=relation.kind,
        is_inverse=False,
        decides=relation.decides,
        phone=mask_phone(relation.other_phone),
        note="" if hide else mask_words(relation.note),
        is_client=other is not None,
    )


def _back(relation: Relation, other: Client, actor: Actor) -> RelationRow:
    hide = names_are_masked(actor)
    return RelationRow(
        id=relation.id,
        client_id=other.id,
        name=mask_name(other.name) if hide else other.name,
        kind=relation.kind,
        is_inverse=True,
        decides=relation.decides,
        phone="",
        note="" if hide else mask_words(relation.note),
        is_client=True,
    )


def _sees(actor: Actor, client: Client) -> bool:
    return sees_branch(actor) or client.advisor_id == actor.user_id


def _own(session: Session, actor: Actor, relation_id: int, *, is_archived: bool) -> Relation:
    relation = session.get(Relation, relation_id)
    if relation is None or (relation.archived_at is not None) is not is_archived:
        raise NotFoundError(_("这条关系已不在档案里，或不在您的权限内。"))
    own_client(session, actor, relation.client_id)
    return relation
