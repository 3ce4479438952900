"""Finding a client by whatever was typed: name, pinyin, initials, tails of numbers (R80, R246).

Few hits by the gram index are fetched and ordered; many are met by walking the order and
testing, so that a common surname costs no more than a rare one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.db.search_index import candidates
from advisorcrm.models import Client, ClientSearch, ContactPoint, User
from advisorcrm.rules.masking import mask_account, mask_name, mask_phone
from advisorcrm.rules.search_grams import Look, fold, places, query_tokens
from advisorcrm.services.access import Right, may, names_are_masked, sees_branch, visible_clients
from advisorcrm.services.client_rows import point_value
from advisorcrm.terms import PointKind

MANY = 2_000
"""More hits than this are not sorted: the order is walked instead."""
BEST_OF = 2_000
"""The best of at most so many hits are ranked for the omnibox."""

_COLUMNS = {
    Look.NAMES: ClientSearch.names,
    Look.PINYIN: ClientSearch.pinyin,
    Look.NUMBERS: ClientSearch.numbers,
}


@dataclass(frozen=True, slots=True)
class FoundClient:
    """One hit: masked, with the reason why it was found."""

    id: int
    name: str
    initials: str
    account: str
    phone: str
    tier: str | None
    advisor_no: str
    advisor_name: str
    why: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class FoundClients:
    """The best hits and how many there are."""

    total: int
    clients: tuple[FoundClient, ...]


def text_conditions(statement: AnySelect, session: Session, actor: Actor, text: str) -> AnySelect:
    """Narrow a query on clients down to what was typed."""
    tokens = query_tokens(text)
    statement = statement.join(ClientSearch, ClientSearch.client_id == Client.id)
    statement = statement.where(*(_contains(session, token) for token in tokens))
    likely = candidates(session, tokens) if sees_branch(actor) else None
    if likely is not None and not _is_many(session, likely):
        statement = statement.where(Client.id.in_(likely))
    return statement


def find_clients(
    session: Session, actor: Actor, text: str, *, limit: int = 8, with_total: bool = True
) -> FoundClients:
    """The clients that fit what was typed, best first, masked.

    Somebody else's client is answered only to an exact account, telephone or full name, and
    then by the surname's character and the advisor alone.
    """
    tokens = query_tokens(text)
    if not tokens or not may(actor, Right.SEE_CLIENTS):
        return FoundClients(0, ())
    hits = _hits(session, actor, text, tokens)
    found = {hit.id: hit for hit in hits}
    ranked = sorted(found.values(), key=lambda hit: _rank(hit, tokens))[:limit]
    shown = tuple(_shown(hit, actor, tokens) for hit in ranked)
    total = len(found)
    if with_total and len(hits) >= BEST_OF:
        total = _count(session, actor, text)
    if not sees_branch(actor):
        others = _of_others(session, actor, text, tokens)
        shown = (*shown, *others)[:limit]
        total += len(others)
    return FoundClients(total, shown)


def client_id_of_account(session: Session, actor: Actor, account: str) -> int | None:
    """The client with this account or client number, if the person may see it."""
    return session.scalar(
        select(Client.id).where(
            or_(Client.account == account, Client.client_no == account),
            Client.archived_at.is_(None),
            visible_clients(actor),
        )
    )


def _contains(session: Session, token: str) -> ColumnElement[bool]:
    at = func.strpos if session.get_bind().dialect.name == "postgresql" else func.instr
    return or_(*(at(_COLUMNS[look], token) > 0 for look in places(token)))


def _is_many(session: Session, likely: Select[int]) -> bool:
    few = likely.limit(MANY + 1).subquery()
    return (session.scalar(select(func.count()).select_from(few)) or 0) > MANY


@dataclass(frozen=True, slots=True)
class _Hit:
    id: int
    name: str
    initials: str
    account: str | None
    mobile: str | None
    tier: str | None
    advisor_no: str
    advisor_name: str
    is_mine: bool
    names: str
    pinyin: str
    numbers: str


def _select_hits(actor: Actor) -> AnySelect:
    return select(
        Client.id,
        Client.name,
        Client.initials,
        Client.account,
        point_value(PointKind.MOBILE).label("mobile"),
        Client.tier,
        func.coalesce(User.employee_no, "").label("advisor_no"),
        func.coalesce(User.name, "").label("advisor_name"),
        (Client.advisor_id == actor.user_id).label("is_mine"),
        ClientSearch.names,
        ClientSearch.pinyin,
        ClientSearch.numbers,
    ).outerjoin(User, User.id == Client.advisor_id)


def _hits(session: Session, actor: Actor, text: str, tokens: Sequence[str]) -> list[_Hit]:
    statement = text_conditions(_select_hits(actor), session, actor, text).where(
        Client.archived_at.is_(None), visible_clients(actor)
    )
    recent = statement.order_by(Client.last_contact_at.desc().nulls_last(), Client.id.desc()).limit(
        BEST_OF if _are_numbers(tokens) or not sees_branch(actor) else 200
    )
    rows = [_Hit(**row) for row in session.execute(recent).mappings()]
    named = (
        _select_hits(actor)
        .join(ClientSearch, ClientSearch.client_id == Client.id)
        .where(Client.name == text.strip(), Client.archived_at.is_(None), visible_clients(actor))
    )
    rows += [_Hit(**row) for row in session.execute(named.limit(50)).mappings()]
    return rows


def _are_numbers(tokens: Iterable[str]) -> bool:
    return all(token.isdigit() for token in tokens)


def _count(session: Session, actor: Actor, text: str) -> int:
    statement = text_conditions(select(func.count(Client.id)), session, actor, text)
    return (
        session.scalar(statement.where(Client.archived_at.is_(None), visible_clients(actor))) or 0
    )


def _rank(hit: _Hit, tokens: Sequence[str]) -> tuple[int, int, int]:
    """Lower is better: the worst token decides, own clients first, then the id."""
    worst = max(_rank_of_token(hit, token)[0] for token in tokens)
    return worst, 0 if hit.is_mine else 1, -hit.id


def _rank_of_token(hit: _Hit, token: str) -> tuple[int, str]:
    numbers, words = hit.numbers.split(), hit.names.split()
    if token in numbers:
        return 0, "number"
    if len(token) >= 4 and any(number.endswith(token) for number in numbers):
        return 1, "tail"
    if token == fold(hit.name):
        return 2, "name"
    if token in hit.pinyin.split():
        return 3, "pinyin"
    if token in words:
        return 4, "initials"
    if any(word.startswith(token) for word in words):
        return 5, "start"
    if any(word.startswith(token) for word in hit.pinyin.split()):
        return 6, "pinyin"
    return 7, "inside"


def _shown(hit: _Hit, actor: Actor, tokens: Sequence[str]) -> FoundClient:
    hidden = names_are_masked(actor)
    why = next((word for word in (_rank_of_token(hit, token)[1] for token in tokens)), "")
    return FoundClient(
        id=hit.id,
        name=mask_name(hit.name) if hidden else hit.name,
        initials="" if hidden else hit.initials,
        account=mask_account(hit.account),
        phone=mask_phone(hit.mobile or ""),
        tier=hit.tier,
        advisor_no=hit.advisor_no,
        advisor_name=hit.advisor_name,
        why=why,
        is_mine=bool(hit.is_mine),
    )


def _of_others(
    session: Session, actor: Actor, text: str, tokens: Sequence[str]
) -> tuple[FoundClient, ...]:
    """Somebody else's clients, on an exact account, telephone or full name only."""
    exact = text.strip()
    by_phone = select(ContactPoint.client_id).where(
        ContactPoint.value == exact, ContactPoint.archived_at.is_(None)
    )
    statement = (
        _select_hits(actor)
        .join(ClientSearch, ClientSearch.client_id == Client.id)
        .where(
            Client.archived_at.is_(None),
            or_(Client.advisor_id != actor.user_id, Client.advisor_id.is_(None)),
            or_(
                Client.account == exact,
                Client.client_no == exact,
                Client.name == exact,
                Client.id.in_(by_phone),
            ),
        )
        .limit(20)
    )
    rows = [_Hit(**row) for row in session.execute(statement).mappings()]
    return tuple(
        FoundClient(
            id=hit.id,
            name=mask_name(hit.name),
            initials="",
            account="",
            phone="",
            tier=None,
            advisor_no=hit.advisor_no,
            advisor_name=hit.advisor_name,
            why="other",
            is_mine=False,
        )
        for hit in rows
    )
