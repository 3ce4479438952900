"""Duties of week and month: undone they stay overdue, done they disappear."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

import pytest
from sqlalchemy import update

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.models import User
from advisorcrm.rules.duties import DUTIES
from advisorcrm.services.dues.dues import DueRow, list_dues
from advisorcrm.services.dues.duties import finish_duty, list_duties_done, note_duty, reopen_duty
from advisorcrm.services.dues.notifications import read_centre
from advisorcrm.services.dues.reminders import begin_look, claim_due
from advisorcrm.terms import DueKind
from tests.conftest import NOW, rows
from tests.factories import People

AUDIT, ANALYSIS, REPORT = (DueKind.FRIDAY_AUDIT, DueKind.MONTH_ANALYSIS, DueKind.CHURN_REPORT)
WEEK, NEXT_WEEK, DECEMBER = date(2026, 11, 16), date(2026, 11, 23), date(2026, 12, 1)
LATER = datetime(2026, 12, 9, 9, tzinfo=BRANCH_TIME)


@pytest.fixture
def since(database: Database) -> None:
    """Everybody has been there since Monday, 2026-11-16."""
    database.write(lambda s, _a: s.execute(update(User).values(since_on=WEEK)))


def owed(database: Database, who: Actor, at: datetime = LATER) -> list[DueRow]:
    found = database.acting_as(who).read(partial(list_dues, at=at, user_id=who.user_id))
    return sorted((row for row in found if row.kind in DUTIES), key=lambda row: row.due_on)


def done(database: Database, who: Actor, kind: DueKind, period: date, at: datetime = LATER) -> None:
    work = partial(finish_duty, user_id=who.user_id, kind=kind, period_on=period, now=at)
    database.acting_as(who).write(work)


@pytest.mark.req("R21", "R51", "R93")
@pytest.mark.usefixtures("since")
def test_an_undone_duty_stays_overdue_and_a_done_one_disappears(
    database: Database, people: People
) -> None:
    told = [(row.kind, row.due_on, row.days_late) for row in owed(database, people.advisor)]
    assert told == [(ANALYSIS, date(2026, 12, 1), 8), (REPORT, date(2026, 12, 7), 2)]
    audits = [row for row in owed(database, people.manager) if row.kind is AUDIT]
    assert [(row.due_on, row.is_overdue) for row in audits] == [
        (date(2026, 11, 20), True), (date(2026, 11, 27), True), (date(2026, 12, 4), True),
    ]  # fmt: skip
    assert date.fromordinal(audits[1].subject_id) == NEXT_WEEK
    done(database, people.manager, AUDIT, NEXT_WEEK)
    done(database, people.advisor, ANALYSIS, DECEMBER)
    left = [row.due_on for row in owed(database, people.manager) if row.kind is AUDIT]
    assert left == [date(2026, 11, 20), date(2026, 12, 4)]
    assert [row.kind for row in owed(database, people.advisor)] == [REPORT]
    assert [row.kind for row in owed(database, people.colleague)] == [ANALYSIS, REPORT]


@pytest.mark.usefixtures("since")
def test_who_did_what_for_which_period_and_when_is_recorded_and_can_be_taken_back(
    database: Database, people: People
) -> None:
    done(database, people.advisor, REPORT, DECEMBER)
    done(database, people.advisor, REPORT, DECEMBER)  # once more changes nothing
    columns = "user_id, kind, period_on, done_by_id, archived_at"
    (found,) = rows(database, f"SELECT {columns} FROM duty_done")
    me = people.advisor.user_id
    assert (*found[:2], str(found[2]), *found[3:]) == (me, "churn_report", "2026-12-01", me, None)
    back = partial(reopen_duty, user_id=me, kind=REPORT, period_on=DECEMBER, now=LATER)
    database.acting_as(people.advisor).write(back)
    assert REPORT in {row.kind for row in owed(database, people.advisor)}
    with pytest.raises(NotFoundError, match="没有记为完成"):
        database.acting_as(people.advisor).write(back)
    done(database, people.advisor, REPORT, DECEMBER)
    assert REPORT not in {row.kind for row in owed(database, people.advisor)}


def test_what_fell_due_before_somebody_came_is_not_owed(database: Database, people: People) -> None:
    assert owed(database, people.advisor) == []
    database.write(lambda s, _a: s.execute(update(User).values(since_on=date(2026, 12, 2))))
    assert [row.kind for row in owed(database, people.advisor)] == [REPORT]


@pytest.mark.usefixtures("since")
def test_who_leads_the_team_records_for_others_and_nobody_what_does_not_exist(
    database: Database, people: People
) -> None:
    def tried(who: Actor, whose: Actor, kind: DueKind, period: date) -> None:
        work = partial(finish_duty, user_id=whose.user_id, kind=kind, period_on=period, now=NOW)
        database.acting_as(who).write(work)

    with pytest.raises(NotAllowedError):
        tried(people.colleague, people.advisor, REPORT, date(2026, 11, 1))
    with pytest.raises(NotFoundError):
        tried(people.advisor, people.advisor, AUDIT, WEEK)
    with pytest.raises(InvalidFieldError, match="周一"):
        tried(people.manager, people.manager, AUDIT, date(2026, 11, 20))
    with pytest.raises(InvalidFieldError, match="还没有开始"):
        tried(people.advisor, people.advisor, REPORT, date(2026, 12, 1))
    tried(people.manager, people.advisor, REPORT, date(2026, 11, 1))
    assert rows(database, "SELECT done_by_id FROM duty_done") == [(people.manager.user_id,)]


@pytest.mark.usefixtures("since")
def test_the_centre_tells_of_each_period_and_lets_the_done_one_go(
    database: Database, people: People
) -> None:
    mine = database.acting_as(people.manager)
    look = mine.read(partial(begin_look, at=LATER))
    mine.write(partial(claim_due, look=look))

    def waiting() -> list[date]:
        lines = mine.read(partial(read_centre, look=look)).lines
        return [line.due_on for line in lines if line.kind is AUDIT and line.waits]

    assert waiting() == [date(2026, 11, 20), date(2026, 11, 27), date(2026, 12, 4)]
    done(database, people.manager, AUDIT, WEEK)
    assert waiting() == [date(2026, 11, 27), date(2026, 12, 4)]


@pytest.mark.req("R21", "R51")
@pytest.mark.usefixtures("since")
def test_what_was_done_stays_listed_when_it_is_taken_back(
    database: Database, people: People
) -> None:
    done(database, people.manager, AUDIT, WEEK, NOW)
    done(database, people.advisor, ANALYSIS, date(2026, 11, 1), NOW)
    boss, mine = database.acting_as(people.manager), database.acting_as(people.advisor)
    back = {"user_id": people.manager.user_id, "kind": AUDIT, "period_on": WEEK, "now": LATER}
    boss.write(partial(reopen_duty, **back))
    listed = boss.read(partial(list_duties_done, since=date(2026, 11, 1)))
    assert [(row.kind, row.user_name, row.done_by, row.taken_back_at) for row in listed] == [
        (AUDIT, "方静", "方静", LATER), (ANALYSIS, "林若溪", "林若溪", None),
    ]  # fmt: skip
    assert [row.period_on for row in listed] == [WEEK, date(2026, 11, 1)]
    assert [row.kind for row in mine.read(partial(list_duties_done, since=WEEK))] == []
    [own] = mine.read(partial(list_duties_done, since=date(2026, 11, 1)))
    mine.write(partial(note_duty, duty_id=own.id, note="周岚代做，电话 13900000458"))
    [own] = mine.read(partial(list_duties_done, since=date(2026, 11, 1)))
    assert own.note == "周岚代做，电话 139****0458"
    mine.write(partial(note_duty, duty_id=own.id, note=own.note + "。"))
    assert rows(database, "SELECT note FROM duty_done WHERE note <> ''") == [
        ("周岚代做，电话 13900000458。",)
    ]
    with pytest.raises(NotFoundError):
        mine.write(partial(note_duty, duty_id=listed[0].id, note="别人的"))
    assert (own.kind, own.done_at) == (ANALYSIS, NOW)
