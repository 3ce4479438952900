"""Fault 36: a reminder is neither lost nor told twice, whatever crashes, sleeps or jumps."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.claims import claim_reminders
from advisorcrm.db.copies import make_copy
from advisorcrm.db.database import Database, open_file
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.models import Reminder
from advisorcrm.services.dues.notifications import read_centre
from advisorcrm.services.dues.reminders import Claimed, Look, claim_due, has_news
from advisorcrm.terms import DueKind, ReminderState
from tests.conftest import CHEAP
from tests.factories import KEY, People, make_client, make_log

MONDAY = datetime(2026, 11, 23, 9, tzinfo=BRANCH_TIME)


def steps(database: Database, people: People, *days: date) -> None:
    """Next steps of the advisor with a client each."""

    def fill(session: Session, _actor: Actor) -> None:
        for day in days:
            client = make_client(session, people.advisor)
            make_log(session, people.advisor, client, next_on=day,
                     contacted_at=datetime(2026, 1, 5, tzinfo=BRANCH_TIME))  # fmt: skip

    database.write(fill)


def beat(database: Database, people: People, at: datetime) -> Claimed:
    """One heartbeat on the advisor's computer."""
    own = database.acting_as(people.advisor)
    if not own.read(partial(has_news, look=Look(at))):
        return Claimed()
    return own.write(partial(claim_due, look=Look(at)))


def waiting(database: Database, people: People, at: datetime) -> list[tuple[DueKind, int]]:
    centre = database.acting_as(people.advisor).read(partial(read_centre, look=Look(at)))
    return [(line.kind, line.count) for line in centre.lines if line.group is ReminderState.TO_DO]


class CrashedError(Exception):
    """The program is gone."""


@pytest.mark.req("F36")
def test_a_crash_before_the_claim_is_kept_loses_nothing(database: Database, people: People) -> None:
    steps(database, people, MONDAY.date())

    def crash(session: Session, actor: Actor) -> None:
        assert claim_due(session, actor, Look(MONDAY)).count == 1
        raise CrashedError

    with pytest.raises(CrashedError):
        database.acting_as(people.advisor).write(crash)
    assert waiting(database, people, MONDAY) == []
    assert beat(database, people, MONDAY).count == 1


@pytest.mark.req("F36")
def test_a_crash_between_claim_and_pop_up_leaves_the_line_in_the_centre(
    database: Database, people: People
) -> None:
    steps(database, people, MONDAY.date())
    beat(database, people, MONDAY)  # and the pop-up never came
    assert beat(database, people, MONDAY + timedelta(minutes=5)) == Claimed()
    assert waiting(database, people, MONDAY + timedelta(minutes=5)) == [(DueKind.NEXT_STEP, 1)]


@pytest.mark.req("F36")
def test_of_what_two_computers_have_found_only_the_first_claim_counts(
    database: Database, people: People
) -> None:
    steps(database, people, MONDAY.date())
    beat(database, people, MONDAY)

    def found_too(session: Session, _actor: Actor, not_after: datetime) -> int:
        kept = session.execute(select(Reminder.__table__)).mappings().one()
        row = {name: kept[name] for name in kept if name not in ("id", "done_at", "snoozed_until")}
        return len(claim_reminders(session, [row], not_after=not_after))

    right, wrong = MONDAY + timedelta(days=1), MONDAY - timedelta(days=1)
    assert database.write(partial(found_too, not_after=right)) == 0
    assert database.write(partial(found_too, not_after=wrong)) == 1  # the clock stood wrong
    done = update(Reminder).values(done_at=MONDAY)
    database.write(lambda session, _actor: session.execute(done))
    assert database.write(partial(found_too, not_after=wrong)) == 0


@pytest.mark.req("F15")
def test_after_a_year_of_sleep_all_is_told_once_in_one_line(
    database: Database, people: People
) -> None:
    later = MONDAY + timedelta(days=365)
    steps(database, people, *(MONDAY.date() + timedelta(days=day) for day in range(1, 41)))
    steps(database, people, later.date())
    told = beat(database, people, later)
    assert (told.count, told.pop_ups) == (41 + _visits(later), ())
    assert beat(database, people, later + timedelta(minutes=1)) == Claimed()
    lines = waiting(database, people, later)
    assert [count for kind, count in lines if kind is DueKind.NEXT_STEP] == [40, 1]


def _visits(at: datetime) -> int:
    """Three visits are due in the afternoon of a working day."""
    return int(at.hour >= 15 and at.weekday() < 5)


@pytest.mark.req("F15")
def test_a_clock_set_back_and_put_right_repeats_nothing(database: Database, people: People) -> None:
    steps(database, people, MONDAY.date(), MONDAY.date() + timedelta(days=1))
    assert beat(database, people, MONDAY).count == 1
    for hours in (-1, -30, -24 * 30, 0):
        assert beat(database, people, MONDAY + timedelta(hours=hours)) == Claimed()
    assert beat(database, people, MONDAY + timedelta(days=1)).count == 1


@pytest.mark.req("F15")
def test_what_a_clock_far_ahead_has_claimed_is_told_on_its_own_day(
    database: Database, people: People
) -> None:
    steps(database, people, MONDAY.date() + timedelta(days=1))
    assert beat(database, people, MONDAY + timedelta(days=800)).count == 1
    assert beat(database, people, MONDAY) == Claimed()
    assert beat(database, people, MONDAY + timedelta(days=1)).count == 1
    assert beat(database, people, MONDAY + timedelta(days=1, minutes=1)) == Claimed()


@pytest.mark.req("F17")
def test_an_older_copy_put_back_does_not_flood(
    file_database: Database, file_people: People
) -> None:
    days = [MONDAY.date() - timedelta(days=day) for day in range(8, 48)]
    steps(file_database, file_people, *days, MONDAY.date())
    assert file_database.path is not None
    Vault.create(vault_path(file_database.path), secret=KEY, cost=CHEAP)
    copy = make_copy(file_database, now=MONDAY)
    assert beat(file_database, file_people, MONDAY).count == 41
    restored = open_file(copy, KEY)
    try:
        again = beat(restored, file_people, MONDAY + timedelta(hours=1))
        assert again.pop_ups == ()
        assert waiting(restored, file_people, MONDAY) == [
            (DueKind.NEXT_STEP, 40), (DueKind.NEXT_STEP, 1),
        ]  # fmt: skip
        assert beat(restored, file_people, MONDAY + timedelta(hours=2)) == Claimed()
    finally:
        restored.close()


@pytest.mark.req("F36")
def test_of_two_computers_that_look_at_once_one_tells(database: Database, people: People) -> None:
    steps(database, people, *[MONDAY.date()] * 20)
    start = threading.Barrier(2)
    told: list[int] = []

    def computer() -> None:
        start.wait()
        own = database.acting_as(people.advisor)
        told.append(own.write(partial(claim_due, look=Look(MONDAY))).count)

    computers = [threading.Thread(target=computer) for _one in range(2)]
    for one in computers:
        one.start()
    for one in computers:
        one.join(30)
    assert sum(told) == 20
    assert len(waiting(database, people, MONDAY)) == 20
