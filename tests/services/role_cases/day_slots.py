"""The day: who changes its template, who ticks, who sees the branch."""

from __future__ import annotations

from datetime import time
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.days import checklists, day_slots, room_rounds
from advisorcrm.services.days.day_slots import SlotData, SlotKind
from advisorcrm.services.dues import due_board
from advisorcrm.services.seats import client_rooms
from advisorcrm.services.visits import branch_day
from tests.conftest import TODAY
from tests.factories import NOW, People
from tests.services.roles import ENTER, EVERYBODY, MANAGE, Case, World

LOOK = EVERYBODY - {"administrator"}
LEAD = MANAGE | {"leader"}


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    room = client_rooms.add_room(session, people.manager, client_rooms.NewRoom("巡视室", 1, 1))
    for who in (people.advisor, people.colleague, people.desk, people.office, people.leader,
                people.manager):  # fmt: skip
        new = room_rounds.NewRound(str(uuid4()), room, NOW)
        if who in (people.advisor, people.colleague, people.manager):
            room_rounds.record_round(session, who, new, now=NOW)
    slot = day_slots.list_day_slots(session, people.manager)[0]
    return {"room": room, "slot": slot.id, "item": slot.items[0].id}


def made(world: World, name: str) -> Any:
    return world.more["day_slots"][name]


def change(session: Session, actor: Actor, world: World) -> bool:
    data = SlotData(SlotKind.MEETING, "早会", time(8, 30), time(9))
    day_slots.change_day_slot(session, actor, made(world, "slot"), data)
    return True


def archive(session: Session, actor: Actor, world: World) -> bool:
    day_slots.archive_day_slot(session, actor, made(world, "slot"), now=NOW)
    return True


def save(session: Session, actor: Actor, world: World) -> int:
    data = SlotData(SlotKind.DEADLINE, "周报", time(16, 50))
    return day_slots.save_day_slot(
        session, actor, None, data, [day_slots.SlotLine("写周报")], now=NOW
    )


def set_lines(session: Session, actor: Actor, world: World) -> bool:
    day_slots.set_checklist(
        session,
        actor,
        made(world, "slot"),
        [day_slots.SlotLine("一"), day_slots.SlotLine("二")],
        now=NOW,
    )
    return True


def mark(session: Session, actor: Actor, world: World) -> bool:
    checklists.mark_item(session, actor, made(world, "item"), is_done=True, now=NOW)
    return True


def go_round(session: Session, actor: Actor, world: World) -> int:
    new = room_rounds.NewRound(str(uuid4()), made(world, "room"), NOW)
    return room_rounds.record_round(session, actor, new, now=NOW)


def count_late(session: Session, actor: Actor, world: World) -> bool:
    due_board.count_late(session, actor, now=NOW)
    return True


CASES: dict[str, Case] = {
    "day_slots.list_day_slots": (lambda s, a, w: day_slots.list_day_slots(s, a), LOOK),
    "day_slots.add_day_slot": (
        lambda s, a, w: day_slots.add_day_slot(
            s, a, SlotData(SlotKind.DEADLINE, "日报", time(16, 45))), MANAGE),
    "day_slots.change_day_slot": (change, MANAGE),
    "day_slots.archive_day_slot": (archive, MANAGE),
    "day_slots.save_day_slot": (save, MANAGE),
    "day_slots.set_checklist": (set_lines, MANAGE),
    "checklists.list_day_parts": (lambda s, a, w: checklists.list_day_parts(s, a, today=TODAY), LOOK),
    "checklists.mark_item": (mark, ENTER),
    "room_rounds.record_round": (go_round, ENTER),
    "room_rounds.list_rounds": (
        lambda s, a, w: room_rounds.list_rounds(s, a, from_on=TODAY, to_on=TODAY), ENTER | LEAD),
    "room_rounds.list_own_rounds": (
        lambda s, a, w: room_rounds.list_own_rounds(s, a, today=TODAY), ENTER),
    "due_board.open_due_board": (
        lambda s, a, w: bool(due_board.open_due_board(s, a, now=NOW)), LOOK),
    "due_board.find_next_due": (
        lambda s, a, w: due_board.find_next_due(s, a, now=NOW) is None or True, LOOK),
    "due_board.list_board": (
        lambda s, a, w: due_board.list_board(s, a, now=NOW) is not None, LOOK),
    "due_board.count_late": (count_late, LEAD),
    "branch_day.open_week": (lambda s, a, w: branch_day.open_week(s, a, today=TODAY), ENTER),
    "branch_day.count_files": (lambda s, a, w: branch_day.count_files(s, a, today=TODAY), LEAD),
    "branch_day.count_branch": (lambda s, a, w: branch_day.count_branch(s, a, now=NOW), LEAD),
    "branch_day.open_branch_day": (lambda s, a, w: branch_day.open_branch_day(s, a, now=NOW), LEAD),
}  # fmt: skip
