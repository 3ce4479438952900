"""Surroundings of one person for dialogs and pages, everything answered at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import Settings
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.surroundings import Surroundings
from tests.factories import NOW

Desk = Callable[..., Surroundings]


@contextmanager
def desks(database: Database) -> Iterator[Desk]:
    """Makes a desk for a person, at an instant; all are closed at the end."""
    opened: list[Jobs] = []

    def make(who: Actor, now: datetime = NOW) -> Surroundings:
        mine = database.acting_as(who)
        opened.append(Jobs(mine, worker=AtOnce()))
        book = mine.read(load_code_book)
        return Surroundings(opened[-1], book, Settings(), mine.actor, lambda: now)

    yield make
    for jobs in opened:
        jobs.close()
