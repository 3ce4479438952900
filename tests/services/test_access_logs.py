from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.services.access_logs import (
    AccessFilter,
    list_accesses,
    list_client_accesses,
    log_view,
    record_access,
)
from advisorcrm.terms import AccessKind
from tests.conftest import rows
from tests.factories import NOW, People, make_client


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(lambda s, a: make_client(s, people.advisor))


def test_views_prints_and_exports_are_told_newest_first(
    database: Database, people: People, client: int
) -> None:
    for minute, (actor, kind) in enumerate(
        ((people.manager, AccessKind.EXPORT), (people.desk, AccessKind.PRINT))
    ):
        database.acting_as(actor).write(
            partial(
                record_access, kind=kind, subject="客户明细表", purpose="季度检查",
                now=NOW + timedelta(minutes=minute), client_id=client,
            )
        )  # fmt: skip
    found = database.acting_as(people.advisor).read(partial(list_client_accesses, client_id=client))
    assert [(row.user_name, row.kind, row.subject, row.purpose) for row in found] == [
        ("许诺", AccessKind.PRINT, "客户明细表", "季度检查"),
        ("方静", AccessKind.EXPORT, "客户明细表", "季度检查"),
    ]


def test_a_purpose_is_kept_whole_or_refused(database: Database, people: People) -> None:
    export = partial(record_access, kind=AccessKind.EXPORT, now=NOW, client_count=300)
    boss = database.acting_as(people.manager)
    boss.write(partial(export, subject="名" * 300, purpose="因" * 120))
    with pytest.raises(InvalidFieldError) as caught:
        boss.write(partial(export, subject="x", purpose="因" * 121))
    assert caught.value.field == "purpose"
    [(subject, purpose, count)] = rows(
        database, "SELECT subject, purpose, client_count FROM access_log"
    )
    assert (subject, purpose, count) == ("名" * 120, "因" * 120, 300)


@pytest.mark.req("R16", "R148")
def test_nobody_takes_an_access_back(database: Database, people: People) -> None:
    boss = database.acting_as(people.manager)
    boss.write(partial(record_access, kind=AccessKind.EXPORT, subject="x", purpose="y", now=NOW))
    for statement in ("DELETE FROM access_log", "UPDATE access_log SET purpose = ''"):
        with pytest.raises(DBAPIError, match="kept as it is"):
            boss.write(lambda s, a, what=statement: s.execute(text(what)))
    assert rows(database, "SELECT purpose FROM access_log") == [("y",)]


@pytest.mark.req("R16", "R148")
def test_opening_a_file_is_logged_once_in_half_an_hour_for_each_person(
    database: Database, people: People, client: int
) -> None:
    def looks(actor: Actor, minutes: int) -> bool:
        at = NOW + timedelta(minutes=minutes)
        return database.acting_as(actor).write(partial(log_view, client_id=client, now=at))

    assert looks(people.advisor, 0)
    assert not looks(people.advisor, 29)
    assert looks(people.manager, 29)
    assert looks(people.advisor, 31)
    found = database.acting_as(people.advisor).read(partial(list_client_accesses, client_id=client))
    assert [(row.user_name, row.kind, row.subject) for row in found] == [
        ("林若溪", AccessKind.VIEW, "客户档案"),
        ("方静", AccessKind.VIEW, "客户档案"),
        ("林若溪", AccessKind.VIEW, "客户档案"),
    ]


@pytest.mark.req("R16")
def test_who_may_not_see_the_client_leaves_no_look(
    database: Database, people: People, client: int
) -> None:
    for actor in (people.colleague, people.administrator):
        with pytest.raises(NotFoundError):
            database.acting_as(actor).write(partial(log_view, client_id=client, now=NOW))
    assert rows(database, "SELECT id FROM access_log") == []


@pytest.mark.req("R16", "R148")
def test_the_manager_searches_the_log_by_person_client_kind_and_day(
    database: Database, people: People, client: int
) -> None:
    other = database.write(lambda s, a: make_client(s, people.colleague, name="王秀兰"))
    for actor, key, kind, days in (
        (people.advisor, client, AccessKind.VIEW, 0),
        (people.manager, other, AccessKind.REVEAL, 1),
        (people.manager, other, AccessKind.PRINT, 2),
        (people.manager, None, AccessKind.EXPORT, 3),
    ):
        database.acting_as(actor).write(
            partial(
                record_access, kind=kind, subject="", purpose="", client_id=key,
                now=NOW + timedelta(days=days),
            )
        )  # fmt: skip

    def found(**asked: Any) -> list[AccessKind]:
        rows_ = database.acting_as(people.manager).read(
            partial(list_accesses, query=AccessFilter(**asked))
        )
        return [row.kind for row in rows_]

    view, reveal, printed, export = (
        AccessKind.VIEW, AccessKind.REVEAL, AccessKind.PRINT, AccessKind.EXPORT,
    )  # fmt: skip
    assert found() == [export, printed, reveal, view]
    assert found(user_id=people.advisor.user_id) == [view]
    assert found(kind=printed) == [printed]
    assert found(client="秀兰") == [printed, reveal]
    assert found(from_on=date(2026, 11, 21), to_on=date(2026, 11, 22)) == [printed, reveal]
    assert found(client="100%") == []


def test_a_long_log_comes_in_pages(database: Database, people: People, client: int) -> None:
    boss = database.acting_as(people.manager)
    for number in range(5):
        boss.write(
            partial(
                record_access, kind=AccessKind.VIEW, subject=str(number), purpose="", now=NOW,
                client_id=client,
            )
        )  # fmt: skip
    for question in (
        partial(list_client_accesses, client_id=client, limit=2),
        partial(list_accesses, query=AccessFilter(), limit=2),
    ):
        first = boss.read(question)
        second = boss.read(partial(question, before=first[-1].id))
        assert [row.subject for row in (*first, *second)] == ["4", "3", "2", "1"]
