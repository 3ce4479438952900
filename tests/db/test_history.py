from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.db.history import because
from advisorcrm.models import Base, Client, ContactPoint, ImportBatch
from advisorcrm.services.access_logs import record_access
from advisorcrm.services.branch.settings import save_setting
from advisorcrm.terms import AccessKind, PointKind, Validity
from tests.conftest import rows
from tests.factories import NOW, People, make_client, make_log, make_some_row

KEPT = [
    table.name
    for table in Base.metadata.sorted_tables
    if table.info.get("recorded") or table.info.get("append_only")
]


def history(database: Database, table: str, operation: str) -> list[tuple[str, Any, Any]]:
    """Who, old and new of one table, in the order of happening."""
    found = rows(
        database,
        "SELECT actor, old, new FROM change_history "
        f"WHERE table_name = '{table}' AND operation = '{operation}' ORDER BY id",
    )
    return [(who, json.loads(old or "null"), json.loads(new)) for who, old, new in found]


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.acting_as(people.advisor).write(
        lambda session, actor: make_client(session, actor, commission_ppm=250, name="欧阳文静")
    )


@pytest.mark.req("R77")
def test_orm_bulk_and_raw_statements_are_all_kept_with_who_old_and_new(
    database: Database, people: People, client: int
) -> None:
    def by_object(session: Session, actor: Actor) -> None:
        session.get_one(Client, client).commission_ppm = 300

    def in_bulk(session: Session, actor: Actor) -> None:
        table = Client.__table__
        change = update(table).where(table.c.id == bindparam("key"))
        rate = {"commission_ppm": bindparam("rate")}
        session.connection().execute(change.values(rate), [{"key": client, "rate": 350}])

    def raw(session: Session, actor: Actor) -> None:
        session.execute(text("UPDATE client SET commission_ppm = 400"))

    for person, work in (
        (people.advisor, by_object),
        (people.manager, in_bulk),
        (people.colleague, raw),
    ):
        database.acting_as(person).write(work)

    assert history(database, "client", "update") == [
        ("LSL0042", {"commission_ppm": 250}, {"commission_ppm": 300}),
        ("LSL0010", {"commission_ppm": 300}, {"commission_ppm": 350}),
        ("LSL0043", {"commission_ppm": 350}, {"commission_ppm": 400}),
    ]


def test_a_new_row_is_kept_with_what_it_held(
    database: Database, people: People, client: int
) -> None:
    def many(session: Session, actor: Actor) -> None:
        session.execute(
            insert(ContactPoint),
            [
                {"client_id": client, "kind": PointKind.QQ, "value": value, "version": 1,
                 "validity": Validity.UNVERIFIED, "position": 5, "note": ""}
                for value in ("12345", "23456")
            ],
        )  # fmt: skip

    database.acting_as(people.manager).write(many)

    [(who, old, new)] = history(database, "client", "insert")
    assert (who, old, new["name"], new["commission_ppm"]) == ("LSL0042", None, "欧阳文静", 250)
    assert "remark" not in new or new["remark"] == ""
    points = [
        (who, new["value"]) for who, _old, new in history(database, "contact_point", "insert")
    ]
    assert points[-2:] == [("LSL0010", "12345"), ("LSL0010", "23456")]


def test_what_does_not_change_is_not_kept(database: Database, people: People, client: int) -> None:
    database.write(lambda s, a: s.execute(text("UPDATE client SET commission_ppm = 250")))
    database.write(lambda s, a: make_log(s, people.advisor, client))

    assert history(database, "client", "update") == []


