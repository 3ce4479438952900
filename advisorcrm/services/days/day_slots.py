"""The branch's day: its parts, deadlines and what is to be done in each (R53).

The template is the 具体工作流程表 of the rules at first and is the manager's to change. A part has
a begin and an end; a deadline is one moment. Nothing is deleted: what was ticked stays told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import N_, _, language
from advisorcrm.models import ChecklistItem, DaySlot
from advisorcrm.services.access import Right, demand
from advisorcrm.services.days.day_slot_seeds import SEEDS, SeedSlot
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import Term

FIRST, LAST = time(6), time(22)
_LABEL = 20


class SlotKind(Term):
    """What a part of the day is for."""

    MEETING = "meeting", N_("会议")
    NEWS = "news", N_("资讯推送")
    SERVICE = "service", N_("盘中服务")
    REST = "rest", N_("休息")
    SUMMARY = "summary", N_("盘后总结")
    FILING = "filing", N_("整理档案")
    DEADLINE = "deadline", N_("截止时间")


@dataclass(frozen=True, slots=True)
class SlotItem:
    """One line of a part's checklist; ``is_room_round`` asks for a round of every room."""

    id: int
    label: str
    is_room_round: bool


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One line as the manager writes it; ``is_room_round``: recorded room by room (R36, R40)."""

    label: str
    is_room_round: bool = False


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One part of the day, or (without an end) a deadline, with its checklist."""

    id: int
    kind: SlotKind
    label: str
    begins_at: time
    ends_at: time | None
    items: tuple[SlotItem, ...] = ()

    @property
    def is_deadline(self) -> bool:
        """Whether it is one moment."""
        return self.ends_at is None


@dataclass(frozen=True, slots=True)
class SlotData:
    """What the manager enters of one part; without an end it is a deadline."""

    kind: SlotKind
    label: str
    begins_at: time
    ends_at: time | None = None
    label_en: str | None = None
    """None leaves the English name as it is."""


def seed_day_slots(session: Session) -> None:
    """Enter the day of the rules, if the branch has none."""
    if session.scalar(select(DaySlot.id).limit(1)) is not None:
        return
    for seed in SEEDS:
        _enter_seed(session, seed)


def list_day_slots(session: Session, actor: Actor) -> list[SlotRow]:
    """The parts in the order of the day, deadlines among them; every role may look."""
    demand(actor, Right.SEE_CLIENTS)
    items: dict[int, list[SlotItem]] = {}
    found = session.execute(
        select(
            ChecklistItem.day_slot_id, ChecklistItem.id, ChecklistItem.label,
            ChecklistItem.label_en, ChecklistItem.is_room_round,
        )
        .where(ChecklistItem.archived_at.is_(None))
        .order_by(ChecklistItem.position, ChecklistItem.id)
    )  # fmt: skip
    for slot_id, key, label, english, is_round in found:
        items.setdefault(slot_id, []).append(SlotItem(key, _shown(label, english), is_round))
    slots = session.execute(
        select(
            DaySlot.id, DaySlot.kind, DaySlot.label, DaySlot.label_en, DaySlot.begins_at,
            DaySlot.ends_at,
        )
        .where(DaySlot.archived_at.is_(None))
        .order_by(DaySlot.begins_at, DaySlot.ends_at.is_not(None), DaySlot.id)
    )  # fmt: skip
    return [
        SlotRow(key, SlotKind(kind), _shown(label, english), begins, ends,
                tuple(items.get(key, ())))
        for key, kind, label, english, begins, ends in slots
    ]  # fmt: skip


def add_day_slot(session: Session, actor: Actor, data: SlotData) -> int:
    """Add a part or a deadline (manager).

    Raises InvalidFieldError for an empty name, times in the wrong order or out of the day, and a
    part that lies across another.
    """
    demand(actor, Right.SET_STANDARDS)
    with because(session, _("一天的时间表")):
        slot = DaySlot()
        _fill(session, actor, slot, data)
        session.add(slot)
        session.flush()  # the id is the answer
        return slot.id


def change_day_slot(session: Session, actor: Actor, slot_id: int, data: SlotData) -> None:
    """Change a part or a deadline (manager); see ``add_day_slot`` for what is refused."""
    demand(actor, Right.SET_STANDARDS)
    slot = _slot(session, slot_id)
    if (slot.ends_at is None) is not (data.ends_at is None):
        raise InvalidFieldError("ends_at", _("时段不能改成截止时间，请停用后另加。"))
    with because(session, _("一天的时间表")):
        _fill(session, actor, slot, data)


