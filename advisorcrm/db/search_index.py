"""The gram index of client search: FTS5 on SQLite, a GIN index over an array on PostgreSQL.

Both are derived from ``client_search`` and hold nothing of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Select,
    Text,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from advisorcrm.db.direct import rows_of_file
from advisorcrm.db.prepared import told
from advisorcrm.models import Client
from advisorcrm.rules.search_grams import Haystack, alternatives, grams_of, is_syllable

INDEX_TABLE = "client_gram"


def create_search_index(connection: Connection) -> None:
    """Make the empty index."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            text(
                "CREATE TABLE client_gram (client_id bigint PRIMARY KEY REFERENCES client (id), "
                "grams text[] NOT NULL)"
            )
        )
        connection.execute(text("CREATE INDEX ix_client_gram ON client_gram USING gin (grams)"))
        return
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE client_gram USING fts5(grams, content='', contentless_delete=1, "
        "detail=none, tokenize='unicode61 remove_diacritics 0')"
    )


def index_clients(session: Session, haystacks: Iterable[tuple[int, Haystack]]) -> None:
    """Write the searchable texts of new or changed clients into table and index."""
    pairs = list(haystacks)
    if not pairs:
        return
    connection = session.connection()
    texts = [(key, hay.names_and_initials, hay.pinyin, hay.numbers) for key, hay in pairs]
    if connection.dialect.name == "postgresql":
        connection.execute(_PG_TEXT, [dict(zip(_TEXT_FIELDS, row, strict=True)) for row in texts])
        connection.execute(
            _PG_GRAMS, [{"id": key, "grams": sorted(grams_of(hay))} for key, hay in pairs]
        )
        return
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO client_search (client_id, names, pinyin, numbers) "
        "VALUES (?, ?, ?, ?)",
        texts,
    )
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO client_gram (rowid, grams) VALUES (?, ?)",
        [(key, " ".join(grams_of(hay))) for key, hay in pairs],
    )


_TEXT_FIELDS = ("id", "names", "pinyin", "numbers")
_PG_TEXT = text(
    "INSERT INTO client_search (client_id, names, pinyin, numbers) "
    "VALUES (:id, :names, :pinyin, :numbers) ON CONFLICT (client_id) DO UPDATE "
    "SET names = excluded.names, pinyin = excluded.pinyin, numbers = excluded.numbers"
)
_PG_GRAMS = text(
    "INSERT INTO client_gram (client_id, grams) VALUES (:id, :grams) "
    "ON CONFLICT (client_id) DO UPDATE SET grams = excluded.grams"
)


class Way(StrEnum):
    """How a statement comes to the clients whose grams fit."""

    KNOWN = "known"
    """They are few and known already."""
    FOUND = "found"
    """The index finds them."""
    WALKED = "walked"
    """An order is walked, and each client is tested: common words cost no more than rare ones."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Clients whose grams fit what was typed: the form of the condition, and its values."""

    way: Way
    shape: tuple[int, ...]
    values: Mapping[str, object]


def is_proven(token: str) -> bool:
    """Whether the grams alone prove that a client fits: the token is a gram itself."""
    is_gram = len(token) <= 2 and not any(char.isdigit() for char in token)
    return is_gram and not is_syllable(token)


def ask_index(
    connection: Connection, tokens: Sequence[str], *, may_walk: bool
) -> Candidates | None:
    """Look tokens up; None when they are too short to narrow anything down.

    Only a query that follows an indexed order and ends after a page may walk.
    """
    choices = [found for found in map(alternatives, tokens) if found]
    if not choices:
        return None
    if connection.dialect.name == "postgresql":
        return _ask_server(connection, choices, may_walk=may_walk)
    grams = match_expression(choices)
    if not may_walk:
        return Candidates(Way.FOUND, (), {"grams": grams})
    [(count, known)] = rows_of_file(connection, _FEW, (grams, _FEW_IN_FILE + 1))
    if count > _FEW_IN_FILE:
        return Candidates(Way.WALKED, (), {"grams": grams})
    return Candidates(Way.KNOWN, (), {"known": known})


def fits(engine_name: str, way: Way, shape: tuple[int, ...]) -> ColumnElement[bool]:
    """The condition on ``client.id`` for candidates of this form."""
    key: ColumnElement[int] = Client.__table__.c.id
    if way is Way.KNOWN:
        known = func.json_each(told("known")).table_valued("value")
        return key.in_(select(known.c.value))
    found = _on_server(shape) if engine_name == "postgresql" else _in_file()
    if way is Way.WALKED:
        key = key + literal_column("0")  # a test, not the way to get there
    return key.in_(found)


_FEW = """SELECT count(*), json_group_array(key) FROM
(SELECT rowid AS key FROM client_gram WHERE client_gram MATCH ? LIMIT ?)"""
_FEW_IN_FILE = 500
"""Beyond so many it is quicker to walk: membership is tested 30 times in a microsecond."""
_FEW_ON_SERVER = 2_000


def match_expression(choices: Iterable[Sequence[Sequence[str]]]) -> str:
    """The FTS5 query for the alternatives of each token."""
    return " AND ".join(
        "(" + " OR ".join(f"({_all_of(grams)})" for grams in found) + ")" for found in choices
    )


def _all_of(grams: Iterable[str]) -> str:
    return " AND ".join(f'"{gram}"' for gram in grams)


def _in_file() -> Select[Any]:
    grams = table("client_gram", column("rowid"))
    return select(grams.c.rowid).where(text("client_gram MATCH :grams").bindparams(told("grams")))


def _ask_server(
    connection: Connection, choices: Sequence[Sequence[Sequence[str]]], *, may_walk: bool
) -> Candidates:
    shape = tuple(map(len, choices))
    sets = (list(grams) for found in choices for grams in found)
    values = {f"grams_{at}": grams for at, grams in enumerate(sets)}
    way = Way.FOUND
    if may_walk:
        few = _on_server(shape).limit(_FEW_ON_SERVER + 1).subquery()
        counted = connection.scalar(select(func.count()).select_from(few), values) or 0
        way = Way.WALKED if counted > _FEW_ON_SERVER else Way.FOUND
    return Candidates(way, shape, values)


def _on_server(shape: tuple[int, ...]) -> Select[Any]:
    grams, numbers = column("grams", ARRAY(Text)), itertools.count()
    clauses = [
        or_(*(grams.op("@>")(told(f"grams_{next(numbers)}")) for _choice in range(size)))
        for size in shape
    ]
    found = table("client_gram", column("client_id"))
    return select(found.c.client_id).where(*clauses)
