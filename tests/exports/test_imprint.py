from __future__ import annotations

from functools import partial

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError
from advisorcrm.exports.imprint import Leaving, take_imprint
from advisorcrm.services.access_logs import list_client_accesses
from advisorcrm.terms import AccessKind
from tests.conftest import rows
from tests.factories import NOW, People, make_client


def take(database: Database, actor: object, **leaving: object) -> object:
    given = Leaving("客户资料卡", **leaving)  # type: ignore[arg-type]
    return database.acting_as(actor).write(partial(take_imprint, leaving=given, now=NOW))  # type: ignore[arg-type]


@pytest.mark.req("R16", "R148")
def test_every_export_is_logged_before_it_leaves(database: Database, people: People) -> None:
    client = database.write(lambda s, a: make_client(s, people.advisor))
    take(database, people.advisor, client_id=client, purpose=" 年度核对 ")

    [entry] = database.acting_as(people.manager).read(
        partial(list_client_accesses, client_id=client)
    )
    assert (entry.user_name, entry.kind, entry.subject, entry.purpose) == (
        "林若溪", AccessKind.EXPORT, "客户资料卡", "年度核对"
    )  # fmt: skip


@pytest.mark.req("R148")
def test_full_numbers_need_the_right_and_a_purpose(database: Database, people: People) -> None:
    with pytest.raises(NotAllowedError):
        take(database, people.advisor, unmasked=True, purpose="核对")
    with pytest.raises(InvalidFieldError, match="用途"):
        take(database, people.manager, unmasked=True, purpose="  ")
    assert rows(database, "SELECT id FROM access_log") == []

    imprint = take(database, people.manager, unmasked=True, purpose="核对")
    assert not imprint.is_masked  # type: ignore[attr-defined]
    assert [
        tuple(map(bool, row)) for row in rows(database, "SELECT was_masked FROM access_log")
    ] == [(False,)]


@pytest.mark.req("R16")
def test_only_roles_that_may_export_get_an_imprint(database: Database, people: People) -> None:
    allowed = {people.advisor, people.colleague, people.manager, people.leader, people.desk}
    for actor in people.all:
        if actor in allowed:
            take(database, actor)
        else:
            with pytest.raises(NotAllowedError):
                take(database, actor)


def test_prints_of_the_same_card_are_counted(database: Database, people: People) -> None:
    first = database.write(lambda s, a: make_client(s, people.advisor))
    second = database.write(lambda s, a: make_client(s, people.advisor))
    numbers = [
        take(database, people.advisor, kind=AccessKind.PRINT, client_id=client).print_number  # type: ignore[attr-defined]
        for client in (first, first, second)
    ]

    assert numbers == [1, 2, 1]


def test_branch_person_and_time_stand_on_the_paper(database: Database, people: People) -> None:
    words = take(database, people.advisor).words()  # type: ignore[attr-defined]

    assert words["branch"] == "历山路证券营业部"
    assert words["company"] == "示例证券"
    assert words["printed_by"] == "林若溪（LSL0042）"
    assert words["printed_at"] == "2026-11-20 14:20"
