"""Faults 12 and 13 on the line itself: cut, an answer lost, a server that is silent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from advisorcrm.db import server_connection
from advisorcrm.db.database import Database, open_server
from advisorcrm.db.keys import Vault
from advisorcrm.errors import ServerGoneError, ServerRefusedError
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.contacts.new_contact_log import NewContactLog
from advisorcrm.services.drafts import list_drafts
from advisorcrm.services.workplace.desk import (
    NewUser,
    enter_user,
    reset_password,
    server_url,
    sign_in,
    vault_of,
)
from advisorcrm.terms import Role
from tests.conftest import CHEAP, NOW, Server, _server_copy, rows
from tests.factories import PASSWORD, People, make_client, new_log, people_of
from tests.faults.line import Line

COUNT = "SELECT count(*) FROM contact_log"


@pytest.fixture
def database(server: Server, server_template: str) -> Iterator[Database]:
    yield from _server_copy(server, server_template)


@pytest.fixture
def people(database: Database) -> People:
    return database.read(lambda session, _actor: people_of(session))


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    line = Line(server.base)
    yield line
    line.cut()


@pytest.fixture
def mine(
    line: Line, database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """The advisor's door, a second of patience, all of it by way of the line."""
    monkeypatch.setattr(server_connection, "READING_S", 0.2)
    monkeypatch.setattr(server_connection, "WRITING_S", 0.2)
    name = database.writing_engine.url.database
    door = open_server(server_url(line.url(str(name))), "test")
    yield door.acting_as(people.advisor)
    door.close()


@pytest.fixture
def entry(mine: Database) -> NewContactLog:
    return new_log(mine.write(make_client))


@pytest.mark.req("F13")
def test_a_server_that_falls_silent_in_a_save_is_told_and_a_retry_saves_once(
    line: Line, mine: Database, database: Database, entry: NewContactLog
) -> None:
    line.freeze_at = b"INSERT INTO contact_log"
    with pytest.raises(ServerGoneError, match="已填内容仍在"):
        mine.write(partial(log_contact, entry=entry, now=NOW))
    line.thaw()
    assert rows(database, COUNT) == [(0,)]
    for _try in range(2):
        mine.write(partial(log_contact, entry=entry, now=NOW))
    assert rows(database, COUNT) == [(1,)]


@pytest.mark.req("F13")
def test_a_server_that_falls_silent_in_a_look_is_told_and_the_next_look_works(
    line: Line, mine: Database, entry: NewContactLog
) -> None:
    for is_long in (False, True):
        line.freeze_at = b"FROM draft"
        with pytest.raises(ServerGoneError, match="没有应答"):
            mine.read(list_drafts, is_long=is_long)
        line.thaw()
        assert mine.read(list_drafts, is_long=is_long) == []


@pytest.mark.req("F12")
def test_a_save_whose_confirmation_was_lost_is_not_saved_twice(
    line: Line, mine: Database, database: Database, entry: NewContactLog
) -> None:
    line.lose_answer_to = b"COMMIT"
    with pytest.raises(ServerGoneError):
        mine.write(partial(log_contact, entry=entry, now=NOW))
    line.lose_answer_to = b""
    mine.write(partial(log_contact, entry=entry, now=NOW))
    assert rows(database, COUNT) == [(1,)]


@pytest.mark.req("F12")
def test_while_the_server_is_away_it_is_said_and_afterwards_all_goes_on(
    line: Line, mine: Database, database: Database, entry: NewContactLog
) -> None:
    line.cut()
    for _try in range(2):
        with pytest.raises(ServerGoneError, match="没有应答"):
            mine.read(list_drafts)
        with pytest.raises(ServerGoneError, match="没有应答"):
            mine.write(partial(log_contact, entry=entry, now=NOW))
    line.mend()
    mine.write(partial(log_contact, entry=entry, now=NOW))
    assert rows(database, COUNT) == [(1,)]


def test_a_password_changed_at_the_server_is_told_and_its_new_address_takes_the_old_ones_place(
    line: Line, server: Server, database: Database
) -> None:
    name = str(database.writing_engine.url.database)
    old, new = line.url(name, "former:geheim"), line.url(name)
    line.refused = "former"
    vault, _recovery_key = Vault.create(vault_of(old), secret=old.encode(), cost=CHEAP)
    vault.set_password("LSL0042", PASSWORD, old.encode())
    bare = f"postgresql://127.0.0.1:{old.rpartition(':')[2]}"
    for place in (old, bare):
        with pytest.raises(ServerRefusedError, match="不接受保存的账号或密码"):
            sign_in(place, "LSL0042", PASSWORD, now=NOW, cost=CHEAP)
    for place in (new, bare):
        door = sign_in(place, "LSL0042", PASSWORD, now=NOW, cost=CHEAP)
        assert door.actor.name == "林若溪"
        door.close()


def test_who_is_entered_at_a_computer_that_knows_the_bare_address_gets_in_by_it(
    line: Line, database: Database
) -> None:
    whole = line.url(str(database.writing_engine.url.database))
    bare = f"postgresql://127.0.0.1:{whole.rpartition(':')[2]}"
    vault, _recovery_key = Vault.create(vault_of(whole), secret=whole.encode(), cost=CHEAP)
    vault.set_password("LSL0001", PASSWORD, whole.encode())
    administrator = sign_in(bare, "LSL0001", PASSWORD, now=NOW, cost=CHEAP)
    person = NewUser("LSL0077", "许清", Role.ADVISOR, PASSWORD)
    key = enter_user(administrator, bare, person, cost=CHEAP)
    for password in (PASSWORD, "brand-new-password"):
        door = sign_in(bare, "LSL0077", password, now=NOW, cost=CHEAP)
        assert door.actor.user_id == key
        door.close()
        reset_password(administrator, bare, key, "brand-new-password", cost=CHEAP)
    administrator.close()
