"""Client rooms and seats: who sets them up, who gives them, who looks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.models import ClientRoom, Seat
from advisorcrm.services.seats import client_rooms, seat_plans, seat_uses
from advisorcrm.services.workplace import sample_files
from advisorcrm.terms import Role
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client
from tests.services.roles import ACCOUNT, EDIT, ENTER, EVERYBODY, MANAGE, NAME, SEE, Case, World

LOOK = EVERYBODY - {"administrator"}
LATER = TODAY + timedelta(days=100)


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    room = client_rooms.add_room(session, people.manager, client_rooms.NewRoom("大户室", 1, 4))
    empty = client_rooms.add_room(session, people.manager, client_rooms.NewRoom("备用室", 1, 1))
    seats = list(session.scalars(select(Seat.id).where(Seat.client_room_id == room)))
    client_rooms.archive_seat(session, people.manager, seats[3], now=NOW)
    new = seat_uses.NewSeatUse(client, seats[0], "P-001", TODAY, f"账号 {ACCOUNT}")
    use = seat_uses.assign_seat(session, people.advisor, new, today=TODAY)
    seat_uses.set_conditions(session, people.advisor, use, meets=False, today=TODAY)
    other = make_client(session, people.advisor, name=NAME)
    return {"room": room, "empty": empty, "seats": seats, "use": use, "other": other}


def made(world: World, name: str) -> Any:
    return world.more["seats"][name]


def assign(session: Session, actor: Actor, world: World) -> int:
    new = seat_uses.NewSeatUse(made(world, "other"), made(world, "seats")[1], "P-002", TODAY)
    return seat_uses.assign_seat(session, actor, new, today=TODAY)


def move(session: Session, actor: Actor, world: World) -> int:
    aim = made(world, "seats")[2]
    return seat_uses.move_seat(session, actor, made(world, "use"), aim, today=TODAY)


def judge(session: Session, actor: Actor, world: World) -> bool:
    use = made(world, "use")
    return seat_uses.set_conditions(session, actor, use, meets=True, today=TODAY) is None


def leave(session: Session, actor: Actor, world: World) -> bool:
    seat_uses.leave_seat(session, actor, made(world, "use"), today=TODAY)
    return True


def end(session: Session, actor: Actor, world: World) -> bool:
    seat_uses.end_transition(session, actor, made(world, "use"), "每月电话", today=LATER)
    return True


def archive_room(session: Session, actor: Actor, world: World) -> bool:
    client_rooms.archive_room(session, actor, made(world, "empty"), now=NOW)
    return True


def archive_seat(session: Session, actor: Actor, world: World) -> bool:
    client_rooms.archive_seat(session, actor, made(world, "seats")[2], now=NOW)
    return True


def restore_room(session: Session, actor: Actor, world: World) -> bool:
    room = made(world, "empty")
    session.get_one(ClientRoom, room).archived_at = NOW
    client_rooms.restore_room(session, actor, room)
    return True


def restore_seat(session: Session, actor: Actor, world: World) -> bool:
    client_rooms.restore_seat(session, actor, made(world, "seats")[3])
    return True


def fill_samples(session: Session, actor: Actor, world: World) -> bool:
    owner = actor if actor.role is Role.ADVISOR else None
    ids = [make_client(session, owner) for _one in range(21)]
    sample_files.fill_seats(session, actor, ids, now=NOW)
    return True


CASES: dict[str, Case] = {
    "client_rooms.add_room": (
        lambda s, a, w: client_rooms.add_room(s, a, client_rooms.NewRoom("新室", 1, 1)), MANAGE),
    "client_rooms.archive_room": (archive_room, MANAGE),
    "client_rooms.archive_seat": (archive_seat, MANAGE),
    "client_rooms.list_rooms": (lambda s, a, w: client_rooms.list_rooms(s, a), LOOK),
    "client_rooms.restore_room": (restore_room, MANAGE),
    "client_rooms.restore_seat": (restore_seat, MANAGE),
    "sample_files.fill_seats": (fill_samples, ENTER),
    "seat_plans.list_on_site_clients": (
        lambda s, a, w: seat_plans.list_on_site_clients(s, a), SEE),
    "seat_plans.list_transitions_due": (
        lambda s, a, w: seat_plans.list_transitions_due(s, a, today=LATER), SEE),
    "seat_plans.open_seat_plan": (
        lambda s, a, w: seat_plans.open_seat_plan(s, a, made(w, "room")), LOOK),
    "seat_uses.assign_seat": (assign, EDIT),
    "seat_uses.end_transition": (end, EDIT),
    "seat_uses.leave_seat": (leave, EDIT),
    "seat_uses.move_seat": (move, EDIT),
    "seat_uses.open_on_site": (lambda s, a, w: seat_uses.open_on_site(s, a, w.client), SEE),
    "seat_uses.set_conditions": (judge, EDIT),
}  # fmt: skip