def test_work_that_fails_leaves_no_trace_in_the_history(database: Database, client: int) -> None:
    def fail(session: Session, actor: Actor) -> None:
        session.execute(text("UPDATE client SET name = '不算'"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.write(fail)
    assert history(database, "client", "update") == []


def _one_row_everywhere(people: People, client: int) -> Callable[[Session, Actor], None]:
    def work(session: Session, actor: Actor) -> None:
        make_log(session, people.advisor, client)
        save_setting(session, people.advisor, "theme", "dark")
        record_access(session, people.advisor, AccessKind.VIEW, subject="", purpose="", now=NOW)
        session.add(
            ImportBatch(at=NOW, user_id=people.manager.user_id, kind="clients", file_name="x",
                        rule="skip")
        )  # fmt: skip
        session.flush()
        for table in Base.metadata.sorted_tables:
            if table.name in KEPT and session.scalar(select(func.count()).select_from(table)) == 0:
                make_some_row(session, table)

    return work


def test_the_history_says_why_where_somebody_said_so(
    database: Database, people: People, client: int
) -> None:
    def renamed(session: Session, actor: Actor) -> None:
        because(session, "证件原件核对")
        session.execute(text("UPDATE client SET name = '欧阳文婧'"))

    database.write(renamed)
    database.write(lambda s, a: s.execute(text("UPDATE client SET name = '欧阳文静'")))

    reasons = rows(
        database,
        "SELECT why FROM change_history WHERE operation = 'update' AND table_name = 'client' "
        "ORDER BY id",
    )
    assert reasons == [("证件原件核对",), ("",)]


@pytest.mark.req("R16")
def test_a_reason_holds_for_what_is_changed_inside_and_the_earlier_one_holds_again(
    database: Database, people: People, client: int
) -> None:
    def change(session: Session, _actor: Actor) -> None:
        file = session.get_one(Client, client)
        file.hobbies = "先"  # changed before, written by the flush
        with because(session, "外"):
            file.hobbies = "外一"
            with because(session, "内"):
                file.hobbies = "内"
            file.hobbies = "外二"
            with pytest.raises(ValueError, match="boom"), because(session, "错"):
                raise ValueError("boom")
            session.flush()
        file.hobbies = "后"

    database.write(change)
    told = rows(
        database,
        "SELECT new, why FROM change_history WHERE operation = 'update' "
        "AND table_name = 'client' ORDER BY id",
    )
    assert [(json.loads(new)["hobbies"], why) for new, why in told] == [
        ("先", ""), ("外一", "外"), ("内", "内"), ("外二", "外"), ("后", ""),
    ]  # fmt: skip


@pytest.mark.req("R16")
def test_a_reason_told_without_an_end_holds_for_the_rest_of_the_transaction(
    database: Database, people: People, client: int
) -> None:
    def change(session: Session, _actor: Actor) -> None:
        because(session, "整个事务")
        session.get_one(Client, client).hobbies = "书法"

    database.write(change)
    told = rows(
        database,
        "SELECT why FROM change_history WHERE operation = 'update' AND table_name = 'client'",
    )
    assert told == [("整个事务",)]


@pytest.mark.req("R16")
def test_nothing_of_record_can_be_deleted(database: Database, people: People, client: int) -> None:
    database.write(_one_row_everywhere(people, client))
    before = {table: rows(database, f'SELECT * FROM "{table}"') for table in KEPT}
    assert all(before.values())
    removals = ['DELETE FROM "{}"']
    removals += (
        [
            'INSERT OR REPLACE INTO "{0}" SELECT * FROM "{0}"',
            'REPLACE INTO "{0}" SELECT * FROM "{0}"',
        ]
        if database.engine_name == "sqlite"
        else ['TRUNCATE "{}" CASCADE']
    )
    for table in KEPT:
        for removal in removals:
            statement = text(removal.format(table))
            with pytest.raises(DBAPIError, match="kept as it is"):
                database.write(lambda s, a, what=statement: s.execute(what))

    assert before == {table: rows(database, f'SELECT * FROM "{table}"') for table in KEPT}


@pytest.mark.req("R81")
def test_a_conversation_keeps_every_word_for_ever(
    database: Database, people: People, client: int
) -> None:
    database.write(_one_row_everywhere(people, client))
    before = rows(database, "SELECT * FROM contact_log")
    for change in (
        "id = id + 1", "uuid = 'x'", "author_id = author_id + 1", "topics = ',needs,'",
        "contacted_at = '2026-01-01 00:00:00'", "way = 'qq'", "minutes = 99", "content = ''",
        "reaction = 'agrees'", "basis = 'x'", "next_on = '2027-01-01'", "next_note = 'x'",
        "next_at = '09:00'", "next_way = 'qq'", "corrects_id = id", "correction_reason = 'x'",
        "created_at = '2026-01-01 00:00:00'", "is_advice = NOT is_advice",
        "was_reminded_of_counter = NOT was_reminded_of_counter",
    ):  # fmt: skip
        with pytest.raises(DBAPIError, match="kept as it is"):
            database.write(
                lambda s, a, what=change: s.execute(text(f"UPDATE contact_log SET {what}"))
            )

    assert before == rows(database, "SELECT * FROM contact_log")


def test_logs_of_changes_and_accesses_only_grow(
    database: Database, people: People, client: int
) -> None:
    database.write(_one_row_everywhere(people, client))
    for table in ("change_history", "access_log"):
        with pytest.raises(DBAPIError, match="kept as it is"):
            database.write(lambda s, a, t=table: s.execute(text(f"UPDATE {t} SET id = id")))
