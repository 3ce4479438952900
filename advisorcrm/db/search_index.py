"""The gram index of client search: FTS5 on SQLite, a GIN index over an array on PostgreSQL.

Both are derived from ``client_search`` and hold nothing of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from advisorcrm.rules.search_grams import Haystack, alternatives, grams_of

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


def match_expression(tokens: Sequence[str]) -> str:
    """The FTS5 query for typed tokens; empty when none narrows anything down."""
    parts = []
    for token in tokens:
        choices = [" AND ".join(f'"{gram}"' for gram in grams) for grams in alternatives(token)]
        if choices:
            parts.append("(" + " OR ".join(f"({choice})" for choice in choices) + ")")
    return " AND ".join(parts)


def candidates(session: Session, tokens: Sequence[str]) -> Select[int] | None:
    """Client ids whose grams fit the tokens; None when nothing narrows the search down."""
    if session.get_bind().dialect.name == "postgresql":
        return _server_candidates(tokens)
    query = match_expression(tokens)
    if not query:
        return None
    rowid: ColumnElement[int] = column("rowid", Integer)
    return (
        select(rowid)
        .select_from(table("client_gram", column("rowid")))
        .where(text("client_gram MATCH :grams").bindparams(grams=query))
    )


def _server_candidates(tokens: Sequence[str]) -> Select[int] | None:
    grams = column("grams", ARRAY(Text))
    clauses = [
        or_(*(grams.contains(list(choice)) for choice in alternatives(token)))
        for token in tokens
        if alternatives(token)
    ]
    if not clauses:
        return None
    key: ColumnElement[int] = column("client_id", Integer)
    return select(key).select_from(table("client_gram", column("client_id"))).where(*clauses)
