"""The chain of the access log: who works behind the triggers is noticed (fault: tampering)."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from advisorcrm.db.access_chain import check_chain
from advisorcrm.db.access_log_check import AccessLogCheck, check_access_log
from advisorcrm.db.actor import Actor
from advisorcrm.db.copies import make_copy
from advisorcrm.db.database import Database, create_file, open_server
from advisorcrm.db.history import drop_triggers, recreate_triggers
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.db.upgrade import upgrade
from advisorcrm.services.access_logs import record_access
from advisorcrm.services.workplace.desk import server_url
from advisorcrm.terms import AccessKind
from tests.conftest import CHEAP, Server, rows
from tests.factories import KEY, NOW, People, make_client


def five_accesses(database: Database, people: People, client: int | None = None) -> None:
    def work(session: Session, actor: Actor) -> None:
        for number in range(5):
            record_access(
                session, people.manager, AccessKind.VIEW, subject=f"王秀兰 {number}",
                purpose="季度检查" if number else "", now=NOW + timedelta(microseconds=number),
                client_id=client, was_masked=bool(number % 2), client_count=number,
            )  # fmt: skip

    database.write(work)


def behind_the_triggers(database: Database, statement: str) -> None:
    """What somebody does with a database tool and the key."""
    with database.writing_engine.begin() as connection:
        drop_triggers(connection)
        connection.execute(text(statement))
        recreate_triggers(connection)


def key_of(database: Database, place: int) -> int:
    return int(rows(database, "SELECT id FROM access_log ORDER BY id")[place][0])


@pytest.mark.req("R16", "R148")
def test_each_access_seals_the_one_before(database: Database, people: People) -> None:
    client = database.write(lambda s, a: make_client(s, people.advisor))
    five_accesses(database, people, client)
    five_accesses(database.acting_as(people.advisor), people)

    hashes = [sealed for (sealed,) in rows(database, "SELECT hash FROM access_log ORDER BY id")]
    assert len(set(hashes)) == 10
    assert all(len(sealed) == 64 for sealed in hashes)
    check = check_access_log(database)
    assert (check.findings, check.state.entries, check.state.last_hash) == ([], 10, hashes[-1])


@pytest.mark.req("R16", "R148", "F35")
@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE access_log SET purpose = '核对' WHERE id = {id}",
        'UPDATE access_log SET user_id = (SELECT min(id) FROM "user") WHERE id = {id}',
        "UPDATE access_log SET kind = 'reveal' WHERE id = {id}",
        "UPDATE access_log SET subject = '' WHERE id = {id}",
        "UPDATE access_log SET client_count = 99 WHERE id = {id}",
        "UPDATE access_log SET client_id = NULL WHERE id = {id}",
        "UPDATE access_log SET was_masked = NOT was_masked WHERE id = {id}",
        "UPDATE access_log SET at = '2026-11-20 06:20:01' WHERE id = {id}",
        "UPDATE access_log SET hash = '' WHERE id = {id}",
    ],
)
def test_a_row_rewritten_behind_the_triggers_is_named(
    database: Database, people: People, tampering: str
) -> None:
    client = database.write(lambda s, a: make_client(s, people.advisor))
    five_accesses(database, people, client)
    changed = key_of(database, 2)
    with pytest.raises(DBAPIError, match="kept as it is"):
        database.write(lambda s, a: s.execute(text(tampering.format(id=changed))))

    behind_the_triggers(database, tampering.format(id=changed))

    check = check_access_log(database)
    assert check.state.broken_id == changed
    assert f"编号 {changed} 起" in check.findings[0]


@pytest.mark.req("R16", "R148", "F35")
def test_a_row_taken_out_behind_the_triggers_breaks_the_next(
    database: Database, people: People
) -> None:
    five_accesses(database, people)
    gone, following = key_of(database, 1), key_of(database, 2)
    removal = f"DELETE FROM access_log WHERE id = {gone}"
    with pytest.raises(DBAPIError, match="kept as it is"):
        database.write(lambda s, a: s.execute(text(removal)))

    behind_the_triggers(database, removal)

    assert check_access_log(database).state.broken_id == following


@pytest.mark.req("F35")
def test_an_end_cut_off_shows_against_the_newest_copy(
    file_database: Database, file_people: People
) -> None:
    assert file_database.path is not None
    Vault.create(vault_path(file_database.path), secret=KEY, cost=CHEAP)
    five_accesses(file_database, file_people)
    copy = make_copy(file_database, now=NOW)
    before = sorted(path.name for path in copy.parent.iterdir())
    check = check_access_log(file_database)
    assert (check.findings, check.compared_with) == ([], copy.name)
    assert sorted(path.name for path in copy.parent.iterdir()) == before

    last = key_of(file_database, -1)
    behind_the_triggers(file_database, f"DELETE FROM access_log WHERE id = {last}")

    check = check_access_log(file_database)
    assert check.state.broken_id is None
    assert copy.name in check.findings[0]

    five_accesses(file_database, file_people)  # what is written since stands in its place
    check = check_access_log(file_database)
    assert check.state.broken_id is None
    assert copy.name in check.findings[0]


def test_writers_at_the_same_time_make_one_chain(database: Database, people: People) -> None:
    def write_some() -> None:
        for _number in range(5):
            five_accesses(database, people)

    threads = [threading.Thread(target=write_some) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check = check_access_log(database)
    assert (check.findings, check.state.entries) == ([], 75)


def unchained(database: Database) -> None:
    """A branch of the step before, with a log that has no hashes."""
    upgrade(database, "0002")
    with database.writing_engine.begin() as connection:
        drop_triggers(connection)
        connection.execute(
            text(
                'INSERT INTO "user" (employee_no, name, role, is_active, version) '
                "VALUES ('B1', '方静', 'manager', :yes, 1)"
            ),
            {"yes": True},
        )
        for number in range(3):
            connection.execute(
                text(
                    "INSERT INTO access_log "
                    "(at, user_id, kind, subject, purpose, was_masked, client_count) "
                    "SELECT :at, id, 'print', :subject, '', :yes, 1 FROM \"user\""
                ),
                {"at": f"2026-11-20 06:20:0{number}.500000", "subject": f"第 {number} 张",
                 "yes": True},
            )  # fmt: skip
        recreate_triggers(connection)


def checked_after_upgrade(database: Database) -> AccessLogCheck:
    unchained(database)
    upgrade(database)
    check = check_access_log(database)
    database.close()
    return check


def test_a_log_from_before_the_chain_is_sealed_by_the_upgrade(tmp_path: Path) -> None:
    check = checked_after_upgrade(create_file(tmp_path / "old.db", KEY))
    assert (check.findings, check.state.entries) == ([], 3)


def test_a_servers_log_from_before_the_chain_is_sealed_too(
    server: Server,
) -> None:

    server.run("CREATE DATABASE unchained")
    check = checked_after_upgrade(open_server(server_url(server.url("unchained")), "test"))
    server.run("DROP DATABASE unchained")
    assert (check.findings, check.state.entries) == ([], 3)


def test_the_walk_keeps_few_rows_in_memory(file_database: Database, file_people: People) -> None:
    import tracemalloc

    def many(count: int) -> None:
        access = partial(record_access, kind=AccessKind.VIEW, subject="王", purpose="", now=NOW)
        file_database.acting_as(file_people.manager).write(
            lambda s, a: [access(s, a) for _n in range(count)]
        )

    def peak() -> int:
        with file_database.reading_engine.connect() as connection:
            tracemalloc.start()
            check_chain(connection)
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return found

    many(2_000)
    peak()
    small = peak()
    many(3_000)
    assert peak() < 1.5 * small
