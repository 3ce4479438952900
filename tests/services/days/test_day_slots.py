"""The day's template, its checklists and the rounds of the rooms (R22, R36, R40, R50, R53)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

import pytest

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.services.days.checklists import DayPart, list_day_parts, mark_item
from advisorcrm.services.days.day_slots import (
    SlotData,
    SlotKind,
    SlotLine,
    add_day_slot,
    archive_day_slot,
    change_day_slot,
    list_day_slots,
    set_checklist,
)
from advisorcrm.services.days.room_rounds import NewRound, list_rounds, record_round
from advisorcrm.services.seats.client_rooms import NewRoom, add_room, archive_room
from advisorcrm.services.workplace.branch_defaults import fill_defaults
from tests.conftest import TODAY
from tests.factories import NOW, People

UUID = "6f7a9c2e-0000-4000-8000-00000000000{}"


def day(database: Database, today: date = TODAY) -> dict[str, DayPart]:
    """The parts by their begin."""
    parts = database.read(partial(list_day_parts, today=today))
    return {f"{part.slot.begins_at:%H:%M} {part.slot.label}": part for part in parts}


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 20, hour, minute, tzinfo=BRANCH_TIME)


@pytest.mark.req("R53")
def test_a_branch_begins_with_the_eight_parts_of_the_rules(
    database: Database, mine: Database
) -> None:
    slots = mine.read(list_day_slots)
    parts = [slot for slot in slots if not slot.is_deadline]
    assert [(f"{slot.begins_at:%H:%M}", slot.label) for slot in parts] == [
        ("08:30", "晨会"), ("09:00", "资讯推送"), ("09:30", "盘中服务 · 巡视客户室"),
        ("11:30", "午休"), ("13:00", "盘中服务 · 巡视客户室"), ("15:00", "盘后总结 · 反馈表"),
        ("16:00", "夕会"), ("16:30", "整理档案"),
    ]  # fmt: skip
    assert [slot.ends_at for slot in parts[:-1]] == [slot.begins_at for slot in parts[1:]]
    assert parts[-1].ends_at == time(17)
    ticks = [(f"{slot.begins_at:%H:%M}", slot.label) for slot in slots if slot.is_deadline]
    assert ticks == [("09:30", "场外"), ("09:45", "现场"), ("15:30", "反馈表截止")]

    database.write(fill_defaults)  # as after every upgrade
    assert mine.read(list_day_slots) == slots


@pytest.mark.req("R53")
def test_the_manager_changes_the_day_and_others_do_not(manager: Database, mine: Database) -> None:
    rest = next(slot for slot in mine.read(list_day_slots) if slot.kind is SlotKind.REST)
    shorter = SlotData(SlotKind.REST, "午间", time(11, 30), time(12, 30))
    with pytest.raises(NotAllowedError):
        mine.write(partial(change_day_slot, slot_id=rest.id, data=shorter))
    manager.write(partial(change_day_slot, slot_id=rest.id, data=shorter))
    phone = SlotData(SlotKind.SERVICE, "电话回访", time(12, 30), time(13))
    key = manager.write(partial(add_day_slot, data=phone))
    tick = SlotData(SlotKind.DEADLINE, "日报", time(16, 45))
    manager.write(partial(add_day_slot, data=tick))

    labels = [slot.label for slot in mine.read(list_day_slots)]
    assert labels.index("午间") + 1 == labels.index("电话回访")
    assert "日报" in labels
    manager.write(partial(archive_day_slot, slot_id=key, now=NOW))
    assert "电话回访" not in [slot.label for slot in mine.read(list_day_slots)]
    with pytest.raises(NotFoundError):
        manager.write(partial(archive_day_slot, slot_id=key, now=NOW))


@pytest.mark.req("R53")
@pytest.mark.parametrize(
    ("data", "field"),
    [
        (SlotData(SlotKind.SERVICE, " ", time(17), time(18)), "label"),
        (SlotData(SlotKind.SERVICE, "倒", time(18), time(17)), "begins_at"),
        (SlotData(SlotKind.SERVICE, "夜", time(21), time(23)), "begins_at"),
        (SlotData(SlotKind.SERVICE, "重叠", time(16, 45), time(17, 30)), "begins_at"),
        (SlotData(SlotKind.SERVICE, "没有结束", time(17)), "ends_at"),
        (SlotData(SlotKind.DEADLINE, "有结束", time(17), time(18)), "ends_at"),
    ],
)
def test_parts_that_cannot_be_are_refused(
    file_database: Database, file_people: People, data: SlotData, field: str
) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        file_database.acting_as(file_people.manager).write(partial(add_day_slot, data=data))
    assert caught.value.field == field


@pytest.mark.req("R53")
def test_a_checklist_is_ticked_by_each_person_for_one_day(
    mine: Database, manager: Database, people: People
) -> None:
    meeting = day(mine)["08:30 晨会"]
    first = meeting.items[0]
    assert [item.done_at for item in meeting.items] == [None, None]
    mine.write(partial(mark_item, item_id=first.id, is_done=True, now=NOW))
    done = day(mine)["08:30 晨会"]
    assert (done.items[0].done_at, done.done, done.is_complete) == (NOW, 1, False)
    assert day(manager)["08:30 晨会"].done == 0
    assert day(mine, TODAY + timedelta(days=1))["08:30 晨会"].done == 0
    mine.write(partial(mark_item, item_id=first.id, is_done=False, now=NOW))
    assert day(mine)["08:30 晨会"].done == 0

    lines = [meeting.items[1].label, "检查短信平台", " "]
    manager.write(
        partial(
            set_checklist,
            slot_id=meeting.slot.id,
            lines=[SlotLine(line) for line in lines],
            now=NOW,
        )
    )
    assert [item.label for item in day(mine)["08:30 晨会"].items] == lines[:2]
    with pytest.raises(NotFoundError):
        mine.write(partial(mark_item, item_id=first.id, is_done=True, now=NOW))
    twice = [SlotLine("甲"), SlotLine("甲 ")]
    with pytest.raises(InvalidFieldError):
        manager.write(partial(set_checklist, slot_id=meeting.slot.id, lines=twice, now=NOW))


@pytest.mark.req("R36", "R40")
def test_a_round_of_the_rooms_stays_one_under_another_name(
    mine: Database, manager: Database
) -> None:
    slot = next(one for one in mine.read(list_day_slots) if len(one.items) == 3)
    assert [item.is_room_round for item in slot.items] == [False, True, False]
    lines = [
        SlotLine("看短信平台"),
        SlotLine("逐间巡视客户室", True),
        SlotLine(slot.items[0].label),
    ]
    manager.write(partial(set_checklist, slot_id=slot.id, lines=lines, now=NOW))
    after = next(one for one in mine.read(list_day_slots) if one.id == slot.id)
    assert [(item.label, item.is_room_round) for item in after.items] == [
        ("看短信平台", False), ("逐间巡视客户室", True), (slot.items[0].label, False),
    ]  # fmt: skip
    plain = [SlotLine(item.label) for item in after.items]
    manager.write(partial(set_checklist, slot_id=slot.id, lines=plain, now=NOW))
    after = next(one for one in mine.read(list_day_slots) if one.id == slot.id)
    assert not any(item.is_room_round for item in after.items)


@pytest.mark.req("R36", "R40", "R50")
def test_rounds_of_the_rooms_are_recorded_with_what_was_found(
    mine: Database, manager: Database, people: People
) -> None:
    big = manager.write(partial(add_room, new=NewRoom("大户室", 1, 2)))
    small = manager.write(partial(add_room, new=NewRoom("散户厅", 1, 2)))
    trouble = NewRound(UUID.format(1), big, at(9, 40), is_network_fine=False)
    with pytest.raises(InvalidFieldError):
        mine.write(partial(record_round, new=trouble, now=NOW))
    late = NewRound(UUID.format(2), big, NOW + timedelta(hours=1))
    with pytest.raises(InvalidFieldError):
        mine.write(partial(record_round, new=late, now=NOW))
    told = NewRound(UUID.format(1), big, at(9, 40), False, True, True, "2 号机断网，已报修")
    key = mine.write(partial(record_round, new=told, now=NOW))
    assert mine.write(partial(record_round, new=told, now=NOW)) == key

    morning = day(mine)["09:30 盘中服务 · 巡视客户室"]
    rounds = next(item for item in morning.items if item.is_room_round)
    assert (rounds.rooms_done, rounds.rooms, rounds.done_at) == (1, 2, None)
    with pytest.raises(InvalidFieldError):
        mine.write(partial(mark_item, item_id=rounds.id, is_done=True, now=NOW))
    dark = NewRound(UUID.format(3), small, at(9, 50), True, False, False, "屏幕不亮，地面湿滑")
    mine.write(partial(record_round, new=dark, now=NOW))
    morning = day(mine)["09:30 盘中服务 · 巡视客户室"]
    assert next(item for item in morning.items if item.is_room_round).done_at == at(9, 50)
    for later in ("13:00 盘中服务 · 巡视客户室", "16:30 整理档案"):  # twice a day, and at its end
        again = next(item for item in day(mine)[later].items if item.is_room_round)
        assert (again.rooms_done, again.done_at) == (0, None)

    [second, first] = mine.read(partial(list_rounds, from_on=TODAY, to_on=TODAY))
    assert (first.room, first.network, first.environment, first.finding, first.person) == (
        "大户室", False, True, "2 号机断网，已报修", "林若溪",
    )  # fmt: skip
    assert (second.network, second.environment, second.equipment) == (True, False, False)
    assert manager.read(partial(list_rounds, from_on=TODAY, to_on=TODAY)) == [second, first]
    theirs = mine.acting_as(people.colleague)
    assert theirs.read(partial(list_rounds, from_on=TODAY, to_on=TODAY)) == []
    manager.write(partial(archive_room, room_id=small, now=NOW))
    with pytest.raises(NotFoundError):
        mine.write(partial(record_round, new=NewRound(UUID.format(4), small, NOW), now=NOW))


@pytest.mark.req("R36")
def test_without_rooms_the_round_is_a_line_like_others(mine: Database) -> None:
    item = day(mine)["09:30 盘中服务 · 巡视客户室"].items[1]
    assert item.is_room_round
    mine.write(partial(mark_item, item_id=item.id, is_done=True, now=NOW))
    assert day(mine)["09:30 盘中服务 · 巡视客户室"].done == 1
