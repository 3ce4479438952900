"""Handing clients over: one act, one reason, a week for the first conversation, taken back."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.models import Client
from advisorcrm.services.allocations.advisor_periods import (
    list_advisor_clients,
    list_client_advisors,
)
from advisorcrm.services.allocations.first_contacts import list_first_contacts_due
from advisorcrm.services.allocations.handovers import (
    HandedOver,
    NewHandover,
    hand_over,
    undo_handover,
)
from advisorcrm.services.clients.clients import ClientFilter, count_matching
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.conflicts import Change
from advisorcrm.terms import ClientMatter
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client, make_log

HISTORY = (
    "SELECT actor, why FROM change_history WHERE table_name = 'client' AND operation = 'update'"
    " ORDER BY id"
)


def given(
    database: Database,
    people: People,
    moves: dict[int, int],
    reason: str = "林若溪休产假",
    **late: Any,
) -> HandedOver:
    new = NewHandover(str(uuid.uuid4()), tuple(moves.items()), reason)
    now = NOW - timedelta(**late)
    return database.acting_as(people.manager).write(lambda s, a: hand_over(s, a, new, now=now))


def clients(database: Database, *owners: Any) -> list[int]:
    return database.write(lambda s, a: [make_client(s, owner) for owner in owners])


def owners_of(database: Database, ids: list[int]) -> list[int | None]:
    return database.read(lambda s, a: [s.get_one(Client, key).advisor_id for key in ids])


@pytest.mark.req("R217")
def test_clients_go_over_together_with_one_reason_in_their_history(
    database: Database, people: People
) -> None:
    ids = clients(database, people.advisor, people.advisor, None)
    colleague = people.colleague.user_id
    done = given(database, people, dict.fromkeys(ids, colleague))
    assert (done.client_count, done.advisor_names) == (3, ("周岚",))
    assert owners_of(database, ids) == [colleague] * 3
    assert rows(database, HISTORY) == [("LSL0010", "林若溪休产假")] * 3
    kept = rows(database, "SELECT client_id, from_advisor_id, to_advisor_id FROM handover_client")
    advisor = people.advisor.user_id
    assert sorted(map(tuple, kept)) == [
        (ids[0], advisor, colleague), (ids[1], advisor, colleague), (ids[2], None, colleague),
    ]  # fmt: skip


@pytest.mark.req("R217")
def test_who_had_whom_and_when_is_kept_however_it_came(database: Database, people: People) -> None:
    [key] = clients(database, people.advisor)
    given(database, people, {key: people.colleague.user_id})
    change = {"advisor_id": Change(people.colleague.user_id, people.manager.user_id)}
    manager = database.acting_as(people.manager)
    manager.write(lambda s, a: update_client(s, a, key, change, now=NOW))

    periods = manager.read(lambda s, a: list_client_advisors(s, a, key))
    assert [(row.advisor_name, row.until_on is None) for row in periods] == [
        ("方静", True), ("周岚", False), ("林若溪", False),
    ]  # fmt: skip
    assert (periods[1].reason, periods[1].decided_by) == ("林若溪休产假", "方静")
    had = manager.read(lambda s, a: list_advisor_clients(s, a, people.advisor.user_id))
    assert [(row.client_id, row.until_on is None) for row in had] == [(key, False)]


@pytest.mark.req("R217")
@pytest.mark.parametrize("role", ["advisor", "leader", "desk", "office", "administrator"])
def test_nobody_but_the_manager_hands_over(database: Database, people: People, role: str) -> None:
    [key] = clients(database, people.advisor)
    new = NewHandover(str(uuid.uuid4()), ((key, people.colleague.user_id),), "均衡")
    with pytest.raises(NotAllowedError):
        database.acting_as(getattr(people, role)).write(lambda s, a: hand_over(s, a, new, now=NOW))
    assert owners_of(database, [key]) == [people.advisor.user_id]


def test_a_hand_over_needs_a_reason_an_advisor_at_work_and_somebody_to_move(
    database: Database, people: People
) -> None:
    [key] = clients(database, people.advisor)
    for moves, reason, field in (
        ({key: people.colleague.user_id}, " ", "reason"),
        ({key: people.desk.user_id}, "均衡", "advisor_id"),
        ({key: people.advisor.user_id}, "均衡", "moves"),
    ):
        with pytest.raises(InvalidFieldError) as caught:
            given(database, people, moves, reason)
        assert caught.value.field == field
    with pytest.raises(NotFoundError):
        given(database, people, {key: people.colleague.user_id, 4711: people.colleague.user_id})
    assert owners_of(database, [key]) == [people.advisor.user_id]


def test_a_hand_over_saved_twice_is_one(database: Database, people: People) -> None:
    [key] = clients(database, people.advisor)
    new = NewHandover(str(uuid.uuid4()), ((key, people.colleague.user_id),), "均衡")
    manager = database.acting_as(people.manager)
    first = manager.write(lambda s, a: hand_over(s, a, new, now=NOW))
    assert manager.write(lambda s, a: hand_over(s, a, new, now=NOW)) == first
    assert rows(database, "SELECT count(*) FROM handover") == [(1,)]


def test_undo_gives_back_whom_nobody_has_moved_since(database: Database, people: People) -> None:
    ids = clients(database, people.advisor, people.advisor, None)
    done = given(database, people, dict.fromkeys(ids, people.colleague.user_id))
    given(database, people, {ids[0]: people.manager.user_id}, "另有安排")
    manager = database.acting_as(people.manager)
    assert manager.write(lambda s, a: undo_handover(s, a, done.id, now=NOW)) == 2
    assert owners_of(database, ids) == [people.manager.user_id, people.advisor.user_id, None]
    with pytest.raises(NotFoundError):
        manager.write(lambda s, a: undo_handover(s, a, done.id, now=NOW))


@pytest.mark.req("R218")
def test_a_first_conversation_is_due_within_a_week_and_late_after_it(
    database: Database, people: People
) -> None:
    fresh, late, spoken, undone = clients(database, *[people.advisor] * 4)
    colleague = people.colleague.user_id
    given(database, people, {fresh: colleague}, days=7)
    given(database, people, {late: colleague, spoken: colleague}, days=8)
    taken_back = given(database, people, {undone: colleague}, days=8)
    manager = database.acting_as(people.manager)
    manager.write(lambda s, a: undo_handover(s, a, taken_back.id, now=NOW))
    database.acting_as(people.colleague).write(lambda s, a: make_log(s, a, spoken))

    mine = database.acting_as(people.colleague)
    due = mine.read(lambda s, a: list_first_contacts_due(s, a, today=TODAY))
    assert [(row.client_id, row.due_on, row.days_late) for row in due] == [
        (late, TODAY - timedelta(days=1), 1), (fresh, TODAY, 0),
    ]  # fmt: skip
    only = mine.read(lambda s, a: list_first_contacts_due(s, a, today=TODAY, only_late=True))
    assert [row.client_id for row in only] == [late]
    query = ClientFilter(matters=(ClientMatter.FIRST_CONTACT,))
    assert mine.read(lambda s, a: count_matching(s, a, query, today=TODAY)) == 2


@pytest.mark.req("R218")
def test_a_word_of_the_former_advisor_is_no_first_conversation(
    database: Database, people: People
) -> None:
    [key] = clients(database, people.advisor)
    database.write(lambda s, a: make_log(s, people.advisor, key))
    given(database, people, {key: people.colleague.user_id})
    database.acting_as(people.manager).write(lambda s, a: make_log(s, a, key, contacted_at=NOW))
    due = database.acting_as(people.colleague).read(
        lambda s, a: list_first_contacts_due(s, a, today=TODAY)
    )
    assert [row.client_id for row in due] == [key]


@pytest.mark.req("R218")
def test_a_single_client_given_away_in_the_file_is_due_too(
    database: Database, people: People
) -> None:
    [key] = clients(database, people.advisor)
    change = {"advisor_id": Change(people.advisor.user_id, people.colleague.user_id)}
    database.acting_as(people.manager).write(lambda s, a: update_client(s, a, key, change, now=NOW))
    due = database.acting_as(people.colleague).read(
        lambda s, a: list_first_contacts_due(s, a, today=TODAY)
    )
    assert [row.due_on for row in due] == [TODAY + timedelta(days=7)]
