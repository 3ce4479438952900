"""On-site clients: rooms and seats, passes, the two months of transition (R105-R107)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import select, text

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.models import Seat
from advisorcrm.rules.transition import transition_end
from advisorcrm.services.histories.histories import list_history
from advisorcrm.services.seats import seat_uses
from advisorcrm.services.seats.client_rooms import (
    NewRoom,
    add_room,
    archive_room,
    archive_seat,
    list_rooms,
    restore_room,
    restore_seat,
)
from advisorcrm.services.seats.seat_plans import (
    OnSiteRow,
    SeatPlan,
    list_on_site_clients,
    list_transitions_due,
    open_seat_plan,
)
from advisorcrm.services.seats.seat_uses import (
    NewSeatUse,
    OnSite,
    assign_seat,
    end_transition,
    leave_seat,
    move_seat,
    open_on_site,
    set_conditions,
)
from advisorcrm.terms import SeatState
from tests.conftest import TODAY
from tests.factories import NOW, People

Make = Callable[..., int]
END = date(2027, 1, 20)


@pytest.fixture
def room(manager: Database) -> int:
    return manager.write(lambda s, a: add_room(s, a, NewRoom("大户室", 2, 3, "三楼")))


@pytest.fixture
def seats(database: Database, room: int) -> dict[str, int]:
    return database.read(
        lambda s, a: {seat.label: seat.id for seat in s.scalars(select(Seat)).all()}
    )


def give(database: Database, client: int, seat: int, pass_no: str = "P-1", **more: Any) -> int:
    new = NewSeatUse(client, seat, pass_no, more.pop("entered_on", TODAY), **more)
    return database.write(lambda s, a: assign_seat(s, a, new, today=TODAY))


def judge(database: Database, use: int, *, meets: bool, today: date = TODAY) -> date | None:
    return database.write(lambda s, a: set_conditions(s, a, use, meets=meets, today=today))


def card(database: Database, client: int) -> OnSite:
    return database.read(lambda s, a: open_on_site(s, a, client))


def plan(database: Database, room: int) -> SeatPlan:
    return database.read(lambda s, a: open_seat_plan(s, a, room))


def on_site(database: Database) -> list[OnSiteRow]:
    return database.read(list_on_site_clients)


@pytest.mark.parametrize(
    ("since", "end"),
    [
        (date(2026, 11, 20), date(2027, 1, 20)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2026, 7, 31), date(2026, 9, 30)),
        (date(2026, 1, 1), date(2026, 3, 1)),
    ],
)
@pytest.mark.req("R107")
def test_a_transition_lasts_two_months_to_the_day(since: date, end: date) -> None:
    assert transition_end(since) == end


@pytest.mark.req("R106")
def test_the_manager_sets_up_a_room_with_its_seats(manager: Database, room: int) -> None:
    [row] = manager.read(list_rooms)
    assert (row.name, row.note, row.seats) == ("大户室", "三楼", 6)
    assert [seat.label for seat in plan(manager, room).seats] == [
        "A1", "A2", "A3", "B1", "B2", "B3",
    ]  # fmt: skip
    for new, field in (
        (NewRoom("大户室", 1, 1), "name"),
        (NewRoom(" ", 1, 1), "name"),
        (NewRoom("小室", 0, 1), "rows"),
        (NewRoom("小室", 1, 31), "places"),
    ):
        with pytest.raises(InvalidFieldError) as refused:
            manager.write(lambda s, a, new=new: add_room(s, a, new))
        assert refused.value.field == field


@pytest.mark.req("R106", "R107")
def test_a_client_gets_a_seat_with_his_pass_and_the_plan_shows_it(
    mine: Database, make: Make, room: int, seats: dict[str, int]
) -> None:
    wang = make("王秀兰")
    give(mine, wang, seats["B2"], "P-088", entered_on=TODAY - timedelta(days=3), note="常客")
    found = card(mine, wang)
    assert found.is_present
    assert found.use is not None
    assert (found.use.room_name, found.use.seat_label, found.use.pass_no) == (
        "大户室", "B2", "P-088",
    )  # fmt: skip
    assert (found.use.entered_on, found.use.meets_conditions) == (TODAY - timedelta(days=3), True)
    drawn = plan(mine, room)
    taken = [seat for seat in drawn.seats if seat.state is SeatState.TAKEN]
    assert [(seat.label, seat.client_name, seat.client_id) for seat in taken] == [
        ("B2", "王秀兰", wang)
    ]
    assert drawn.count(SeatState.FREE) == 5


@pytest.mark.req("R107")
def test_no_seat_without_a_pass_and_none_twice(
    mine: Database, make: Make, seats: dict[str, int]
) -> None:
    wang, li = make("王秀兰"), make("李建业")
    give(mine, wang, seats["A1"], "P-1")
    for client, seat, pass_no, more, field in (
        (li, "A2", " ", {}, "pass_no"),
        (li, "A2", "P-1", {}, "pass_no"),
        (li, "A1", "P-2", {}, "seat_id"),
        (wang, "A2", "P-2", {}, "client_id"),
        (li, "A2", "P-2", {"entered_on": TODAY + timedelta(days=1)}, "entered_on"),
    ):
        with pytest.raises(InvalidFieldError) as refused:
            give(mine, client, seats[seat], pass_no, **more)
        assert refused.value.field == field


@pytest.mark.req("R107")
def test_conditions_no_longer_met_begin_two_months_once_and_met_again_end_them(
    mine: Database, make: Make, room: int, seats: dict[str, int]
) -> None:
    wang = make("王秀兰")
    use = give(mine, wang, seats["A1"])
    assert judge(mine, use, meets=False) == END
    assert judge(mine, use, meets=False, today=TODAY + timedelta(days=30)) == END
    [seat] = [one for one in plan(mine, room).seats if one.client_id == wang]
    assert (seat.state, seat.ends_on) == (SeatState.TRANSITION, END)
    assert judge(mine, use, meets=True) is None
    found = card(mine, wang).use
    assert found is not None
    assert (found.transition_since, found.transition_ends_on) == (None, None)


@pytest.mark.req("R107")
def test_after_the_two_months_no_seat_is_arranged_and_the_client_is_followed_up(
    mine: Database, make: Make, room: int, seats: dict[str, int]
) -> None:
    wang = make("王秀兰")
    use = give(mine, wang, seats["A1"])
    with pytest.raises(InvalidFieldError, match="不在过渡期"):
        mine.write(lambda s, a: end_transition(s, a, use, "每月电话", today=END))
    judge(mine, use, meets=False)
    early = END - timedelta(days=1)
    with pytest.raises(InvalidFieldError, match="2027-01-20 才满"):
        mine.write(lambda s, a: end_transition(s, a, use, "每月电话", today=early))
    with pytest.raises(InvalidFieldError, match="跟踪服务"):
        mine.write(lambda s, a: end_transition(s, a, use, " ", today=END))
    mine.write(lambda s, a: end_transition(s, a, use, "每月电话回访", today=END))
    found = card(mine, wang)
    assert (found.is_present, found.is_barred) == (False, True)
    assert found.use is not None
    assert (found.use.left_on, found.use.note) == (END, "每月电话回访")
    assert plan(mine, room).count(SeatState.FREE) == 6
    with pytest.raises(InvalidFieldError, match="不再安排机位"):
        give(mine, wang, seats["A2"])
    give(mine, wang, seats["A2"], meets_again=True)
    assert card(mine, wang).is_present


@pytest.mark.req("R107")
def test_transitions_that_end_soon_stand_on_a_list_the_most_urgent_on_top(
    database: Database, people: People, mine: Database, manager: Database, make: Make,
    seats: dict[str, int],
) -> None:  # fmt: skip
    wang, li, far = make("王秀兰"), make("李建业"), make("远客")
    other = make("许志刚", people.colleague)
    for number, (client, began) in enumerate(
        ((wang, TODAY - timedelta(days=55)), (li, TODAY - timedelta(days=70)), (far, TODAY),
         (other, TODAY - timedelta(days=60)))
    ):  # fmt: skip
        owner = manager if client == other else mine
        use = give(owner, client, list(seats.values())[number], f"P-{number}")
        judge(owner, use, meets=False, today=began)
    due = mine.read(lambda s, a: list_transitions_due(s, a, today=TODAY))
    assert [(row.client_name, row.days_left) for row in due] == [("李建业", -9), ("王秀兰", 6)]
    whole = manager.read(lambda s, a: list_transitions_due(s, a, today=TODAY))
    assert {row.client_name for row in whole} == {"李建业", "王秀兰", "许志刚"}
    wide = mine.read(lambda s, a: list_transitions_due(s, a, today=TODAY, within_days=90))
    assert "远客" in {row.client_name for row in wide}


@pytest.mark.req("R105")
def test_the_on_site_list_holds_who_has_a_seat_and_who_trades_on_site_without(
    mine: Database, make: Make, seats: dict[str, int]
) -> None:
    wang = make("王秀兰", tier="gold")
    make("无座", trading_way=("on_site", "online"))
    make("场外", trading_way=("online",))
    gone = make("已离开")
    left = give(mine, gone, seats["A2"], "P-9")
    mine.write(lambda s, a: leave_seat(s, a, left, today=TODAY))
    give(mine, wang, seats["A1"], "P-1")
    rows = on_site(mine)
    assert [(row.client_name, row.room_name, row.seat_label, row.pass_no) for row in rows] == [
        ("王秀兰", "大户室", "A1", "P-1"), ("无座", "", "", ""),
    ]  # fmt: skip
    assert rows[0].account.startswith("****")


@pytest.mark.req("R106")
def test_a_client_changes_the_seat_and_takes_pass_and_transition_along(
    mine: Database, make: Make, room: int, seats: dict[str, int]
) -> None:
    wang = make("王秀兰")
    use = give(mine, wang, seats["A1"], "P-1")
    judge(mine, use, meets=False)
    mine.write(lambda s, a: move_seat(s, a, use, seats["B3"], today=TODAY + timedelta(days=5)))
    found = card(mine, wang).use
    assert found is not None
    assert (found.seat_label, found.pass_no, found.transition_ends_on) == ("B3", "P-1", END)
    assert plan(mine, room).count(SeatState.FREE) == 5
    with pytest.raises(NotFoundError):
        judge(mine, use, meets=True)


def test_who_leaves_may_come_again(mine: Database, make: Make, seats: dict[str, int]) -> None:
    wang = make("王秀兰")
    use = give(mine, wang, seats["A1"])
    judge(mine, use, meets=False)
    mine.write(lambda s, a: leave_seat(s, a, use, today=TODAY))
    assert not card(mine, wang).is_barred
    give(mine, wang, seats["A1"])


def test_a_room_or_seat_in_use_is_not_given_up(
    mine: Database, manager: Database, make: Make, room: int, seats: dict[str, int]
) -> None:
    use = give(mine, make("王秀兰"), seats["A1"])
    for given_up in (
        lambda s, a: archive_room(s, a, room, now=NOW),
        lambda s, a: archive_seat(s, a, seats["A1"], now=NOW),
    ):
        with pytest.raises(InvalidFieldError, match="还有客户在用"):
            manager.write(given_up)
    manager.write(lambda s, a: archive_seat(s, a, seats["A2"], now=NOW))
    assert "A2" not in [seat.label for seat in plan(manager, room).seats]
    manager.write(lambda s, a: restore_seat(s, a, seats["A2"]))
    assert len(plan(manager, room).seats) == 6
    mine.write(lambda s, a: leave_seat(s, a, use, today=TODAY))
    manager.write(lambda s, a: archive_room(s, a, room, now=NOW))
    assert manager.read(list_rooms) == []


def test_a_colleagues_client_is_a_surname_on_the_plan(
    mine: Database, manager: Database, people: People, make: Make, room: int, seats: dict[str, int]
) -> None:
    give(manager, make("许志刚", people.colleague), seats["A1"])
    [seat] = [one for one in plan(mine, room).seats if one.state is SeatState.TAKEN]
    assert (seat.client_name, seat.client_id, seat.use_id) == ("许*", None, None)


def test_the_history_tells_a_seat_and_its_transition_in_words(
    mine: Database, make: Make, seats: dict[str, int]
) -> None:
    wang = make("王秀兰")
    judge(mine, give(mine, wang, seats["A1"], "P-1"), meets=False)
    entries = mine.read(lambda s, a: list_history(s, a, wang)).entries
    said = [(one.old, one.new) for one in entries if one.label == "机位"]
    first = "A1 2026-11-20– P-1"
    assert said[0] == (first, f"{first}，条件不符，过渡期至 2027-01-20")
    assert said[1] == ("", first)


@pytest.mark.req("R106")
def test_two_desks_that_give_one_seat_in_the_same_moment_are_stopped_by_the_database(
    mine: Database, make: Make, seats: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = make(name="甲"), make(name="乙"), make(name="丙")
    monkeypatch.setattr(seat_uses, "_present", lambda _session, _where: False)  # not yet seen
    give = partial(assign_seat, today=TODAY)
    mine.write(partial(give, new=NewSeatUse(first, seats["A1"], "P-1", TODAY)))
    moving = mine.write(partial(give, new=NewSeatUse(third, seats["A2"], "P-3", TODAY)))
    with pytest.raises(InvalidFieldError, match="刚被安排") as caught:
        mine.write(partial(give, new=NewSeatUse(second, seats["A1"], "P-2", TODAY)))
    assert caught.value.field == "seat_id"
    with pytest.raises(InvalidFieldError, match="刚被安排"):
        mine.write(partial(move_seat, use_id=moving, seat_id=seats["A1"], today=TODAY))
    use = mine.read(partial(open_on_site, client_id=first)).use
    assert use is not None
    mine.write(partial(leave_seat, use_id=use.id, today=TODAY))
    mine.write(partial(give, new=NewSeatUse(second, seats["A1"], "P-2", TODAY)))


def test_a_room_that_was_given_up_is_taken_into_use_again(manager: Database, room: int) -> None:
    manager.write(partial(archive_room, room_id=room, now=NOW))
    assert manager.read(list_rooms) == []
    manager.write(partial(restore_room, room_id=room))
    assert [one.id for one in manager.read(list_rooms)] == [room]
    with pytest.raises(NotFoundError):
        manager.write(partial(restore_room, room_id=room))


def test_where_a_seat_was_held_twice_the_step_ends_the_older_stay(
    mine: Database, make: Make, seats: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    step = import_module("advisorcrm.db.migrations.versions.0013_one_client_a_seat")
    older, newer = make(name="甲"), make(name="乙")
    monkeypatch.setattr(seat_uses, "_present", lambda _session, _where: False)
    mine.write(lambda s, _a: s.execute(text("DROP INDEX uq_seat_use_seat_id_present")) and None)
    for client, day in ((older, TODAY - timedelta(days=9)), (newer, TODAY)):
        new = NewSeatUse(client, seats["A1"], f"P-{client}", day)
        mine.write(partial(assign_seat, new=new, today=TODAY))
    mine.write(lambda s, _a: s.execute(text(step.END_OLDER)) and None)
    left = [mine.read(partial(open_on_site, client_id=one)).is_present for one in (older, newer)]
    assert left == [False, True]
    ended = mine.read(partial(open_on_site, client_id=older)).use
    assert ended is not None
    assert ended.left_on == TODAY
