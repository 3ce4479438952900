"""A desk of the branch's advisor on the encrypted file, everything answered at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import Settings
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW
from tests.factories import make_client


@pytest.fixture
def advisor_database(file_database: Database, file_people: Any) -> Database:
    return file_database.acting_as(file_people.advisor)


@pytest.fixture
def client_id(advisor_database: Database) -> int:
    """欧阳文静, a client of the advisor."""
    return advisor_database.write(
        lambda session, actor: make_client(session, actor, name="欧阳文静", tier="platinum")
    )


@pytest.fixture
def desk(advisor_database: Database) -> Iterator[Surroundings]:
    yield from _desk(advisor_database)


@pytest.fixture
def manager_desk(file_database: Database, file_people: Any) -> Iterator[Surroundings]:
    yield from _desk(file_database.acting_as(file_people.manager))


def _desk(database: Database) -> Iterator[Surroundings]:
    jobs = Jobs(database, worker=AtOnce())
    book = database.read(load_code_book)
    yield Surroundings(jobs, book, Settings(), database.actor, lambda: NOW)
    jobs.close()
