"""What a person has ticked off today, part by part of the day (R36, R40, R50, R53)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.claims import enter_once
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import ChecklistItem, ChecklistMark
from advisorcrm.services.access import Right, demand
from advisorcrm.services.days.day_slots import SlotItem, SlotRow, list_day_slots
from advisorcrm.services.days.room_rounds import RoundRow, list_own_rounds
from advisorcrm.services.seats.client_rooms import RoomRow, list_rooms


@dataclass(frozen=True, slots=True)
class ListItem:
    """One line with the time it was ticked; a round of rooms says how many are done."""

    id: int
    label: str
    is_room_round: bool
    done_at: datetime | None
    rooms_done: int = 0
    rooms: int = 0


@dataclass(frozen=True, slots=True)
class DayPart:
    """One part of the day with its checklist and, where rooms are looked at, the rounds made."""

    slot: SlotRow
    items: tuple[ListItem, ...]
    rooms: tuple[RoomRow, ...] = ()
    rounds: tuple[RoundRow, ...] = ()

    @property
    def done(self) -> int:
        """How many lines are done."""
        return sum(item.done_at is not None for item in self.items)

    @property
    def is_complete(self) -> bool:
        """Whether nothing of it is left."""
        return self.done == len(self.items)


def list_day_parts(session: Session, actor: Actor, *, today: date) -> tuple[DayPart, ...]:
    """Every part of the day with what the person has done of it today."""
    demand(actor, Right.SEE_CLIENTS)
    found = session.execute(
        select(ChecklistMark.checklist_item_id, ChecklistMark.done_at).where(
            ChecklistMark.user_id == actor.user_id, ChecklistMark.marked_on == today
        )
    )
    marks = {key: at for key, at in found}
    rooms = tuple(list_rooms(session, actor))
    rounds = list_own_rounds(session, actor, today=today) if rooms else []
    return tuple(_part(slot, marks, rooms, rounds) for slot in list_day_slots(session, actor))


def mark_item(
    session: Session, actor: Actor, item_id: int, *, is_done: bool, now: datetime
) -> None:
    """Tick a line of today's checklist, or take the tick back.

    Raises NotFoundError for a line that is gone, InvalidFieldError for a round of rooms: that is
    recorded room by room.
    """
    demand(actor, Right.LOG_CONTACTS)
    item = session.get(ChecklistItem, item_id)
    if item is None or item.archived_at is not None:
        raise NotFoundError(_("找不到这一项，请刷新后再看。"))
    if item.is_room_round and list_rooms(session, actor):
        raise InvalidFieldError("item_id", _("请逐个客户室记巡视结果。"))
    today = branch_date(now)
    find = partial(_find_mark, session, actor, item_id, today)
    mark = find()
    if mark is None:
        new = ChecklistMark(user_id=actor.user_id, marked_on=today, checklist_item_id=item_id)
        mark = enter_once(session, new, find)
    mark.done_at = now if is_done else None


def _find_mark(session: Session, actor: Actor, item_id: int, today: date) -> ChecklistMark | None:
    return session.scalar(
        select(ChecklistMark).where(
            ChecklistMark.user_id == actor.user_id,
            ChecklistMark.marked_on == today,
            ChecklistMark.checklist_item_id == item_id,
        )
    )


def _part(
    slot: SlotRow,
    marks: dict[int, datetime | None],
    rooms: tuple[RoomRow, ...],
    rounds: list[RoundRow],
) -> DayPart:
    made = [row for row in rounds if _falls_into(row, slot)]
    items = tuple(_item(item, marks, rooms, made) for item in slot.items)
    has_rounds = any(item.is_room_round for item in slot.items)
    return DayPart(slot, items, rooms if has_rounds else (), tuple(made) if has_rounds else ())


def _falls_into(row: RoundRow, slot: SlotRow) -> bool:
    at = row.made_at.astimezone(BRANCH_TIME).time()
    return slot.ends_at is not None and slot.begins_at <= at < slot.ends_at


def _item(
    item: SlotItem,
    marks: dict[int, datetime | None],
    rooms: tuple[RoomRow, ...],
    made: list[RoundRow],
) -> ListItem:
    if not item.is_room_round or not rooms:
        return ListItem(item.id, item.label, item.is_room_round, marks.get(item.id))
    looked = {row.client_room_id: row.made_at for row in made}
    done = [looked[room.id] for room in rooms if room.id in looked]
    is_whole = len(done) == len(rooms)
    return ListItem(
        item.id, item.label, True, max(done) if is_whole else None, len(done), len(rooms)
    )
