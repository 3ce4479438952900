"""The program is killed while somebody types: drafts and what was confirmed are there."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from advisorcrm.app import Program
from advisorcrm.db.copies import check_database
from advisorcrm.db.database import Database, open_file
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter
from advisorcrm.services.contacts.contact_logs import list_contact_logs
from advisorcrm.services.drafts import list_drafts
from advisorcrm.views.contacts.contact_log_dialog import ContactLogDialog
from tests.e2e.conftest import window_of
from tests.e2e.person import Person
from tests.e2e.typist import TICK_MS
from tests.factories import KEY, make_client, people_of

ROOT = Path(__file__).resolve().parents[2]
LOST_SECONDS = 2.0
LOST_DIGITS = int(LOST_SECONDS * 1000 / TICK_MS)
"""The typist's ticks are the clock: on a machine that has no time for it they come later, too."""
NAME = "欧阳文静"


@dataclass
class Typist:
    """The child at work: what it told, and when."""

    place: Path
    what: str
    mark: str = ""
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.typist", str(self.place), self.what, self.mark],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def listen(self, enough: Callable[[], bool]) -> None:
        assert self.child.stdout is not None
        while not enough():
            line = self.child.stdout.readline()
            assert line, "the program ended by itself"
            self.told.append(line.split()[1])

    def kill(self) -> None:
        """At once. What was told before and not yet heard counts too."""
        self.child.kill()
        rest, _errors = self.child.communicate(timeout=60)
        self.told += [line.split()[1] for line in rest.splitlines()]


@pytest.fixture
def client_id(behind: Database) -> int:
    return behind.write(
        lambda session, _actor: make_client(session, people_of(session).advisor, name=NAME)
    )


def advisors_door(place: Path) -> Database:
    database = open_file(place, KEY)
    advisor = database.read(lambda session, _actor: people_of(session)).advisor
    return database.acting_as(advisor)


def draft_of(place: Path) -> str:
    database = advisors_door(place)
    try:
        assert check_database(database) == []
        drafts = database.read(list_drafts)
        return str(drafts[0].content["content"]) if drafts else ""
    finally:
        database.close()


def type_and_kill(place: Path, chance: random.Random) -> str:
    """Kill at any moment; returns the draft, which lacks two seconds at most."""
    before = len(draft_of(place))
    typist = Typist(place, "drafts")
    enough = LOST_DIGITS + chance.randrange(10, LOST_DIGITS)
    typist.listen(lambda: len(typist.told) >= enough)
    typist.kill()
    draft = draft_of(place)
    assert len(draft) - before >= len(typist.told) - LOST_DIGITS
    assert all(int(digit) == place_ % 10 for place_, digit in enumerate(draft[before:]))
    return draft


@pytest.mark.req("R35")
def test_a_kill_loses_two_seconds_of_typing_at_most_and_the_next_start_offers_the_rest(
    client_id: int, place: Path, enter: Callable[[str], Program], person: Person
) -> None:
    draft = type_and_kill(place, random.Random(1))
    window = window_of(enter("LSL0042"))
    person.waits_for(window.chips.isVisible)
    assert window.chips.told.label.text() == "恢复了 1 份草稿"
    person.click(window.chips.opened[0])
    form = person.sees(ContactLogDialog)
    person.waits_for(lambda: form.isActiveWindow() and form.client_id() == client_id)
    assert form.form.content.value() == draft


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_fifty_kills_never_lose_more_than_two_seconds(client_id: int, place: Path) -> None:
    chance = random.Random(2)
    for _kill in range(50):
        type_and_kill(place, chance)


def save_and_kill(place: Path, chance: random.Random, number: int) -> set[str]:
    """What the status bar had confirmed when the program was killed."""
    typist = Typist(place, "saves", f"k{number}")
    wanted = chance.randrange(1, 6)
    typist.listen(lambda: len(typist.told) >= wanted)
    with suppress(subprocess.TimeoutExpired):
        typist.child.wait(chance.uniform(0, 0.3))  # somewhere in the next one
    typist.kill()
    return set(typist.told)


def contents(place: Path) -> set[str]:
    database = advisors_door(place)
    try:
        assert check_database(database) == []
        logs = database.read(lambda s, a: list_contact_logs(s, a, ContactLogFilter(), limit=10_000))
        return {log.content for log in logs}
    finally:
        database.close()


def keeps_what_it_confirmed(place: Path, kills: int, seed: int) -> None:
    chance, confirmed = random.Random(seed), set()
    for number in range(kills):
        confirmed |= save_and_kill(place, chance, number)
        kept = contents(place)
        assert confirmed <= kept
        assert len(kept - confirmed) <= number + 1


def test_what_was_confirmed_as_saved_is_never_lost(client_id: int, place: Path) -> None:
    keeps_what_it_confirmed(place, kills=2, seed=1)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_sixty_kills_lose_nothing_that_was_confirmed(client_id: int, place: Path) -> None:
    keeps_what_it_confirmed(place, kills=60, seed=2)
