"""Finding a client by whatever was typed: name, pinyin, initials, tails of numbers (R80, R246).

Few hits by the gram index are fetched and ordered; many are met by walking the order and
testing, so that a common surname costs no more than a rare one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Text,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.db.prepared import told
from advisorcrm.db.search_index import Way, ask_index, fits, is_proven
from advisorcrm.models import Client, ClientAccount, ClientSearch, ContactPoint, User
from advisorcrm.rules.masking import mask_account, mask_name, mask_phone
from advisorcrm.rules.search_grams import Look, fold, joined_letters, places, query_tokens
from advisorcrm.services.access import Right, may, names_are_masked, sees_branch, visible_clients
from advisorcrm.services.clients.client_rows import first, point_value
from advisorcrm.terms import PointKind

BEST_OF = 2_000
BEST_OF_NAMES = 200
"""The best of at most so many hits are ranked for the omnibox."""
_TAIL = 4
"""Digits from which the end of a number means somebody."""

_BLANK = literal_column("' '", Text)
_COLUMNS: Mapping[Look, Any] = {
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
    """The best hits and how many there are; at least so many where nobody has counted."""

    total: int
    clients: tuple[FoundClient, ...]
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class TextForm:
    """What the condition on a typed text looks like; the words themselves are bound to it."""

    engine: str
    looks: tuple[tuple[Look, ...], ...]
    way: Way | None = None
    shape: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TextQuery:
    """A typed text as a query asks for it: statements are built once a form, values change."""

    form: TextForm
    values: Mapping[str, object]


def read_text(session: Session, text: str, *, may_walk: bool = True) -> TextQuery | None:
    """Prepare what was typed; None for nothing. Only a limited, indexed order may be walked."""
    tokens = query_tokens(text)
    if not tokens:
        return None
    connection = session.connection()
    tested = [token for token in tokens if not is_proven(token)]
    looks = tuple(map(places, tested))
    words = {f"word_{at}": token for at, token in enumerate(tested)}
    likely = ask_index(connection, tokens, may_walk=may_walk)
    if likely is None:
        return TextQuery(TextForm(connection.dialect.name, looks), words)
    form = TextForm(connection.dialect.name, looks, likely.way, likely.shape)
    return TextQuery(form, {**words, **likely.values})


def narrowed_by(statement: AnySelect, form: TextForm) -> AnySelect:
    """Narrow a query on clients down to a text of this form: the index, then the text itself."""
    if form.way is not None:
        statement = statement.where(fits(form.engine, form.way, form.shape))
    if not form.looks:
        return statement
    at = func.strpos if form.engine == "postgresql" else func.instr
    return statement.join(ClientSearch, ClientSearch.client_id == Client.id).where(
        *(
            or_(*(at(_hay(look), _needle(look, f"word_{place}")) > 0 for look in looks))
            for place, looks in enumerate(form.looks)
        )
    )


def _hay(look: Look) -> ColumnElement[str]:
    """Where a word is looked for; every word of it stands behind a blank where it has to begin."""
    return _BLANK.concat(ClientSearch.pinyin) if look is Look.SYLLABLE else _COLUMNS[look]


def _needle(look: Look, name: str) -> ColumnElement[str]:
    """The typed word that is bound under a name."""
    return _BLANK.concat(told(name)) if look is Look.SYLLABLE else told(name)


def find_clients(
    session: Session, actor: Actor, text: str, *, limit: int = 8, with_total: bool = True
) -> FoundClients:
    """The clients that fit what was typed, best first, masked.

    Somebody else's client is answered only to an exact account, telephone or full name, and
    then by the surname's character and the advisor alone. Pinyin typed by syllables (li ming),
    of which those of two letters are too short to be looked up, is tried as one word.
    """
    found = _find(session, actor, text, limit, with_total=with_total)
    joined = joined_letters(text)
    if found.total or len(query_tokens(joined)) == len(query_tokens(text)):
        return found
    return _find(session, actor, joined, limit, with_total=with_total)


def _find(
    session: Session, actor: Actor, text: str, limit: int, *, with_total: bool
) -> FoundClients:
    query = read_text(session, text)
    if query is None or not may(actor, Right.SEE_CLIENTS):
        return FoundClients(0, ())
    tokens = query_tokens(text)
    most = _most_ranked(tokens)
    hits = _hits(session, actor, text, query, most)
    ranked = sorted(hits, key=lambda hit: _rank(hit, tokens, actor))[:limit]
    shown = _shown(session, actor, ranked, tokens)
    total, is_counted = len(hits), len(hits) < most
    if with_total and not is_counted:
        total, is_counted = _count(session, actor, text), True
    if not sees_branch(actor):
        others = _of_others(session, actor, text)
        shown = (*shown, *others)[:limit]
        total += len(others)
    return FoundClients(total, shown, is_counted)


def client_id_of_account(session: Session, actor: Actor, account: str) -> int | None:
    """The client with this account or client number, if the person may see it.

    Further accounts, and numbers of files merged into another, lead to the file that stayed.
    """
    merged = aliased(Client)
    further = select(ClientAccount.client_id).where(
        ClientAccount.account == account, ClientAccount.archived_at.is_(None)
    )
    former = select(merged.merged_into_id).where(merged.client_no == account)
    return session.scalar(
        select(Client.id).where(
            or_(
                Client.account == account,
                Client.client_no == account,
                Client.id.in_(further),
                Client.id.in_(former),
            ),
            Client.archived_at.is_(None),
            visible_clients(actor, among_few=True),
        )
    )


@dataclass(frozen=True, slots=True)
class _Hit:
    """What decides the rank of a client that was found."""

    id: int
    advisor_id: int | None
    name: str
    names: str
    pinyin: str
    numbers: str


def _hits(session: Session, actor: Actor, text: str, query: TextQuery, most: int) -> list[_Hit]:
    connection = session.connection()
    recent = connection.execute(_hits_statement(actor, query.form, most), query.values)
    exact = connection.execute(_exact_statement(actor), {"typed": text.strip()})
    return list({row[0]: _Hit(*row) for row in (*recent.all(), *exact.all())}.values())


def _most_ranked(tokens: Sequence[str]) -> int:
    """Tails of numbers have few good hits among many; names and first digits are ranked soon.

    Whoever has all of what was typed as name, account or number is ranked in any case.
    """
    are_tails = all(token.isdigit() and len(token) >= _TAIL for token in tokens)
    return BEST_OF if are_tails else BEST_OF_NAMES


@lru_cache(maxsize=128)
def _hits_statement(actor: Actor, form: TextForm, limit: int) -> AnySelect:
    recent = (Client.last_contact_at.desc().nulls_last(), Client.id.desc())
    statement = narrowed_by(select(Client.id), form).where(
        Client.archived_at.is_(None), visible_clients(actor)
    )
    return _ranked_columns(first(statement.order_by(*recent), limit))


@lru_cache(maxsize=16)
def _exact_statement(actor: Actor) -> AnySelect:
    typed: BindParameter[str] = bindparam("typed")
    statement = select(Client.id).where(
        or_(Client.name == typed, Client.account == typed, Client.client_no == typed),
        Client.archived_at.is_(None),
        visible_clients(actor, among_few=True),
    )
    return _ranked_columns(first(statement, 50))


def _ranked_columns(found: AnySelect) -> AnySelect:
    hits = found.subquery("hit")
    return (
        select(
            Client.id,
            Client.advisor_id,
            Client.name,
            ClientSearch.names,
            ClientSearch.pinyin,
            ClientSearch.numbers,
        )
        .select_from(hits)
        .join(Client, Client.id == hits.c.id)
        .join(ClientSearch, ClientSearch.client_id == hits.c.id)
    )


def _count(session: Session, actor: Actor, text: str) -> int:
    query = read_text(session, text, may_walk=False)
    if query is None:
        return 0
    statement = narrowed_by(select(func.count(Client.id)), query.form)
    statement = statement.where(Client.archived_at.is_(None), visible_clients(actor))
    return session.scalar(statement, query.values) or 0


def _rank(hit: _Hit, tokens: Sequence[str], actor: Actor) -> tuple[int, int, int]:
    """Lower is better: the worst token decides, own clients first, then the id."""
    worst = max(_rank_of_token(hit, token)[0] for token in tokens)
    return worst, 0 if hit.advisor_id == actor.user_id else 1, -hit.id


def _rank_of_token(hit: _Hit, token: str) -> tuple[int, str]:
    numbers, words = hit.numbers.split(), hit.names.split()
    if token in numbers:
        return 0, "number"
    if len(token) >= _TAIL and any(number.endswith(token) for number in numbers):
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


@cache
def _shown_columns() -> AnySelect:
    return select(
        Client.id,
        Client.name,
        Client.initials,
        Client.account,
        point_value(PointKind.MOBILE).label("mobile"),
        Client.tier,
        func.coalesce(User.employee_no, "").label("advisor_no"),
        func.coalesce(User.name, "").label("advisor_name"),
        Client.advisor_id,
    ).outerjoin(User, User.id == Client.advisor_id)


@cache
def _shown_statement() -> AnySelect:
    return _shown_columns().where(Client.id.in_(bindparam("ids", expanding=True)))


def _shown(
    session: Session, actor: Actor, hits: Sequence[_Hit], tokens: Sequence[str]
) -> tuple[FoundClient, ...]:
    ids = [hit.id for hit in hits]
    rows = session.connection().execute(_shown_statement(), {"ids": ids})
    found = {row.id: row for row in rows}
    return tuple(_masked(found[hit.id], hit, actor, tokens) for hit in hits)


def _masked(row: Row[Any], hit: _Hit, actor: Actor, tokens: Sequence[str]) -> FoundClient:
    hidden = names_are_masked(actor)
    return FoundClient(
        id=row.id,
        name=mask_name(row.name) if hidden else row.name,
        initials="" if hidden else row.initials,
        account=mask_account(row.account),
        phone=mask_phone(row.mobile or ""),
        tier=row.tier,
        advisor_no=row.advisor_no,
        advisor_name=row.advisor_name,
        why=_rank_of_token(hit, tokens[0])[1],
        is_mine=row.advisor_id == actor.user_id,
    )


def _of_others(session: Session, actor: Actor, text: str) -> tuple[FoundClient, ...]:
    """Somebody else's clients, on an exact account, telephone or full name only."""
    exact = text.strip()
    by_phone = select(ContactPoint.client_id).where(
        ContactPoint.value == exact, ContactPoint.archived_at.is_(None)
    )
    statement = _shown_columns().where(
        Client.archived_at.is_(None),
        or_(Client.advisor_id != actor.user_id, Client.advisor_id.is_(None)),
        or_(
            Client.account == exact,
            Client.client_no == exact,
            Client.name == exact,
            Client.id.in_(by_phone),
        ),
    )
    return tuple(
        FoundClient(
            id=row.id,
            name=mask_name(row.name),
            initials="",
            account="",
            phone="",
            tier=None,
            advisor_no=row.advisor_no,
            advisor_name=row.advisor_name,
            why="other",
            is_mine=False,
        )
        for row in session.connection().execute(statement.limit(20))
    )
