"""The list of the counter: who is to be told, who was, who has renewed (R5, R17)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.services.clients.counter_notices import (
    CONTACT_DATA,
    NoticeRow,
    list_counter_notices,
    mark_notified,
    mark_renewed,
    note_for_counter,
)
from advisorcrm.services.contacts.contact_logs import log_contact
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client, new_log


def listed(database: Database, people: People, *, is_open: bool = True) -> list[NoticeRow]:
    return database.acting_as(people.advisor).read(
        lambda s, a: list_counter_notices(s, a, is_open=is_open)
    )


def client_of(database: Database, people: People) -> int:
    return database.write(lambda s, a: make_client(s, people.advisor, name="欧阳文静"))


@pytest.mark.req("R5")
def test_a_notice_goes_from_noted_to_told_to_renewed(database: Database, people: People) -> None:
    key = client_of(database, people)
    mine = database.acting_as(people.advisor)
    notice = mine.write(lambda s, a: note_for_counter(s, a, key, "身份证到期", now=NOW))
    again = mine.write(lambda s, a: note_for_counter(s, a, key, "身份证到期", now=NOW))
    assert again == notice
    [row] = listed(database, people)
    assert (row.client_name, row.matter, row.noted_on) == ("欧阳文静", "身份证到期", TODAY)
    assert row.notified_on is None
    mine.write(lambda s, a: mark_notified(s, a, notice, "phone", on=TODAY))
    [row] = listed(database, people)
    assert (row.notified_on, row.notified_way) == (TODAY, "phone")
    mine.write(lambda s, a: mark_renewed(s, a, notice, on=TODAY))
    assert listed(database, people) == []
    assert [row.renewed_on for row in listed(database, people, is_open=False)] == [TODAY]
    mine.write(lambda s, a: mark_renewed(s, a, notice, on=None))
    mine.write(lambda s, a: mark_notified(s, a, notice, None, on=None))
    assert [row.notified_on for row in listed(database, people)] == [None]


@pytest.mark.req("R17")
def test_a_reminder_in_a_conversation_stands_as_told_until_the_counter_confirms(
    database: Database, people: People
) -> None:
    key = client_of(database, people)
    mine = database.acting_as(people.advisor)
    spoken = NOW - timedelta(days=2)
    for way in ("wechat", "phone"):
        entry = new_log(key, contacted_at=spoken, way=way, was_reminded_of_counter=True)
        mine.write(lambda s, a, entry=entry: log_contact(s, a, entry, now=NOW))
    [row] = listed(database, people)
    assert (row.matter, row.notified_on, row.notified_way) == (
        CONTACT_DATA, TODAY - timedelta(days=2), "wechat",
    )  # fmt: skip


@pytest.mark.req("R17")
def test_a_reminder_tells_what_waited_to_be_told(database: Database, people: People) -> None:
    key = client_of(database, people)
    mine = database.acting_as(people.advisor)
    mine.write(lambda s, a: note_for_counter(s, a, key, "身份证到期", now=NOW))
    entry = new_log(key, was_reminded_of_counter=True)
    mine.write(lambda s, a: log_contact(s, a, entry, now=NOW))
    assert [(row.matter, row.notified_on) for row in listed(database, people)] == [
        ("身份证到期", TODAY)
    ]


def test_a_conversation_without_the_mark_leaves_the_list_alone(
    database: Database, people: People
) -> None:
    key = client_of(database, people)
    database.acting_as(people.advisor).write(lambda s, a: log_contact(s, a, new_log(key), now=NOW))
    assert listed(database, people) == []


def test_what_cannot_be_is_refused(database: Database, people: People) -> None:
    key = client_of(database, people)
    mine = database.acting_as(people.advisor)
    with pytest.raises(InvalidFieldError):
        mine.write(lambda s, a: note_for_counter(s, a, key, " ", now=NOW))
    notice = mine.write(lambda s, a: note_for_counter(s, a, key, "换证", now=NOW))
    with pytest.raises(InvalidFieldError):
        mine.write(lambda s, a: mark_renewed(s, a, notice, on=TODAY - timedelta(days=1)))
    with pytest.raises(InvalidFieldError):
        mine.write(lambda s, a: mark_notified(s, a, notice, "pigeon", on=TODAY))
