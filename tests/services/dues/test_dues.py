"""The one list of everything with a date; the clock stands at Friday 2026-11-20, 14:20."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME, columns_of
from advisorcrm.db.actor import Actor
from advisorcrm.db.copies import LastCopy
from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError
from advisorcrm.models import Handover, Seat
from advisorcrm.services.allocations.handovers import NewHandover, hand_over, undo_handover
from advisorcrm.services.care.care_records import NewCareRecord, record_care
from advisorcrm.services.days.absences import NewAbsence, archive_absence, enter_absence
from advisorcrm.services.dues.due_board import open_due_board
from advisorcrm.services.dues.dues import DueRow, list_dues
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.services.seats.client_rooms import NewRoom, add_room
from advisorcrm.services.seats.seat_uses import NewSeatUse, assign_seat, set_conditions
from advisorcrm.services.visits.visit_suggestions import open_visit_board
from advisorcrm.terms import CareKind, CareWay, DueKind, RiskLevel
from tests.conftest import NOW, TODAY
from tests.factories import People, make_client, make_log, set_parameter

SATURDAY = NOW + timedelta(days=1)


def local(day: int, hour: int = 9, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BRANCH_TIME)


def given(session: Session, people: People, client: int) -> None:
    """A client of the advisor goes to the colleague."""
    new = NewHandover(str(uuid4()), ((client, people.colleague.user_id),), "调岗")
    hand_over(session, people.manager, new, now=NOW)


def asked(
    database: Database, who: Actor, *kinds: DueKind, at: datetime = NOW, **more: Any
) -> list[DueRow]:
    """What is due of some kinds, of all without."""
    rows = database.acting_as(who).read(partial(list_dues, at=at, **more))
    return [row for row in rows if not kinds or row.kind in kinds]


@pytest.mark.req("R22")
def test_a_next_step_is_due_on_its_day_and_overdue_after_it(
    database: Database, people: People
) -> None:
    def fill(session: Session, _actor: Actor) -> None:
        client = make_client(session, people.advisor, name="欧阳文静")
        make_log(session, people.advisor, client, next_on=date(2026, 11, 24),
                 next_at=time(14, 30), next_note="发送周报 13900000458")  # fmt: skip

    database.write(fill)
    step = DueKind.NEXT_STEP
    assert asked(database, people.advisor, step) == []
    assert [row.due_on for row in asked(database, people.advisor, step, until=date(2026, 11, 27))
            ] == [date(2026, 11, 24)]  # fmt: skip
    (row,) = asked(database, people.advisor, step, at=local(24))
    assert (row.title, row.reason) == ("欧阳文静", "约定的下一步：发送周报 139****0458")
    assert (row.due_time, row.is_overdue, row.days_late) == (time(14, 30), False, None)
    assert row.due_at == local(24, 14, 30)
    (row,) = asked(database, people.advisor, step, at=local(24, 14, 30))
    assert (row.is_overdue, row.days_late) == (True, 0)
    (row,) = asked(database, people.advisor, step, at=local(27))
    assert (row.is_overdue, row.days_late) == (True, 3)


def test_the_list_says_how_late_once() -> None:
    labels = [column.column.label for column in columns_of(DueRow)]
    assert [label for label in labels if "逾期" in label] == ["逾期天数"]


@pytest.mark.req("R22")
def test_a_step_is_done_when_somebody_speaks_to_the_client_on_its_day_or_later(
    database: Database, people: People
) -> None:
    def fill(session: Session, _actor: Actor) -> None:
        for on, at, note in (
            (date(2026, 11, 18), None, "谈过"),
            (date(2026, 11, 20), time(9), "当天早些"),
            (date(2026, 11, 20), time(16), "当天晚些"),
            (date(2026, 11, 21), None, "明天"),
        ):
            client = make_client(session, people.advisor)
            make_log(session, people.advisor, client, contacted_at=local(17),
                     next_on=on, next_at=at, next_note=note)  # fmt: skip
            make_log(session, people.manager, client, contacted_at=local(20, 14))

    database.write(fill)
    rows = asked(database, people.advisor, DueKind.NEXT_STEP, at=SATURDAY)
    assert [row.reason.partition("：")[2] for row in rows] == ["当天晚些", "明天"]


def test_steps_go_with_a_client_to_the_new_advisor(database: Database, people: People) -> None:
    def fill(session: Session, _actor: Actor) -> None:
        client = make_client(session, people.advisor, name="许婉清")
        make_log(session, people.advisor, client, contacted_at=local(19), next_on=TODAY)
        given(session, people, client)

    database.write(fill)
    assert asked(database, people.advisor, DueKind.NEXT_STEP) == []
    (step,) = asked(database, people.colleague, DueKind.NEXT_STEP)
    assert (step.title, step.person) == ("许婉清", "周岚")


@pytest.mark.req("R218")
def test_the_first_contact_after_a_hand_over_is_due_within_a_week(
    database: Database, people: People
) -> None:
    def fill(session: Session, _actor: Actor) -> int:
        client = make_client(session, people.advisor)
        given(session, people, client)
        return client

    client = database.write(fill)
    first = DueKind.FIRST_CONTACT
    assert asked(database, people.colleague, first, at=local(23)) == []
    (row,) = asked(database, people.colleague, first, at=local(24))
    assert (row.due_on, row.client_id, row.step) == (date(2026, 11, 27), client, 3)
    (late,) = asked(database, people.colleague, first, at=local(30))
    assert (late.is_overdue, late.days_late, late.step) == (True, 3, -1)

    def again(session: Session, _actor: Actor) -> None:
        """Given back, and to the same colleague once more."""
        handover = session.scalars(select(Handover.id)).one()
        undo_handover(session, people.manager, handover, now=NOW)
        given(session, people, client)

    database.write(again)
    (_one,) = asked(database, people.colleague, first, at=local(30))  # not for each of them
    database.write(lambda s, _a: make_log(s, people.colleague, client, contacted_at=NOW))
    assert asked(database, people.colleague, first, at=local(30)) == []


@pytest.mark.req("R204")
def test_a_new_client_is_called_after_a_month_by_somebody_else_than_the_advisor(
    database: Database, people: People
) -> None:
    def fill(session: Session, _actor: Actor) -> tuple[int, int]:
        make_client(session, people.advisor, opened_on=date(2015, 3, 1))
        make_client(session, people.advisor, opened_on=date(2026, 11, 19))
        ids = [make_client(session, people.advisor, opened_on=date(2026, 10, day))
               for day in (20, 31)]  # fmt: skip
        make_log(session, people.advisor, ids[0])
        make_log(session, people.manager, ids[0], contacted_at=local(2))
        return ids[0], ids[1]

    called, other = database.write(fill)
    call = DueKind.NEW_CLIENT_CALL
    assert [(row.client_id, row.due_on) for row in asked(database, people.manager, call)] == [
        (called, date(2026, 11, 20))
    ]
    month_end = asked(database, people.manager, call, at=local(27))
    assert [(row.client_id, row.due_on) for row in month_end][1:] == [(other, date(2026, 11, 30))]
    assert asked(database, people.advisor, call) == []
    database.write(lambda s, _a: make_log(s, people.manager, called))
    assert asked(database, people.manager, call) == []


@pytest.mark.parametrize(
    ("day", "step"), [(date(2027, 1, 20), None), (date(2027, 1, 19), 60), (date(2026, 12, 20), 30),
                      (date(2026, 11, 27), 7), (date(2026, 11, 20), 7), (date(2026, 11, 19), -1)]
)  # fmt: skip
def test_tests_run_out_in_steps_of_60_30_and_7_days(
    database: Database, people: People, day: date, step: int | None
) -> None:
    database.write(lambda s, _a: make_client(s, people.advisor, risk_expires_on=day))
    database.write(
        lambda s, _a: make_client(s, people.advisor, risk_expires_on=day, is_restricted=True)
    )
    found = [row.step for row in asked(database, people.advisor, DueKind.RISK_TEST)]
    assert found == ([] if step is None else [step])


def test_documents_and_seats_run_out_too_but_nothing_permanent(
    database: Database, people: People
) -> None:
    def fill(session: Session, _actor: Actor) -> None:
        make_client(session, people.advisor, id_expires_on=TODAY, id_is_permanent=True)
        client = make_client(session, people.advisor, id_expires_on=date(2027, 1, 19))
        room = add_room(session, people.manager, NewRoom("大户室", 1, 2))
        place = session.scalars(select(Seat.id).where(Seat.client_room_id == room)).first()
        assert place is not None
        seat = NewSeatUse(client, place, "P-001", date(2026, 9, 25))
        use = assign_seat(session, people.advisor, seat, today=date(2026, 9, 25))
        set_conditions(session, people.advisor, use, meets=False, today=date(2026, 9, 25))

    database.write(fill)
    document, seat = DueKind.ID_DOCUMENT, DueKind.SEAT_TRANSITION
    assert [(row.kind, row.due_on, row.step)
            for row in asked(database, people.advisor, document, seat)] == [
        (seat, date(2026, 11, 25), 7), (document, date(2027, 1, 19), 60),
    ]  # fmt: skip


def test_the_branchs_steps_before_the_end_of_a_test_hold_for_everything_that_tells_of_it(
    database: Database, people: People
) -> None:
    ends = date(2027, 1, 10)  # in 51 days

    def fill(session: Session, _actor: Actor) -> int:
        client = make_client(session, people.advisor, risk_level=RiskLevel.C3, risk_expires_on=ends)
        make_log(session, people.advisor, client)
        return client

    client = database.write(fill)
    mine, test = database.acting_as(people.advisor), DueKind.RISK_TEST

    def told() -> list[object]:
        board = mine.read(partial(open_due_board, now=NOW))
        file = mine.read(partial(open_client_file, client_id=client, today=TODAY))
        visits = mine.read(partial(open_visit_board, today=TODAY + timedelta(days=3)))
        return [
            [row.step for row in asked(database, people.advisor, test)],
            [row.step for row in board.rows if row.kind is test],
            file.risk_warning_days,
            any("风险测评" in "".join(row.reasons) for row in visits.suggested),
        ]

    assert told() == [[60], [60], 60, True]
    set_parameter(database, people, "risk_reminders", "40,5")
    assert told() == [[], [], 40, False]
    assert asked(database, people.advisor, test, at=local(5, month=12))[0].step == 40


@pytest.mark.req("R33")
def test_visits_are_due_on_working_days_until_three_different_clients_were_spoken_to(
    database: Database, people: People
) -> None:
    def speak(count: int) -> None:
        def fill(session: Session, _actor: Actor) -> None:
            for _one in range(count):
                client = make_client(session, people.advisor)
                make_log(session, people.advisor, client)
                make_log(session, people.advisor, client)

        database.write(fill)

    visits = DueKind.DAILY_VISITS
    speak(2)
    (row,) = asked(database, people.advisor, visits)
    assert (row.title, row.reason, row.is_overdue) == ("林若溪", "今日三访已完成 2 户", False)
    assert asked(database, people.advisor, visits, at=local(20, 16, 30))[0].is_overdue
    assert asked(database, people.advisor, visits, at=SATURDAY) == []
    assert [row.person for row in asked(database, people.manager, visits)] == ["林若溪", "周岚"]
    speak(1)
    assert asked(database, people.advisor, visits) == []


def test_a_copy_that_is_a_day_old_is_told_to_who_looks_after_copies(
    database: Database, people: People
) -> None:
    old = NOW - timedelta(hours=25)
    copied = LastCopy(old)
    (row,) = asked(database, people.administrator, copied=copied)
    assert (row.kind, row.title, row.is_overdue) == (DueKind.BACKUP, "备份", True)
    assert row.reason == "超过一天没有备份，上次备份：2026-11-19 13:20"
    assert asked(database, people.administrator, copied=LastCopy(NOW - timedelta(hours=2))) == []
    assert asked(database, people.advisor, DueKind.BACKUP, copied=copied) == []


def test_a_database_that_was_never_copied_is_told_of_once_it_is_a_day_old(
    database: Database, people: People
) -> None:
    never = LastCopy(NOW - timedelta(hours=25), is_one=False)
    (row,) = asked(database, people.administrator, copied=never)
    assert (row.kind, row.is_overdue) == (DueKind.BACKUP, True)
    assert row.reason == "超过一天没有备份，上次备份：从未"
    young = LastCopy(NOW - timedelta(hours=2), is_one=False)
    assert asked(database, people.administrator, copied=young) == []
    assert asked(database, people.administrator) == []  # a server's data are copied there


@pytest.mark.req("R33")
def test_who_is_away_is_not_told_of_the_visits_and_the_stand_in_is_told_of_the_day(
    database: Database, people: People
) -> None:
    visits, standing = DueKind.DAILY_VISITS, DueKind.STAND_IN
    me, other, manager = people.advisor, people.colleague, database.acting_as(people.manager)
    new = NewAbsence(me.user_id, TODAY, TODAY + timedelta(days=3), other.user_id)
    key = manager.write(partial(enter_absence, new=new, now=NOW))
    assert asked(database, me, visits, standing) == []
    rows = asked(database, other, visits, standing)
    assert [(row.kind, row.title, row.reason) for row in rows] == [
        (standing, "林若溪", "休假到 11-23，由您代管"), (visits, "周岚", "今日三访已完成 0 户"),
    ]  # fmt: skip
    assert asked(database, other, standing, at=SATURDAY) == []
    back = local(24, 14)
    assert [row.kind for row in asked(database, me, visits, standing, at=back)] == [visits]
    assert asked(database, other, standing, at=back) == []
    manager.write(partial(archive_absence, absence_id=key, now=NOW))
    assert [row.kind for row in asked(database, me, visits, standing)] == [visits]
    assert asked(database, other, standing) == []


@pytest.mark.req("R244")
def test_birthdays_by_the_calendar_that_is_kept_come_seven_and_two_days_ahead(
    database: Database, people: People
) -> None:
    def fill(session: Session, _actor: Actor) -> int:
        solar = make_client(session, people.advisor, name="陈志强", birthday=date(1970, 11, 27))
        make_client(session, people.advisor, name="单玉梅", birthday=date(1960, 2, 1),
                    lunar_month=10, lunar_day=14, birthday_kept="lunar")  # fmt: skip
        make_client(session, people.advisor, name="仇玉成", birthday=date(1961, 11, 28))
        make_client(session, people.advisor, name="曾奕航", birthday_month_day="11-19")
        return solar

    client = database.write(fill)
    kind = DueKind.BIRTHDAY
    found = [(row.title, row.due_on, row.step) for row in asked(database, people.advisor, kind)]
    assert found == [("单玉梅", date(2026, 11, 22), 2), ("陈志强", date(2026, 11, 27), 7)]
    greeting = NewCareRecord(
        str(uuid4()), client, CareKind.BIRTHDAY, CareWay.PHONE, "祝贺生日", NOW,
        occasion_on=date(2026, 11, 27),
    )  # fmt: skip
    database.acting_as(people.advisor).write(partial(record_care, new=greeting, now=NOW))
    assert [row.title for row in asked(database, people.advisor, kind)] == ["单玉梅"]
    assert [row.title for row in asked(database, people.manager, kind)] == ["单玉梅"]


@pytest.mark.req("R245")
def test_a_holiday_to_greet_on_is_told_to_each_advisor(database: Database, people: People) -> None:
    kind = DueKind.FESTIVAL
    rows = asked(database, people.manager, kind, at=local(29, month=12))
    assert [(row.person, row.due_on, row.reason) for row in rows] == [
        ("林若溪", date(2027, 1, 1), "新年将到，问候客户"),
        ("周岚", date(2027, 1, 1), "新年将到，问候客户"),
    ]

    def greet(session: Session, actor: Actor) -> None:
        client = make_client(session, people.colleague, name="段明霞")
        new = NewCareRecord(str(uuid4()), client, CareKind.FESTIVAL, CareWay.PHONE, "祝新年",
                            local(29, month=12), occasion_on=date(2027, 1, 1))  # fmt: skip
        record_care(session, actor, new, now=local(29, month=12))

    database.acting_as(people.colleague).write(greet)
    left = asked(database, people.manager, kind, at=local(30, month=12))
    assert [row.person for row in left] == ["林若溪"]  # a colleague's greeting is not the own
    february = datetime(2027, 2, 3, 9, tzinfo=BRANCH_TIME)
    (spring,) = asked(database, people.advisor, kind, at=february)
    assert (spring.title, spring.due_on) == ("春节", date(2027, 2, 6))


@pytest.mark.req("R21", "R52", "R93")
def test_weekly_and_monthly_duties_come_by_the_working_days_of_the_calendar(
    database: Database, people: People
) -> None:
    duties = (DueKind.FRIDAY_AUDIT, DueKind.MONTH_ANALYSIS, DueKind.MONTH_REVIEW,
              DueKind.CHURN_REPORT)  # fmt: skip
    found = asked(database, people.manager, *duties, at=local(1, month=12),
                  until=date(2027, 1, 8))  # fmt: skip
    mine = {(row.kind, row.due_on) for row in found if row.person in ("方静", "林若溪")}
    assert mine == {
        (DueKind.MONTH_ANALYSIS, date(2026, 12, 1)), (DueKind.MONTH_REVIEW, date(2026, 12, 7)),
        (DueKind.CHURN_REPORT, date(2026, 12, 7)), (DueKind.FRIDAY_AUDIT, date(2026, 12, 4)),
        (DueKind.FRIDAY_AUDIT, date(2026, 12, 11)), (DueKind.FRIDAY_AUDIT, date(2026, 12, 18)),
        (DueKind.FRIDAY_AUDIT, date(2026, 12, 25)), (DueKind.FRIDAY_AUDIT, date(2026, 12, 31)),
        (DueKind.MONTH_ANALYSIS, date(2027, 1, 4)), (DueKind.MONTH_REVIEW, date(2027, 1, 8)),
        (DueKind.CHURN_REPORT, date(2027, 1, 8)), (DueKind.FRIDAY_AUDIT, date(2027, 1, 8)),
    }  # fmt: skip
    assert [row.kind for row in asked(database, people.advisor, *duties, at=local(3, month=12))
            ] == []  # fmt: skip
    assert [row.kind for row in asked(database, people.advisor, *duties, at=local(5, month=12))
            ] == [DueKind.CHURN_REPORT]  # fmt: skip


@pytest.mark.req("R16")
def test_only_who_leads_the_team_asks_about_others(database: Database, people: People) -> None:
    def fill(session: Session, _actor: Actor) -> None:
        for owner in (people.advisor, people.colleague):
            make_client(session, owner, risk_expires_on=TODAY)

    database.write(fill)
    test = DueKind.RISK_TEST
    assert [row.person for row in asked(database, people.leader, test)] == ["林若溪", "周岚"]
    one = asked(database, people.manager, test, user_id=people.colleague.user_id)
    assert [row.person for row in one] == ["周岚"]
    assert [row.person for row in asked(database, people.advisor, test)] == ["林若溪"]
    assert asked(database, people.administrator) == []
    with pytest.raises(NotAllowedError):
        asked(database, people.advisor, user_id=people.colleague.user_id)
