"""Reminders: claimed once each, shown in the centre, put off, done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.db.copies import LastCopy
from advisorcrm.db.database import Database
from advisorcrm.errors import NotFoundError
from advisorcrm.models import Reminder
from advisorcrm.rules.reminding import DEFAULT_RULES, KindRule, ReminderWay
from advisorcrm.services.dues.notifications import (
    CentreState,
    Notification,
    read_centre,
)
from advisorcrm.services.dues.reminders import (
    Claimed,
    Look,
    PopUp,
    begin_look,
    claim_due,
    finish_reminder,
    has_news,
    snooze_reminder,
)
from advisorcrm.terms import ClientKind, DueKind, ReminderState, Sex
from tests.conftest import TODAY
from tests.factories import People, make_client, make_log
from tests.statements import statements_of

STEPS = "ix_contact_log_author_id_next_on_next_at (author_id=? AND next_on>? AND next_on<?)"
POPPING = DEFAULT_RULES | {DueKind.NEXT_STEP: KindRule(way=ReminderWay.BOTH)}


def local(day: int, hour: int = 9, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BRANCH_TIME)


class Centre:
    """One person before the notification centre."""

    def __init__(self, database: Database, actor: Actor, **rules: Any) -> None:
        self.database = database.acting_as(actor)
        self.rules = rules.get("rules", DEFAULT_RULES)

    def at(self, at: datetime) -> Look:
        return Look(at, self.rules)

    def claim(self, at: datetime) -> Claimed:
        """As the heartbeat does it: a look, and a claim only if there is something."""
        if not self.database.read(partial(has_news, look=self.at(at))):
            return Claimed()
        return self.database.write(partial(claim_due, look=self.at(at)))

    def lines(self, at: datetime, group: ReminderState = ReminderState.TO_DO) -> list[Notification]:
        return [line for line in self.read(at).lines if line.group is group]

    def read(self, at: datetime) -> CentreState:
        return self.database.read(partial(read_centre, look=self.at(at)))


@pytest.fixture
def centre(database: Database, people: People) -> Centre:
    return Centre(database, people.advisor, rules=POPPING)


@pytest.fixture
def step(database: Database, people: People) -> Callable[..., int]:
    """A client of the advisor with a next step."""

    def make(on: date, at: time | None = None, **client: Any) -> int:
        def fill(session: Session, _actor: Actor) -> int:
            key = make_client(session, people.advisor, **client)
            make_log(session, people.advisor, key, contacted_at=local(1, month=10),
                     next_on=on, next_at=at, next_note="发送周报")  # fmt: skip
            return key

        return database.write(fill)

    return make


@pytest.mark.req("R22")
def test_a_reminder_comes_once_at_its_hour_with_a_surname_at_most(
    centre: Centre, step: Callable[..., int]
) -> None:
    step(date(2026, 11, 23), time(14, 30), name="欧阳文静", sex=Sex.FEMALE)
    step(date(2026, 11, 23), name="陈志强", sex=Sex.MALE)
    assert centre.claim(local(23, 8, 59)) == Claimed()
    first = centre.claim(local(23, 9))
    assert first == Claimed(1, (PopUp(DueKind.NEXT_STEP, "陈先生", date(2026, 11, 23), ""),))
    assert centre.claim(local(23, 9, 1)) == Claimed()
    assert centre.claim(local(23, 14, 19)) == Claimed()
    assert centre.claim(local(23, 14, 20)).pop_ups[0].name == "欧阳女士"
    assert [line.title for line in centre.lines(local(23, 14, 21))] == ["陈志强", "欧阳文静"]
    assert centre.claim(local(24, 9)).pop_ups == ()


def test_what_a_wrong_clock_told_is_told_again_and_what_was_dealt_with_is_not(
    database: Database, centre: Centre, step: Callable[..., int]
) -> None:
    for name in ("陈志强", "欧阳文静"):
        step(date(2026, 11, 23), name=name)
    assert centre.claim(local(23, month=12)).count == 2  # the clock is a month ahead
    told = {line.title: line.id for line in centre.lines(local(23, month=12))}
    now, later = local(23, month=12), local(23, 10, month=12)
    centre.database.write(partial(finish_reminder, reminder_id=told["陈志强"], now=now))
    centre.database.write(partial(snooze_reminder, reminder_id=told["欧阳文静"], until=later))
    assert centre.claim(local(23, 9)).pop_ups[0].name.startswith("欧阳")
    assert centre.claim(local(23, 9, 1)) == Claimed()
    assert [line.title for line in centre.lines(local(23, 9, 1))] == ["欧阳文静"]


def test_a_look_reads_no_client_and_no_conversation_of_what_was_told(
    database: Database, centre: Centre, step: Callable[..., int]
) -> None:
    step(date(2026, 11, 23))
    centre.claim(local(23))
    engine = database.reading_engine
    with statements_of(engine) as asked:
        assert not centre.database.read(partial(has_news, look=centre.at(local(23, 9, 1))))
    if database.engine_name == "sqlite":
        whole = max(asked, key=len)
        with engine.connect() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {whole}").all()
        steps = [row[3] for row in plan]
        assert f"SEARCH contact_log USING INDEX {STEPS}" in steps[3]
        claims = [step for step in steps if "SEARCH reminder USING COVERING INDEX" in step]
        assert len(claims) >= 10
        by_advisor = ("ix_client_advisor_id_risk", "ix_client_advisor_id_id")
        rows = [step for step in steps if "client USING INDEX ix_client_advisor_id" in step]
        assert all(any(name in step for name in by_advisor) for step in rows)


def test_each_step_before_an_end_is_told_and_the_centre_shows_the_last(
    database: Database, people: People, centre: Centre
) -> None:
    database.write(lambda s, _a: make_client(s, people.advisor, risk_expires_on=date(2026, 12, 21)))
    saturdays = [local(day, month=month) for month, day in ((10, 24), (11, 21), (12, 19), (12, 26))]
    assert [centre.claim(at).count for at in saturdays] == [1, 1, 1, 1]
    assert [centre.claim(at + timedelta(hours=5)).count for at in saturdays] == [0, 0, 0, 0]
    (line,) = centre.lines(saturdays[-1])
    assert (line.reason, line.days_late) == ("风险测评 2026-12-21 到期，请约客户重做", 5)


def test_what_is_dealt_with_is_only_told_of_any_more(
    database: Database, people: People, centre: Centre, step: Callable[..., int]
) -> None:
    client = step(TODAY)
    centre.claim(local(20))
    assert len(centre.lines(local(20))) == 1
    database.write(lambda s, _a: make_log(s, people.advisor, client, contacted_at=local(20, 10)))
    assert centre.lines(local(20, 11)) == []
    assert len(centre.lines(local(20, 11), ReminderState.TOLD)) == 1
    assert centre.lines(local(28, 11), ReminderState.TOLD) == []


@pytest.mark.parametrize("times", [1, 2])
def test_what_is_put_off_leaves_the_centre_and_comes_again_then(
    centre: Centre, step: Callable[..., int], times: int
) -> None:
    step(TODAY, name="陈志强")
    centre.claim(local(20))
    for hour in range(10, 10 + times):
        (line,) = centre.lines(local(20, hour))
        snooze = partial(snooze_reminder, reminder_id=line.id, until=local(20, hour, 30))
        centre.database.write(snooze)
        assert centre.lines(local(20, hour, 29)) == []
        assert centre.claim(local(20, hour, 29)) == Claimed()
        again = centre.claim(local(20, hour, 30))
        assert (again.count, [one.name for one in again.pop_ups]) == (1, ["陈客户"])
        assert centre.claim(local(20, hour, 31)) == Claimed()


def test_what_was_put_off_by_a_clock_that_stood_wrong_comes_again_when_it_is_right(
    centre: Centre, step: Callable[..., int]
) -> None:
    step(TODAY, name="陈志强")
    centre.claim(local(20))
    (line,) = centre.lines(local(20))
    a_year_ahead = local(20, 10).replace(year=2027)
    centre.database.write(partial(snooze_reminder, reminder_id=line.id, until=a_year_ahead))
    assert centre.lines(local(20, 11)) == []
    assert centre.claim(local(20, 11)).count == 1
    assert [one.title for one in centre.lines(local(20, 11))] == ["陈志强"]
    assert centre.claim(local(20, 11, 1)) == Claimed()


def test_what_was_put_off_and_dealt_with_meanwhile_is_not_told_again(
    centre: Centre, step: Callable[..., int], people: People
) -> None:
    client = step(TODAY)
    centre.claim(local(20))
    (line,) = centre.lines(local(20))
    centre.database.write(partial(snooze_reminder, reminder_id=line.id, until=local(20, 10, 30)))
    centre.database.write(
        lambda session, _a: make_log(session, people.advisor, client, contacted_at=local(20, 10))
    )
    assert centre.claim(local(20, 10, 30)) == Claimed()
    assert centre.lines(local(20, 10, 31)) == []


def test_what_is_due_stays_in_the_centre_however_much_was_dealt_with_since(
    centre: Centre, step: Callable[..., int], people: People
) -> None:
    step(TODAY)
    centre.claim(local(20))
    (waiting,) = centre.lines(local(20))

    def deal_with_many(session: Session, actor: Actor) -> None:
        session.add_all(
            Reminder(
                user_id=actor.user_id, kind=DueKind.TASK, subject_id=9_000 + number, due_on=TODAY,
                state=ReminderState.TO_DO, claimed_at=local(21) + timedelta(seconds=number),
            )
            for number in range(600)
        )  # fmt: skip

    centre.database.write(deal_with_many)
    (line,) = centre.lines(local(22))
    assert line.id == waiting.id
    assert [one.id for one in centre.lines(local(10, month=12))] == [waiting.id]


def test_who_knows_is_not_told_again(centre: Centre, step: Callable[..., int]) -> None:
    step(TODAY)
    centre.claim(local(20))
    (line,) = centre.lines(local(20))
    centre.database.write(partial(finish_reminder, reminder_id=line.id, now=local(20)))
    assert centre.lines(local(20)) == []
    assert centre.claim(local(27)) == Claimed()
    with pytest.raises(NotFoundError):
        centre.database.write(partial(finish_reminder, reminder_id=line.id + 1, now=local(20)))


@pytest.mark.req("R16")
def test_nobody_touches_the_reminders_of_another(
    database: Database, people: People, centre: Centre, step: Callable[..., int]
) -> None:
    step(TODAY)
    centre.claim(local(20))
    (line,) = centre.lines(local(20))
    manager = Centre(database, people.manager)
    with pytest.raises(NotFoundError):
        manager.database.write(partial(finish_reminder, reminder_id=line.id, now=local(20)))
    assert manager.claim(local(20)).count == 1
    assert [line.kind for line in manager.lines(local(20))] == [DueKind.FRIDAY_AUDIT]


def test_lead_hour_and_way_are_the_persons_own_choice(
    database: Database, people: People, step: Callable[..., int]
) -> None:
    step(date(2026, 11, 24))
    early = KindRule((1,), time(8, 30), 10, ReminderWay.TRAY)
    centre = Centre(database, people.advisor, rules=DEFAULT_RULES | {DueKind.NEXT_STEP: early})
    assert centre.claim(local(23, 8, 29)) == Claimed()
    assert len(centre.claim(local(23, 8, 30)).pop_ups) == 1
    assert centre.lines(local(23, 9)) == []
    assert len(centre.lines(local(23, 9), ReminderState.TOLD)) == 1


def test_what_comes_later_today_is_known_by_time_and_surname(
    centre: Centre, step: Callable[..., int]
) -> None:
    step(date(2026, 11, 21), time(14, 30), name="陈志强", sex=Sex.MALE)
    step(date(2026, 11, 21), time(15), name="大明公司", kind=ClientKind.INSTITUTION)
    step(date(2026, 11, 22), time(14, 30))
    coming, other = centre.read(local(21)).coming
    assert coming.tell_at == local(21, 14, 20)
    assert (coming.pop_up.name, other.pop_up.name, coming.pops) == ("陈先生", "机构客户", True)
    assert centre.read(local(21, 14, 25)).ends == (local(21, 14, 30), local(21, 15))
    assert centre.read(local(21, 15, 1)).ends == ()
    assert centre.claim(coming.tell_at).pop_ups == (coming.pop_up,)


@pytest.mark.req("R22", "R29")
def test_a_next_step_with_an_hour_pops_up_as_the_appointment_it_is(
    database: Database, people: People, step: Callable[..., int]
) -> None:
    step(date(2026, 11, 23), time(14, 30), name="欧阳文静", sex=Sex.FEMALE)
    step(date(2026, 11, 23), name="陈志强", sex=Sex.MALE)
    centre = Centre(database, people.advisor)
    assert centre.claim(local(23, 9)) == Claimed(1)
    (pop_up,) = centre.claim(local(23, 14, 20)).pop_ups
    assert (pop_up.name, pop_up.clock) == ("欧阳女士", "14:30")
    quiet = DEFAULT_RULES | {DueKind.APPOINTMENT: KindRule()}
    coming = Centre(database, people.advisor, rules=quiet).read(local(23, 10)).coming
    steps = [one.pops for one in coming if one.pop_up.kind is DueKind.NEXT_STEP]
    assert steps == [False]


def test_a_look_each_minute_sees_what_comes_with_the_hour_and_with_the_minute(
    database: Database, people: People, centre: Centre, step: Callable[..., int]
) -> None:
    step(date(2026, 11, 21), time(9, 13))
    database.write(lambda s, _a: make_client(s, people.advisor, risk_expires_on=date(2026, 12, 21)))
    look = centre.database.read(partial(begin_look, at=local(21, 8, 57)))
    news = []
    for minute in range(57, 66):
        now = replace(look, at=local(21, 8) + timedelta(minutes=minute))
        news.append(centre.database.read(partial(has_news, look=now)))
        if news[-1]:
            assert centre.database.write(partial(claim_due, look=now)).count == 1
    assert [minute for minute, is_new in enumerate(news, 57) if is_new] == [60, 63]


def test_a_copy_that_is_missing_is_a_matter_of_the_system(
    database: Database, people: People
) -> None:
    look = Look(local(20), copied=LastCopy(local(18)))
    administrator = database.acting_as(people.administrator)
    assert administrator.write(partial(claim_due, look=look)).count == 1
    (line,) = administrator.read(partial(read_centre, look=look)).lines
    assert (line.group, line.title) == (ReminderState.SYSTEM, "备份")
