from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.services.access_logs import list_client_accesses, record_access
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
