"""The people of the branch at the database, and clients by their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from tests.factories import People, make_client


@pytest.fixture
def mine(database: Database, people: People) -> Database:
    """The database in the advisor's hands."""
    return database.acting_as(people.advisor)


@pytest.fixture
def manager(database: Database, people: People) -> Database:
    """The database in the manager's hands."""
    return database.acting_as(people.manager)


@pytest.fixture
def make(database: Database, people: People) -> Callable[..., int]:
    """Makes a client of that name, the advisor's unless another is named; the id."""

    def one(name: str, owner: Actor | None = None, **values: Any) -> int:
        who = owner or people.advisor
        return database.write(lambda s, a: make_client(s, who, name=name, **values))

    return one
