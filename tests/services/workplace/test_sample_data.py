from __future__ import annotations

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.services.clients.clients import ClientFilter, count_clients
from advisorcrm.services.contacts.contact_logs import ContactLogFilter, list_contact_logs
from advisorcrm.services.workplace.sample_data import fill_with_samples
from tests.conftest import NOW, TODAY, rows
from tests.factories import People


def fill(database: Database, people: People) -> int:
    advisor = people.advisor
    return database.acting_as(advisor).write(
        lambda s, a: fill_with_samples(s, a, advisor_id=advisor.user_id, now=NOW)
    )


def test_the_samples_are_a_small_branch_to_try_everything_on(
    database: Database, people: People
) -> None:
    count = fill(database, people)
    acting = database.acting_as(people.advisor)
    totals = acting.read(lambda s, a: count_clients(s, a, ClientFilter(), today=TODAY))
    assert totals.total == count == 42
    assert totals.assets_fen > 0
    logs = acting.read(lambda s, a: list_contact_logs(s, a, ContactLogFilter(), limit=1000))
    assert len({log.client_id for log in logs}) == count
    assert all(log.contacted_at <= NOW for log in logs)
    found = acting.read(lambda s, a: find_clients(s, a, "zyh"))
    assert {client.name for client in found.clients} == {"曾奕航", "郑雨荷"}


def test_the_same_samples_come_every_time(database: Database, people: People) -> None:
    fill(database, people)
    accounts = rows(database, "SELECT name, account FROM client ORDER BY id")
    assert accounts[0][0] == "陈国梁"
    assert len(set(accounts)) == 42
    drawn = [account for _name, account in accounts]
    assert all(account.startswith("0100") and len(account) == 12 for account in drawn)


def test_no_sample_has_a_number_that_belongs_to_somebody(
    database: Database, people: People
) -> None:
    fill(database, people)
    for (value,) in rows(database, "SELECT value FROM contact_point"):
        assert value.startswith("139000") or value.endswith("@example.com")
    numbers = rows(database, "SELECT DISTINCT id_number FROM client")
    assert not any(number for (number,) in numbers)


def test_who_may_not_edit_gets_no_samples(database: Database, people: People) -> None:
    with pytest.raises(NotAllowedError):
        database.acting_as(people.administrator).write(
            lambda s, a: fill_with_samples(s, a, advisor_id=people.advisor.user_id, now=NOW)
        )
