"""The calendar's days and the clients who wait for a time (R29, R221)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.database import Database
from advisorcrm.services.calendar.appointments import NewAppointment, add_appointment
from advisorcrm.services.calendar.calendars import Calendar, NoteKind, open_calendar
from advisorcrm.services.calendar.unappointed import UnappointedRow, list_unappointed
from advisorcrm.services.contacts.contact_logs import log_contact
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client, make_log, new_log

WEEK = 7


def week_of(database: Database, people: People, start: date = TODAY) -> Calendar:
    return database.acting_as(people.advisor).read(
        lambda s, a: open_calendar(s, a, advisor_id=a.user_id, start=start, days=WEEK, now=NOW)
    )


def waiting(database: Database, people: People) -> list[UnappointedRow]:
    return database.acting_as(people.advisor).read(
        lambda s, a: list_unappointed(s, a, advisor_id=a.user_id, now=NOW)
    )


def test_a_week_shows_its_closed_days_lunar_dates_deadlines_and_talks(
    database: Database, people: People
) -> None:
    def fill(session, actor):  # type: ignore[no-untyped-def]
        key = make_client(session, people.advisor, name="孙晓彤", id_expires_on=date(2026, 11, 24))
        make_client(session, people.colleague, name="外人", id_expires_on=date(2026, 11, 24))
        make_log(session, people.advisor, key, minutes=20, way="meeting")
        return key

    key = database.write(fill)
    week = week_of(database, people)
    assert [day.lunar.label_zh for day in week.days][:4] == [
        "十月十二", "十月十三", "十月十四", "十月十五",
    ]  # fmt: skip
    assert [day.on.day for day in week.days if not day.branch_day.is_working] == [21, 22]
    notes = [note for day in week.days for note in day.notes]
    assert [(note.on.day, note.kind, note.client_name, note.words) for note in notes] == [
        (24, NoteKind.DEADLINE, "孙晓彤", "证件到期")
    ]
    [talk] = week.blocks
    assert (talk.client_id, talk.is_done, talk.done_minutes, talk.log_id) == (
        key, True, 20, talk.log_id,
    )  # fmt: skip
    assert talk.slot.starts == NOW - timedelta(minutes=10)


def test_what_an_appointment_led_to_is_drawn_once(database: Database, people: People) -> None:
    def fill(session, actor):  # type: ignore[no-untyped-def]
        key = make_client(session, people.advisor)
        new = NewAppointment("a" * 36, NOW, 30, "phone", key)
        add_appointment(session, people.advisor, new, now=NOW)
        make_log(session, people.advisor, key, minutes=4)

    database.write(fill)
    [block] = week_of(database, people).blocks
    assert (block.is_done, block.done_minutes, block.log_id) == (True, 4, None)
    assert block.appointment is not None


@pytest.mark.req("R29")
def test_a_next_step_with_an_hour_is_drawn_once(database: Database, people: People) -> None:
    key = database.write(lambda s, _a: make_client(s, people.advisor, name="孙晓彤"))
    on = date(2026, 11, 24)
    for at in (time(10), None):
        entry = new_log(key, next_on=on, next_at=at, next_note="看财报", contacted_at=NOW)
        database.acting_as(people.advisor).write(
            lambda s, a, entry=entry: log_contact(s, a, entry, now=NOW)
        )
    week = week_of(database, people)
    [block] = [one for one in week.blocks if not one.is_done]
    assert (block.slot.starts.time(), block.title) == (time(10), "看财报")
    [note] = [note for day in week.days for note in day.notes]
    assert (note.on, note.words) == (on, "下一步")


@pytest.mark.req("R29", "R221")
def test_who_waits_for_a_time_gets_a_free_one_that_suits(
    database: Database, people: People
) -> None:
    def fill(session, actor):  # type: ignore[no-untyped-def]
        mine = people.advisor
        step = make_client(session, mine, name="有约")
        make_log(session, mine, step, next_on=date(2026, 11, 24), next_note="看财报")
        make_client(session, mine, name="测评", risk_expires_on=date(2026, 11, 2),
                    convenient_time="15:00以后")  # fmt: skip
        often = make_client(session, mine, name="常访", contact_every_days=14)
        seldom = make_client(session, mine, name="少访", contact_every_days=60)
        for key in (often, seldom):
            make_log(session, mine, key, contacted_at=NOW - timedelta(days=12))
        booked = make_client(session, mine, name="已约", risk_expires_on=date(2026, 11, 2))
        new = NewAppointment("b" * 36, NOW + timedelta(days=3), 30, "phone", booked)
        add_appointment(session, mine, new, now=NOW)
        for values in ({"service_need": "do_not_disturb"}, {"is_restricted": True}):
            make_client(session, mine, name="不约", risk_expires_on=date(2026, 11, 2), **values)
        make_client(session, people.colleague, risk_expires_on=date(2026, 11, 2))

    database.write(fill)
    found = waiting(database, people)
    assert [(row.client_name, row.title, row.reason) for row in found] == [
        ("有约", "看财报", "约定 11-24 联系"),
        ("测评", "续做测评", "11-02 已过期"),
        ("常访", "", "约定 14 天，已 12 天"),
    ]
    proposed = [row.proposed.starts for row in found if row.proposed]
    assert proposed == [
        datetime.combine(date(2026, 11, 24), time(9, 30), BRANCH_TIME),
        datetime.combine(date(2026, 11, 24), time(15), BRANCH_TIME),
        datetime.combine(date(2026, 11, 25), time(9, 30), BRANCH_TIME),
    ]


def test_a_proposal_that_is_taken_leaves_the_list(database: Database, people: People) -> None:
    database.write(lambda s, a: make_client(s, people.advisor, risk_expires_on=date(2026, 11, 2)))
    [row] = waiting(database, people)
    assert row.proposed is not None
    new = NewAppointment(
        "c" * 36, row.proposed.starts, row.minutes, row.way, row.client_id, title=row.title
    )
    database.acting_as(people.advisor).write(lambda s, a: add_appointment(s, a, new, now=NOW))
    assert waiting(database, people) == []
    assert [block.title for block in week_of(database, people).blocks] == ["续做测评"]
    after = row.proposed.starts + timedelta(hours=2)  # nobody came: another time is needed
    mine = database.acting_as(people.advisor)
    missed = mine.read(lambda s, a: list_unappointed(s, a, advisor_id=a.user_id, now=after))
    assert [one.client_id for one in missed] == [row.client_id]
