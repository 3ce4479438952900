"""Fault 12: the server goes while somebody works, and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import ServerGoneError
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.contacts.new_contact_log import NewContactLog
from tests.conftest import Server, _server_copy, rows
from tests.factories import NOW, People, make_client, new_log, people_of

pytestmark = pytest.mark.req("F12")


@pytest.fixture
def database(server: Server, server_template: str) -> Iterator[Database]:
    yield from _server_copy(server, server_template)


@pytest.fixture
def people(database: Database) -> People:
    return database.read(lambda session, _actor: people_of(session))


def throw_out(server: Server, database: Database) -> None:
    """End every connection of the program, as a restart of the server would."""
    name = database.writing_engine.url.database
    server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


@pytest.fixture
def entry(database: Database, people: People) -> NewContactLog:
    return new_log(database.write(lambda s, a: make_client(s, people.advisor)))


def test_between_two_actions_nobody_notices(
    server: Server, database: Database, people: People, entry: NewContactLog
) -> None:
    mine = database.acting_as(people.advisor)
    throw_out(server, database)
    assert rows(mine, "SELECT count(*) FROM contact_log") == [(0,)]
    throw_out(server, database)
    mine.write(partial(log_contact, entry=entry, now=NOW))
    assert rows(mine, "SELECT count(*) FROM contact_log") == [(1,)]


def test_in_the_middle_of_a_save_it_is_said_and_the_next_try_saves_once(
    server: Server, database: Database, people: People, entry: NewContactLog
) -> None:
    mine = database.acting_as(people.advisor)

    def interrupted(session: Session, actor: Actor) -> None:
        log_contact(session, actor, entry, now=NOW)
        throw_out(server, database)
        session.execute(text("SELECT 1"))

    with pytest.raises(ServerGoneError, match="已填内容仍在"):
        mine.write(interrupted)
    assert rows(mine, "SELECT count(*) FROM contact_log") == [(0,)]
    for _try in range(2):
        mine.write(partial(log_contact, entry=entry, now=NOW))
    assert rows(mine, "SELECT count(*) FROM contact_log") == [(1,)]


def test_at_the_moment_of_the_commit_it_is_said_and_a_retry_saves_once(
    server: Server, database: Database, people: People, entry: NewContactLog
) -> None:
    mine = database.acting_as(people.advisor)

    def cut_off(session: Session, actor: Actor) -> None:
        log_contact(session, actor, entry, now=NOW)
        throw_out(server, database)

    with pytest.raises(ServerGoneError):
        mine.write(cut_off)
    mine.write(partial(log_contact, entry=entry, now=NOW))
    assert rows(mine, "SELECT count(*) FROM contact_log") == [(1,)]


def test_while_reading_it_is_said_and_the_next_look_works(
    server: Server, database: Database, people: People
) -> None:
    def interrupted(session: Session, actor: Actor) -> None:
        session.execute(text("SELECT 1"))
        throw_out(server, database)
        session.execute(text("SELECT 1"))

    with pytest.raises(ServerGoneError, match="没有应答"):
        database.read(interrupted)
    assert len(rows(database, 'SELECT id FROM "user"')) == 7