def save_day_slot(
    session: Session,
    actor: Actor,
    slot_id: int | None,
    data: SlotData,
    lines: Sequence[SlotLine],
    *,
    now: datetime,
) -> int:
    """Add or change a part together with its checklist (manager); returns its id."""
    if slot_id is None:
        slot_id = add_day_slot(session, actor, data)
    else:
        change_day_slot(session, actor, slot_id, data)
    set_checklist(session, actor, slot_id, lines, now=now)
    return slot_id


def archive_day_slot(session: Session, actor: Actor, slot_id: int, *, now: datetime) -> None:
    """Take a part or a deadline out of the day (manager); its ticks stay in the records."""
    demand(actor, Right.SET_STANDARDS)
    with because(session, _("一天的时间表")):
        _slot(session, slot_id).archived_at = now


def set_checklist(
    session: Session, actor: Actor, slot_id: int, lines: Sequence[SlotLine], *, now: datetime
) -> None:
    """The lines of a part's checklist in this order (manager).

    Lines that are there already keep their ticks; those left out are retired. Whether one is a
    round of rooms goes with the line, whatever its name. Raises InvalidFieldError for a line twice.
    """
    demand(actor, Right.SET_STANDARDS)
    _slot(session, slot_id)
    written = [line for line in lines if line.label.strip()]
    wanted = {clean_text("items", line.label, limit=60): line.is_room_round for line in written}
    if len(wanted) != len(written):
        raise InvalidFieldError("items", _("清单里有重复的一行。"))
    with because(session, _("一天的时间表")):
        known = {
            _shown(item.label, item.label_en): item
            for item in session.scalars(
                select(ChecklistItem).where(
                    ChecklistItem.day_slot_id == slot_id, ChecklistItem.archived_at.is_(None)
                )
            )
        }
        for label in known.keys() - wanted.keys():
            known[label].archived_at = now
        for place, (label, is_round) in enumerate(wanted.items()):
            item = known.get(label)
            if item is None:
                item = ChecklistItem(day_slot_id=slot_id, label=label)
                session.add(item)
            item.position, item.is_room_round = place, is_round


def _fill(session: Session, actor: Actor, slot: DaySlot, data: SlotData) -> None:
    label = clean_text("label", data.label, limit=_LABEL)
    if not label:
        raise InvalidFieldError("label", _("请填名称。"))
    if (data.kind is SlotKind.DEADLINE) is not (data.ends_at is None):
        raise InvalidFieldError("ends_at", _("请填结束时间；截止时间只有一个时刻。"))
    ends = data.ends_at or data.begins_at
    if data.begins_at < FIRST or ends > LAST or (data.ends_at and ends <= data.begins_at):
        raise InvalidFieldError("begins_at", _("时间须在 6:00 至 22:00 之间，先开始后结束。"))
    if data.ends_at is not None:
        _demand_free(session, actor, slot.id, data)
    if data.label_en is not None:
        slot.label_en = data.label_en.strip()
    elif slot.label != label:
        slot.label_en = ""
    slot.kind, slot.label = data.kind.value, label
    slot.begins_at, slot.ends_at = data.begins_at, data.ends_at


def _demand_free(session: Session, actor: Actor, slot_id: int | None, data: SlotData) -> None:
    """Two parts of the day do not lie across each other."""
    for other in list_day_slots(session, actor):
        ends = other.ends_at
        if other.id == slot_id or ends is None or data.ends_at is None:
            continue
        if data.begins_at < ends and other.begins_at < data.ends_at:
            raise InvalidFieldError(
                "begins_at", _("与“{label}”的时间重叠。").format(label=other.label)
            )


def _slot(session: Session, slot_id: int) -> DaySlot:
    slot = session.get(DaySlot, slot_id)
    if slot is None or slot.archived_at is not None:
        raise NotFoundError(_("找不到这个时段。"))
    return slot


def _enter_seed(session: Session, seed: SeedSlot) -> None:
    slot = DaySlot(
        kind=seed.kind, label=seed.label, label_en=seed.label_en, begins_at=seed.begins_at,
        ends_at=seed.ends_at,
    )  # fmt: skip
    session.add(slot)
    session.flush()  # its lines hang on it
    for place, (label, english, is_round) in enumerate(seed.items):
        session.add(
            ChecklistItem(day_slot_id=slot.id, label=label, label_en=english,
                          is_room_round=is_round, position=place)
        )  # fmt: skip


def _shown(label: str, english: str) -> str:
    return english or label if language() == "en" else label
