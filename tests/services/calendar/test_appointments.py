"""Appointments: arranged, moved, called off, done by the conversation they led to (R29, R221)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.database import Database
from advisorcrm.errors import ConflictError, InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.rules.appointments import AppointmentWarning
from advisorcrm.services.allocations.handovers import NewHandover, hand_over, undo_handover
from advisorcrm.services.calendar.appointment_rows import (
    AppointmentRow,
    check_appointment,
    list_appointments,
    list_client_appointments,
)
from advisorcrm.services.calendar.appointments import (
    NewAppointment,
    add_appointment,
    cancel_appointment,
    change_appointment,
    finish_appointment,
    move_appointment,
    restore_appointment,
)
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.services.dues.dues import list_dues
from advisorcrm.terms import AppointmentKind, DueKind
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client, new_log

MONDAY = date(2026, 11, 23)


def at(clock: str, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), BRANCH_TIME)


def wanted(clock: str, day: date = MONDAY, **more: Any) -> NewAppointment:
    values: dict[str, Any] = {"minutes": 60, "title": "持仓调整"} | more
    return NewAppointment(str(uuid.uuid4()), at(clock, day), **values)


def add(database: Database, who: Any, new: NewAppointment) -> int:
    return database.acting_as(who).write(lambda s, a: add_appointment(s, a, new, now=NOW))


def of_week(database: Database, who: Any, advisor_id: int | None = None) -> list[AppointmentRow]:
    owner = advisor_id or who.user_id
    return database.acting_as(who).read(
        lambda s, a: list_appointments(
            s, a, advisor_id=owner, since=start_of(TODAY), until=start_of(TODAY + timedelta(days=7))
        )
    )


def client_of(database: Database, people: People, **values: Any) -> int:
    return database.write(lambda s, a: make_client(s, people.advisor, name="欧阳文静", **values))


@pytest.mark.req("R29")
def test_an_appointment_stands_in_the_calendar_until_it_is_called_off(
    database: Database, people: People
) -> None:
    key, mine = client_of(database, people), database.acting_as(people.advisor)
    new = wanted("09:30", client_id=key, place="2 室")
    first = add(database, people.advisor, new)
    assert add(database, people.advisor, new) == first
    [row] = of_week(database, people.advisor)
    assert (row.client_name, row.kind, row.place, row.is_at_branch, row.is_open) == (
        "欧阳文静", AppointmentKind.MEETING, "2 室", True, True,
    )  # fmt: skip
    assert row.slot.ends == at("10:30")

    mine.write(lambda s, a: move_appointment(s, a, first, at("14:00"), version=row.version))
    [moved] = of_week(database, people.advisor)
    assert (moved.slot.starts, moved.slot.ends) == (at("14:00"), at("15:00"))
    with pytest.raises(ConflictError):
        mine.write(lambda s, a: move_appointment(s, a, first, at("09:00"), version=1))

    with pytest.raises(InvalidFieldError):
        mine.write(lambda s, a: cancel_appointment(s, a, first, " ", now=NOW))
    mine.write(lambda s, a: cancel_appointment(s, a, first, "客户出差", now=NOW))
    assert of_week(database, people.advisor) == []
    [kept] = mine.read(lambda s, a: list_client_appointments(s, a, key))
    assert kept.cancel_reason == "客户出差"
    assert "客户出差" in str(rows(database, "SELECT why FROM change_history WHERE why <> ''"))
    with pytest.raises(InvalidFieldError):
        mine.write(lambda s, a: cancel_appointment(s, a, first, "再一次", now=NOW))

    mine.write(lambda s, a: restore_appointment(s, a, first))
    assert len(of_week(database, people.advisor)) == 1


@pytest.mark.req("R29")
def test_a_conversation_of_the_day_does_what_was_arranged(
    database: Database, people: People
) -> None:
    key, other = client_of(database, people), client_of(database, people)
    near = add(database, people.advisor, wanted("14:00", TODAY, client_id=key, way="phone"))
    far = add(database, people.advisor, wanted("16:00", TODAY, client_id=key, way="wechat"))
    add(database, people.advisor, wanted("14:10", TODAY, client_id=other))
    mine = database.acting_as(people.advisor)
    mine.write(lambda s, a: log_contact(s, a, new_log(key, minutes=4), now=NOW))
    done = {row.id: row.done_minutes for row in of_week(database, people.advisor) if row.done_at}
    assert done == {near: 4}

    earlier = new_log(key, contacted_at=NOW - timedelta(days=1))
    mine.write(lambda s, a: log_contact(s, a, earlier, now=NOW))
    assert [row.id for row in of_week(database, people.advisor) if row.done_at] == [near]
    with pytest.raises(InvalidFieldError):
        mine.write(lambda s, a: finish_appointment(s, a, far, now=NOW))
    row = next(one for one in of_week(database, people.advisor) if one.id == near)
    with pytest.raises(InvalidFieldError):
        mine.write(lambda s, a: move_appointment(s, a, near, at("09:30"), version=row.version))


@pytest.mark.req("R29")
def test_a_next_step_with_an_hour_becomes_an_appointment(
    database: Database, people: People
) -> None:
    key = client_of(database, people)
    entry = new_log(
        key, next_on=MONDAY, next_at=time(10), next_way="meeting", next_note="续做风险测评"
    )
    mine = database.acting_as(people.advisor)
    log = mine.write(lambda s, a: log_contact(s, a, entry, now=NOW))
    mine.write(lambda s, a: log_contact(s, a, entry, now=NOW))
    mine.write(lambda s, a: log_contact(s, a, new_log(key, next_on=MONDAY), now=NOW))
    [row] = of_week(database, people.advisor)
    assert (row.from_log_id, row.title, row.kind) == (log, "续做风险测评", AppointmentKind.MEETING)
    assert (row.slot.starts, row.slot.ends) == (at("10:00"), at("11:00"))


def test_what_is_no_talk_with_a_client_is_done_by_hand(database: Database, people: People) -> None:
    with pytest.raises(InvalidFieldError):
        add(database, people.advisor, wanted("16:30", way=None, title=""))
    key = add(database, people.advisor, wanted("16:30", way=None, title="周例会", minutes=30))
    mine = database.acting_as(people.advisor)
    mine.write(lambda s, a: finish_appointment(s, a, key, now=NOW))
    [row] = of_week(database, people.advisor)
    assert (row.kind, row.done_at) == (AppointmentKind.ROUTINE, NOW)
    mine.write(lambda s, a: restore_appointment(s, a, key))
    [row] = of_week(database, people.advisor)
    changed = replace(wanted("17:00", way=None, title="晨会"), uuid=row.uuid)
    mine.write(lambda s, a: change_appointment(s, a, key, changed, version=row.version))
    assert [one.title for one in of_week(database, people.advisor)] == ["晨会"]


@pytest.mark.req("R29", "R221")
def test_what_speaks_against_a_time_is_told_and_does_not_forbid(
    database: Database, people: People
) -> None:
    key = client_of(database, people, convenient_time="15点以后")
    add(database, people.advisor, wanted("09:30", client_id=client_of(database, people)))

    def told(new: NewAppointment, **more: Any) -> dict[AppointmentWarning, str]:
        found = database.acting_as(people.advisor).read(
            lambda s, a: check_appointment(s, a, new, now=NOW, **more)
        )
        return {one.code: one.text for one in found}

    clash = wanted("10:00", client_id=key, is_at_branch=False)
    assert told(clash) == {
        AppointmentWarning.OVERLAP: "与 欧阳文静 09:30 的预约时间重叠。",
        AppointmentWarning.NOT_CONVENIENT: "客户方便的时间是：15点以后。",
        AppointmentWarning.MARKET_HOURS: AppointmentWarning.MARKET_HOURS.label,
    }
    own = add(database, people.advisor, clash)
    assert AppointmentWarning.OVERLAP not in told(wanted("15:30", client_id=key))
    assert told(wanted("10:30", way="phone"), except_id=own) == {}
    night = told(wanted("20:30", date(2026, 11, 22), client_id=key, way="phone"))
    assert set(night) == {AppointmentWarning.CLOSED_DAY, AppointmentWarning.QUIET_HOURS}
    quiet = client_of(database, people, service_need="do_not_disturb")
    assert set(told(wanted("16:00", client_id=quiet, way="phone"))) == {
        AppointmentWarning.DO_NOT_DISTURB
    }


def test_a_calendar_is_its_owners_and_the_managers(database: Database, people: People) -> None:
    theirs = people.colleague.user_id
    with pytest.raises(NotAllowedError):
        add(database, people.advisor, wanted("10:00", way=None, advisor_id=theirs))
    with pytest.raises(NotAllowedError):
        of_week(database, people.advisor, theirs)
    key = add(database, people.manager, wanted("10:00", way=None, advisor_id=theirs))
    assert [row.id for row in of_week(database, people.colleague)] == [key]
    assert [row.id for row in of_week(database, people.leader, theirs)] == [key]
    with pytest.raises(NotFoundError):
        add(database, people.manager, wanted("10:00", advisor_id=people.leader.user_id))
    with pytest.raises(NotAllowedError):
        database.acting_as(people.advisor).write(
            lambda s, a: cancel_appointment(s, a, key, "不行", now=NOW)
        )


def test_a_client_who_went_to_somebody_else_leaves_the_calendar(
    database: Database, people: People
) -> None:
    key = client_of(database, people)
    add(database, people.advisor, wanted("10:00", client_id=key))
    from sqlalchemy import text

    database.write(
        lambda s, a: s.execute(
            text("UPDATE client SET advisor_id = :who WHERE id = :key"),
            {"who": people.colleague.user_id, "key": key},
        )
    )
    assert of_week(database, people.advisor) == []
    assert len(of_week(database, people.manager, people.advisor.user_id)) == 1


@pytest.mark.req("R29")
def test_the_list_of_what_is_due_tells_each_arranged_time_once(
    database: Database, people: People
) -> None:
    key, mine = client_of(database, people), database.acting_as(people.advisor)
    entry = new_log(key, next_on=MONDAY, next_at=time(10), next_note="看财报")
    mine.write(lambda s, a: log_contact(s, a, entry, now=NOW))
    add(database, people.advisor, wanted("16:00", client_id=client_of(database, people)))

    def due() -> list[tuple[DueKind, str, time | None]]:
        found = mine.read(lambda s, a: list_dues(s, a, at=NOW, until=MONDAY))
        kinds = (DueKind.APPOINTMENT, DueKind.NEXT_STEP)
        return [(row.kind, row.reason, row.due_time) for row in found if row.kind in kinds]

    other = (DueKind.APPOINTMENT, "预约：持仓调整", time(16))
    assert due() == [(DueKind.NEXT_STEP, "约定的下一步：看财报", time(10)), other]
    [first] = [row for row in of_week(database, people.advisor) if row.from_log_id]
    mine.write(lambda s, a: move_appointment(s, a, first.id, at("11:00"), version=1))
    assert due() == [(DueKind.APPOINTMENT, "预约：看财报", time(11)), other]
    mine.write(lambda s, a: cancel_appointment(s, a, first.id, "客户出差", now=NOW))
    assert due() == [(DueKind.NEXT_STEP, "约定的下一步：看财报", time(10)), other]


def test_open_appointments_go_with_a_client_who_is_handed_over(
    database: Database, people: People
) -> None:
    key = client_of(database, people)
    add(database, people.advisor, wanted("10:00", client_id=key))
    add(database, people.manager, wanted("11:00", client_id=key, title="陪访"))
    to = people.colleague.user_id
    new = NewHandover(str(uuid.uuid4()), ((key, to),), "组内均衡")
    boss = database.acting_as(people.manager)
    told = boss.write(lambda s, a: hand_over(s, a, new, now=NOW))
    assert of_week(database, people.advisor) == []
    assert [row.title for row in of_week(database, people.colleague)] == ["持仓调整"]
    assert [row.title for row in of_week(database, people.manager)] == ["陪访"]
    boss.write(lambda s, a: undo_handover(s, a, told.id, now=NOW))
    assert [row.title for row in of_week(database, people.advisor)] == ["持仓调整"]
