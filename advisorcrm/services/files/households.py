"""Households: clients who belong together, one of them its head (家庭, 户主)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Client, Household
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.access import any_client, names_are_masked, own_client, visible_clients
from advisorcrm.services.files.client_checks import clean_text


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member; of another advisor's client the surname alone, without a way to the file."""

    client_id: int | None
    name: str
    is_head: bool
    is_self: bool
    assets_fen: int | None


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household with what its members hold together, as far as the person may know it."""

    id: int
    name: str
    members: tuple[MemberRow, ...]
    assets_fen: int
    hidden: int  # members whose assets are not in the sum


def find_household(session: Session, actor: Actor, client_id: int) -> HouseholdRow | None:
    """The household a client belongs to; None for one who belongs to none."""
    client = any_client(session, actor, client_id)
    if client.household_id is None:
        return None
    household = session.get_one(Household, client.household_id)
    rows = session.execute(
        select(
            Client.id, Client.name, Client.is_household_head, Client.assets_fen,
            visible_clients(actor).label("is_seen"),
        )
        .where(Client.household_id == household.id, Client.archived_at.is_(None))
        .order_by(Client.is_household_head.desc(), Client.id)
    ).all()  # fmt: skip
    hide = names_are_masked(actor)
    members = tuple(
        MemberRow(
            key if is_seen else None,
            mask_name(name) if hide or not is_seen else name,
            is_head,
            key == client_id,
            assets if is_seen else None,
        )
        for key, name, is_head, assets, is_seen in rows
    )
    total = sum(member.assets_fen or 0 for member in members)
    hidden = sum(member.client_id is None for member in members)
    name = mask_name(household.name) if hide else household.name
    return HouseholdRow(household.id, name, members, total, hidden)


def make_household(
    session: Session, actor: Actor, client_id: int, name: str, *, now: datetime
) -> int:
    """Begin a household with a client as its head.

    Raises InvalidFieldError without a name or for a client who belongs to one already.
    """
    client = own_client(session, actor, client_id)
    name = clean_text("name", name)
    if not name:
        raise InvalidFieldError("name", _("请填家庭名称。"))
    _demand_none(client)
    household = Household(name=name)
    session.add(household)
    session.flush()  # the members name it
    _enter(client, household.id, is_head=True, now=now)
    return household.id


def rename_household(
    session: Session, actor: Actor, client_id: int, name: str, *, now: datetime
) -> None:
    """Call the household of a client otherwise. Raises InvalidFieldError without one or a name."""
    client = own_client(session, actor, client_id)
    name = clean_text("name", name)
    if not name:
        raise InvalidFieldError("name", _("请填家庭名称。"))
    if client.household_id is None:
        raise InvalidFieldError("household_id", _("这位客户还不属于任何家庭。"))
    session.get_one(Household, client.household_id).name = name
    client.updated_at = now


def join_household(
    session: Session, actor: Actor, client_id: int, with_client_id: int, *, now: datetime
) -> int:
    """Bring a client into the household of another; it is begun where there is none yet.

    Raises InvalidFieldError for the same client or one who belongs to another household.
    """
    client = own_client(session, actor, client_id)
    other = own_client(session, actor, with_client_id)
    if client.id == other.id:
        raise InvalidFieldError("client_id", _("不能和自己同户。"))
    if client.household_id is not None and client.household_id == other.household_id:
        return client.household_id
    _demand_none(client)
    key = other.household_id
    if key is None:
        called = _("{name}家庭").format(name=other.name)
        key = make_household(session, actor, other.id, called, now=now)
    _enter(client, key, is_head=False, now=now)
    return key


def leave_household(session: Session, actor: Actor, client_id: int, *, now: datetime) -> None:
    """Take a client out; the next member becomes head, an empty household is put away."""
    client = own_client(session, actor, client_id)
    key, was_head = client.household_id, client.is_household_head
    if key is None:
        return
    client.household_id, client.is_household_head, client.updated_at = None, False, now
    rest = _members(session, key)
    if not rest:
        session.get_one(Household, key).archived_at = now
    elif was_head:
        rest[0].is_household_head, rest[0].updated_at = True, now


def set_household_head(session: Session, actor: Actor, client_id: int, *, now: datetime) -> None:
    """Make a client the head; there is one. Raises InvalidFieldError without a household."""
    client = own_client(session, actor, client_id)
    if client.household_id is None:
        raise InvalidFieldError("household_id", _("这位客户还不属于任何家庭。"))
    for member in _members(session, client.household_id):
        is_head = member.id == client.id
        if member.is_household_head is not is_head:
            member.is_household_head, member.updated_at = is_head, now


def _enter(client: Client, key: int, *, is_head: bool, now: datetime) -> None:
    client.household_id, client.is_household_head, client.updated_at = key, is_head, now


def _demand_none(client: Client) -> None:
    if client.household_id is not None:
        raise InvalidFieldError("household_id", _("这位客户已属于一个家庭，请先退出。"))


def _members(session: Session, key: int) -> list[Client]:
    return list(
        session.scalars(
            select(Client)
            .where(Client.household_id == key, Client.archived_at.is_(None))
            .order_by(Client.id)
        )
    )
