"""Seat plan, card and lists of on-site clients: by keys and clicks, as each role."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from advisorcrm.db.database import Database
from advisorcrm.models import Seat
from advisorcrm.services.seats.client_rooms import NewRoom, add_room, list_rooms
from advisorcrm.services.seats.seat_plans import PlanSeat, open_seat_plan
from advisorcrm.services.seats.seat_uses import (
    NewSeatUse,
    assign_seat,
    open_on_site,
    set_conditions,
)
from advisorcrm.views.seats.on_site_dialogs import OnSiteDialog, TransitionsDialog
from advisorcrm.views.seats.seat_plan_dialog import SeatPlanDialog
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import TODAY
from tests.factories import People
from tests.views.clients.conftest import (
    MakeDesk,
    opened_client,
    press,
    settle,
    show,
    type_text,
)
from tests.views.windows import words_of


@pytest.fixture
def wang(clients: dict[str, int]) -> int:
    return clients["王秀兰"]


@pytest.fixture
def seats(file_database: Database, file_people: People) -> dict[str, int]:
    manager = file_database.acting_as(file_people.manager)
    manager.write(partial(add_room, new=NewRoom("大户室", 2, 3)))
    return manager.read(lambda s, a: {one.label: one.id for one in s.scalars(select(Seat)).all()})


def give(database: Database, client: int, seat: int, *, failing_since: date | None = None) -> int:
    new = NewSeatUse(client, seat, f"P-{client}", TODAY)
    use = database.write(partial(assign_seat, new=new, today=TODAY))
    if failing_since is not None:
        fail = partial(set_conditions, use_id=use, meets=False, today=failing_since)
        database.write(fail)
    return use


def opened_plan(qtbot: QtBot, desk: Surroundings, client: int | None) -> SeatPlanDialog:
    dialog = SeatPlanDialog(desk, client)
    show(qtbot, dialog, 1100, 600)
    settle(qtbot, desk)
    return dialog


@pytest.mark.req("R106")
def test_arrows_walk_the_plan_and_a_free_seat_is_given_with_a_pass(
    qtbot: QtBot, desk: Surroundings, wang: int, seats: dict[str, int], advisor: Database
) -> None:
    dialog = opened_plan(qtbot, desk, wang)
    assert dialog.legend[next(iter(dialog.legend))].label.text() == "空闲 6"
    dialog.grid.go_to(seats["A1"])
    press(dialog, "Right Down")
    assert dialog.panel.head.text() == "B2 空闲"
    assert dialog.panel.told.text() == "安排给 王秀兰"
    qtbot.mouseClick(dialog.panel.assign_button, Qt.MouseButton.LeftButton)
    assert dialog.panel.pass_no.message() == "请填写入室凭证。"
    dialog.panel.pass_no.focus()
    type_text(dialog, "P-088")
    qtbot.mouseClick(dialog.panel.assign_button, Qt.MouseButton.LeftButton)
    settle(qtbot, desk)
    use = advisor.read(partial(open_on_site, client_id=wang)).use
    assert use is not None
    assert (use.seat_label, use.pass_no) == ("B2", "P-088")
    assert dialog.panel.head.text() == "B2 占用 王秀兰"
    assert dialog.grid.buttons[seats["B2"]].accessibleName() == "B2 占用 王秀兰"


@pytest.mark.req("R107")
def test_conditions_are_judged_on_the_plan_and_the_end_of_transition_needs_a_follow_up(
    qtbot: QtBot, desk: Surroundings, wang: int, clients: dict[str, int], seats: dict[str, int],
    advisor: Database,
) -> None:  # fmt: skip
    give(advisor, wang, seats["A1"])
    give(advisor, clients["陈国梁"], seats["A2"], failing_since=TODAY - timedelta(days=70))
    dialog = opened_plan(qtbot, desk, None)
    panel = dialog.panel
    dialog.grid.go_to(seats["A1"])
    qtbot.mouseClick(panel.fails_button, Qt.MouseButton.LeftButton)
    settle(qtbot, desk)
    assert panel.told.text() == "过渡期至 2027-01-20，还有 61 天"
    assert panel.end_button.isHidden()
    qtbot.mouseClick(panel.meets_button, Qt.MouseButton.LeftButton)
    settle(qtbot, desk)
    assert panel.head.text() == "A1 占用 王秀兰"
    dialog.grid.go_to(seats["A2"])
    assert panel.told.text().startswith("过渡期已满")
    qtbot.mouseClick(panel.end_button, Qt.MouseButton.LeftButton)
    assert panel.follow_up.message() == "请填写以后怎样跟踪。"
    panel.follow_up.focus()
    type_text(dialog, "每月电话回访")
    qtbot.mouseClick(panel.end_button, Qt.MouseButton.LeftButton)
    settle(qtbot, desk)
    found = advisor.read(partial(open_on_site, client_id=clients["陈国梁"]))
    assert found.is_barred
    assert panel.head.text() == "A2 空闲"


def test_a_client_moves_leaves_and_opens_from_the_plan(
    qtbot: QtBot, desk: Surroundings, wang: int, seats: dict[str, int], advisor: Database
) -> None:
    give(advisor, wang, seats["A1"])
    dialog = opened_plan(qtbot, desk, wang)
    dialog.grid.go_to(seats["B3"])
    qtbot.mouseClick(dialog.panel.move_button, Qt.MouseButton.LeftButton)
    settle(qtbot, desk)
    use = advisor.read(partial(open_on_site, client_id=wang)).use
    assert use is not None
    assert use.seat_label == "B3"
    qtbot.mouseClick(dialog.panel.leave_button, Qt.MouseButton.LeftButton)
    settle(qtbot, desk)
    assert not advisor.read(partial(open_on_site, client_id=wang)).is_present
    give(advisor, wang, seats["A1"])
    dialog.reload()
    settle(qtbot, desk)
    dialog.grid.go_to(seats["A1"])
    with qtbot.waitSignal(dialog.client_wanted) as asked:
        qtbot.mouseClick(dialog.panel.open_button, Qt.MouseButton.LeftButton)
    assert asked.args == [wang]


@pytest.mark.req("R106")
def test_the_manager_sets_up_a_room_and_others_are_not_offered_to(
    qtbot: QtBot, desk_of: MakeDesk, file_people: People, file_database: Database
) -> None:
    manager = desk_of("manager")
    dialog = opened_plan(qtbot, manager, None)
    assert dialog.empty.title() == "还没有客户室"
    assert "点右上角“新客户室”" in words_of(dialog.empty)
    hidden = (dialog.room, dialog.retire_room, dialog.panel, *dialog.legend.values())
    assert not any(widget.isVisible() for widget in hidden)
    qtbot.mouseClick(dialog.new_room, Qt.MouseButton.LeftButton)
    room = dialog.room_dialog
    assert room is not None
    qtbot.waitUntil(room.isActiveWindow)
    for field, text in ((room.name, "大户室"), (room.rows, "0"), (room.places, "4")):
        field.focus()
        type_text(room, text)
    qtbot.mouseClick(room.button, Qt.MouseButton.LeftButton)
    assert room.rows.message() == "请填 1 到 20 之间的数。"
    room.rows.editor.selectAll()  # type: ignore[attr-defined]
    room.rows.focus()
    type_text(room, "2")
    press(room, "Return")
    settle(qtbot, manager)
    [row] = file_database.acting_as(file_people.manager).read(list_rooms)
    assert (row.name, row.seats) == ("大户室", 8)
    assert len(dialog.grid.buttons) == 8
    leader = opened_plan(qtbot, desk_of("leader"), None)
    assert leader.new_room.isHidden()
    leader.grid.go_to(next(iter(leader.grid.buttons)))
    assert leader.panel.assign_button.isHidden()


@pytest.mark.req("R105", "R107")
def test_the_card_says_room_seat_pass_and_transition_and_hides_where_nothing_is(
    qtbot: QtBot, desk: Surroundings, wang: int, clients: dict[str, int], seats: dict[str, int],
    advisor: Database,
) -> None:  # fmt: skip
    give(advisor, wang, seats["A1"], failing_since=TODAY)
    page = opened_client(qtbot, desk, wang)
    card = page.form.on_site
    assert not card.isHidden()
    said = {key: label.text() for key, label in card.facts.items()}
    assert (said["place"], said["pass"]) == ("大户室 A1", f"P-{wang}")
    assert (said["conditions"], said["ends"]) == ("不符合", "2027-01-20")
    assert card.badge.text() == "过渡期还有 61 天"
    with qtbot.waitSignal(card.plan_wanted):
        qtbot.mouseClick(card.plan_button, Qt.MouseButton.LeftButton)
    page.open_record(clients["陈国梁"])
    settle(qtbot, desk)
    assert card.isHidden()


@pytest.mark.req("R105", "R107")
def test_the_lists_show_who_is_on_site_and_whose_transition_ends(
    qtbot: QtBot, desk: Surroundings, wang: int, clients: dict[str, int], seats: dict[str, int],
    advisor: Database,
) -> None:  # fmt: skip
    give(advisor, wang, seats["A1"])
    give(advisor, clients["陈国梁"], seats["A2"], failing_since=TODAY - timedelta(days=55))
    listed, due = OnSiteDialog(desk), TransitionsDialog(desk)
    for dialog in (listed, due):
        show(qtbot, dialog, 980, 600)
        settle(qtbot, desk)
    assert [(row.client_name, row.seat_label) for row in listed.rows] == [
        ("王秀兰", "A1"), ("陈国梁", "A2"),
    ]  # fmt: skip
    assert [(row.client_name, row.days_left) for row in due.rows] == [("陈国梁", 6)]
    with qtbot.waitSignal(listed.export_wanted) as asked:
        listed._export()
    assert asked.args[0].name == "现场客户档案"
    due.table.setFocus()
    with qtbot.waitSignal(due.client_wanted) as wanted:
        press(due.table, "Return")
    assert wanted.args == [clients["陈国梁"]]


def test_the_manager_takes_a_free_seat_and_an_empty_room_out_of_use_and_back(
    qtbot: QtBot,
    desk_of: MakeDesk,
    seats: dict[str, int],
    advisor: Database,
    wang: int,
    file_database: Database,
    file_people: People,
) -> None:
    desk, manager = desk_of("manager"), file_database.acting_as(file_people.manager)
    dialog = SeatPlanDialog(desk, None)
    show(qtbot, dialog, 1200, 620)
    settle(qtbot, desk)
    dialog.grid.chosen.emit(next(one for one in plan_of(manager) if one.label == "A1"))
    assert not dialog.panel.retire_button.isHidden()
    dialog.panel.retire_button.click()
    settle(qtbot, desk)
    assert "A1" not in [one.label for one in plan_of(manager)]
    desk.undo.undo(desk.jobs)
    settle(qtbot, desk)
    assert "A1" in [one.label for one in plan_of(manager)]
    give(advisor, wang, seats["A2"])
    dialog.reload()
    settle(qtbot, desk)
    dialog.retire_room.click()
    settle(qtbot, desk)
    assert "客户在用" in dialog.panel.bar.text()
    plain = SeatPlanDialog(desk_of("advisor"), None)
    qtbot.addWidget(plain)
    assert plain.retire_room.isHidden()


def plan_of(manager: Database) -> tuple[PlanSeat, ...]:
    [room] = manager.read(list_rooms)
    return manager.read(partial(open_seat_plan, room_id=room.id)).seats
