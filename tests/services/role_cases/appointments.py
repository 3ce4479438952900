"""Calendars: everybody's own, the manager's any, the leader looks."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.calendar import (
    appointment_rows,
    appointments,
    calendars,
    kept_appointments,
    unappointed,
)
from tests.conftest import TODAY
from tests.factories import NOW, People, new_log
from tests.services.roles import EDIT, SEE, Case, World

LOOK = frozenset({"advisor", "manager", "leader"})


def new(client: int | None, advisor: int | None = None) -> appointments.NewAppointment:
    return appointments.NewAppointment(
        str(uuid.uuid4()), NOW + timedelta(days=3), 30, "phone", client, advisor, title="回访"
    )


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    owner = people.advisor.user_id
    made = appointments.add_appointment(session, people.advisor, new(client), now=NOW)
    routine = appointments.NewAppointment(str(uuid.uuid4()), NOW, 30, None, title="例会")
    plain = appointments.add_appointment(session, people.advisor, routine, now=NOW)
    return {"made": made, "plain": plain, "advisor": owner}


def changed(session: Session, actor: Actor, world: World, name: str) -> bool:
    ours = world.more["appointments"]
    form = new(world.client, ours["advisor"])
    calls: dict[str, Any] = {
        "cancel": lambda: appointments.cancel_appointment(
            session, actor, ours["made"], "客户出差", now=NOW
        ),
        "change": lambda: appointments.change_appointment(
            session, actor, ours["made"], form, version=1
        ),
        "move": lambda: appointments.move_appointment(
            session, actor, ours["made"], NOW + timedelta(days=4), version=1
        ),
        "finish": lambda: appointments.finish_appointment(session, actor, ours["plain"], now=NOW),
        "restore": lambda: appointments.restore_appointment(session, actor, ours["made"]),
    }
    calls[name]()
    return True


def keep(session: Session, actor: Actor, world: World) -> bool:
    entry = new_log(world.client)
    kept_appointments.keep_appointments(session, actor, entry, world.log, now=NOW)
    return True


def calendar_of(world: World) -> dict[str, Any]:
    return {"advisor_id": world.more["appointments"]["advisor"]}


CASES: dict[str, Case] = {
    "appointments.add_appointment": (
        lambda s, a, w: appointments.add_appointment(s, a, new(w.client), now=NOW), EDIT),
    "appointments.add_appointments": (
        lambda s, a, w: appointments.add_appointments(s, a, [new(w.client)], now=NOW), EDIT),
    "appointments.cancel_appointment": (lambda s, a, w: changed(s, a, w, "cancel"), EDIT),
    "appointments.change_appointment": (lambda s, a, w: changed(s, a, w, "change"), EDIT),
    "appointments.move_appointment": (lambda s, a, w: changed(s, a, w, "move"), EDIT),
    "appointments.finish_appointment": (lambda s, a, w: changed(s, a, w, "finish"), EDIT),
    "appointments.restore_appointment": (lambda s, a, w: changed(s, a, w, "restore"), EDIT),
    "appointments.finish_by_log": (
        lambda s, a, w: appointments.finish_by_log(s, a, w.client, w.log, at=NOW) or True,
        EDIT | {"colleague"}),
    "kept_appointments.keep_appointments": (keep, EDIT | {"colleague"}),
    "appointment_rows.list_appointments": (
        lambda s, a, w: appointment_rows.list_appointments(
            s, a, since=NOW, until=NOW + timedelta(days=9), **calendar_of(w)), LOOK),
    "appointment_rows.list_client_appointments": (
        lambda s, a, w: appointment_rows.list_client_appointments(s, a, w.client), SEE),
    "appointment_rows.check_appointment": (
        lambda s, a, w: appointment_rows.check_appointment(
            s, a, new(w.client, w.more["appointments"]["advisor"]), now=NOW) or True, LOOK),
    "calendars.open_calendar": (
        lambda s, a, w: calendars.open_calendar(
            s, a, start=TODAY, days=7, now=NOW, **calendar_of(w)), LOOK),
    "unappointed.list_unappointed": (
        lambda s, a, w: unappointed.list_unappointed(s, a, now=NOW, **calendar_of(w)) or True,
        LOOK),
}  # fmt: skip
