"""The calendar by keys and clicks: move, open, arrange, book what is proposed (R29, R221)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.database import Database
from advisorcrm.services.calendar.appointment_rows import AppointmentRow, list_appointments
from advisorcrm.services.calendar.appointments import NewAppointment, add_appointment
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.contacts.contact_logs import log_contact
from advisorcrm.views.calendar.calendar_page import CalendarPage
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import Button
from tests.conftest import NOW, TODAY
from tests.factories import People, make_client, new_log
from tests.views.clients.conftest import (
    MakeDesk,
    opened_client,
    press,
    settle,
    show,
)

MONDAY = date(2026, 11, 23)


def at(clock: str, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), BRANCH_TIME)


def booked(
    database: Database, who: Any, client: int | None, clock: str, day: date = MONDAY, **more: Any
) -> int:
    values: dict[str, Any] = {"minutes": 60, "title": "持仓调整"} | more
    new = NewAppointment(str(uuid.uuid4()), at(clock, day), client_id=client, **values)
    return database.acting_as(who).write(partial(add_appointment, new=new, now=NOW))


def of_week(database: Database, who: Any, owner: int | None = None) -> list[AppointmentRow]:
    return database.acting_as(who).read(
        partial(list_appointments, advisor_id=owner or who.user_id, since=start_of(TODAY),
                until=start_of(TODAY + timedelta(days=7)))
    )  # fmt: skip


def opened(qtbot: QtBot, desk: Surroundings) -> CalendarPage:
    page = CalendarPage(desk)
    show(qtbot, page, 1280, 760)
    page.reload()
    settle(qtbot, desk)
    page.grid.setFocus()
    return page


@pytest.mark.req("R29")
def test_keys_walk_through_the_week_and_move_an_appointment(
    qtbot: QtBot,
    desk: Surroundings,
    clients: dict[str, int],
    file_database: Database,
    file_people: People,
) -> None:
    booked(file_database, file_people.advisor, clients["陈国梁"], "09:30")
    page = opened(qtbot, desk)
    assert page.grid.cursor_at() == at("09:30", TODAY)
    for _step in range(3):
        press(page.grid, "Right")
    assert page.current_client_id() == clients["陈国梁"]
    assert page.status_text().startswith("陈国梁 面谈 · 11-23 周一 09:30–10:30")
    press(page.grid, "Down")
    assert page.grid.cursor_at() == at("10:30")
    assert page.current_client_id() is None
    press(page.grid, "Up")
    assert page.current_client_id() == clients["陈国梁"]

    QTest.keyClick(page.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, desk)
    [row] = of_week(file_database, file_people.advisor)
    assert row.slot.starts == at("10:00")
    assert page.current_client_id() == clients["陈国梁"]
    desk.undo.undo(desk.jobs)
    settle(qtbot, desk)
    [row] = of_week(file_database, file_people.advisor)
    assert row.slot.starts == at("09:30")

    press(page.grid, "1")
    assert (page.head.days(), page.head.start()) == (1, TODAY)
    press(page.grid, "Right")
    settle(qtbot, desk)
    assert page.head.start() == TODAY + timedelta(days=1)
    press(page.grid, "Home")
    press(page.grid, "2")
    assert (page.head.days(), page.head.start()) == (7, TODAY)
    page.head.begin.click()
    assert page.head.start() == date(2026, 11, 16)


@pytest.mark.req("R29")
def test_a_new_appointment_is_typed_warned_of_and_saved(
    qtbot: QtBot,
    desk: Surroundings,
    clients: dict[str, int],
    file_database: Database,
    file_people: People,
) -> None:
    booked(file_database, file_people.advisor, clients["王秀兰"], "09:30")
    page = opened(qtbot, desk)
    page.add(at("10:00"), clients["陈国梁"], "陈国梁")
    form = page.dialog
    assert form is not None
    settle(qtbot, desk)
    assert form.echo.warnings() == ("与 王秀兰 09:30 的预约时间重叠。",)
    form.where.set_value("away")
    form.where.changed.emit()
    settle(qtbot, desk)
    assert any("开盘时间" in text for text in form.echo.warnings())
    form.when.editor.setText("周一 15:30")
    settle(qtbot, desk)
    assert form.echo.warnings() == ()
    form.about.editor.setText("资产配置")
    QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, desk)
    row = of_week(file_database, file_people.advisor)[-1]
    assert (row.client_name, row.title, row.is_at_branch) == ("陈国梁", "资产配置", False)
    assert row.slot.starts == at("15:30")


def test_a_new_appointment_is_proposed_for_a_time_that_is_still_to_come(
    qtbot: QtBot, desk: Surroundings, clients: dict[str, int]
) -> None:
    clock = [NOW]
    page = opened(qtbot, replace(desk, clock=lambda: clock[0]))
    assert page.grid.cursor_at() == at("09:30", TODAY)  # it is 14:20
    for now, proposed in (
        (NOW, "2026-11-20 14:30"),
        (at("14:30", TODAY), "2026-11-20 15:00"),
        (at("17:30", TODAY), "2026-11-23 09:00"),
    ):
        clock[0] = now
        qtbot.mouseClick(page.head.add_button, Qt.MouseButton.LeftButton)
        form = page.dialog
        assert form is not None
        assert form.when.value() == proposed
        settle(qtbot, desk)
        assert form.echo.warnings() == ()
        press(form, "Escape")
    clock[0] = NOW
    page.grid.setFocus()
    press(page.grid, "Right Right Right")
    qtbot.mouseClick(page.head.add_button, Qt.MouseButton.LeftButton)
    assert page.dialog is not None
    assert page.dialog.when.value() == "2026-11-23 09:30"


def test_a_form_without_a_time_or_a_client_stays_open(
    qtbot: QtBot,
    desk: Surroundings,
    clients: dict[str, int],
    file_database: Database,
    file_people: People,
) -> None:
    page = opened(qtbot, desk)
    press(page.grid, "Return")
    form = page.dialog
    assert form is not None
    form.when.editor.setText("周一")
    form.submit()
    assert "几点" in form.when.message()
    form.when.editor.setText("周一 9:30")
    form.submit()
    settle(qtbot, desk)
    assert form.isVisible()
    assert "事由" in form.about.message()
    form.finder.line.setText("陈国梁")
    form.finder.line.searched.emit("陈国梁")
    settle(qtbot, desk)
    QTest.keyClick(form.finder.line, Qt.Key.Key_Return)
    form.submit()
    settle(qtbot, desk)
    assert [row.client_name for row in of_week(file_database, file_people.advisor)] == ["陈国梁"]


def test_an_appointment_is_called_off_with_a_reason_or_leads_to_the_log(
    qtbot: QtBot,
    desk: Surroundings,
    clients: dict[str, int],
    file_database: Database,
    file_people: People,
) -> None:
    booked(file_database, file_people.advisor, clients["陈国梁"], "09:30")
    page = opened(qtbot, desk)
    page.grid.go_to_day(MONDAY)
    press(page.grid, "Return")
    form = page.dialog
    assert form is not None
    with qtbot.waitSignal(page.log_wanted) as told:
        form.log.click()
    assert told.args == [clients["陈国梁"]]
    press(page.grid, "Return")
    form = page.dialog
    assert form is not None
    form.call_off.click()
    assert form.isVisible()
    form.reason.editor.setText("客户出差")
    form.call_off.click()
    settle(qtbot, desk)
    assert of_week(file_database, file_people.advisor) == []
    assert "没有预约" in page.bar.text()
    desk.undo.undo(desk.jobs)
    settle(qtbot, desk)
    assert len(of_week(file_database, file_people.advisor)) == 1


@pytest.mark.req("R29", "R221")
def test_proposed_times_are_booked_one_by_one_or_all(
    qtbot: QtBot,
    desk: Surroundings,
    clients: dict[str, int],
    file_database: Database,
    file_people: People,
) -> None:
    page = opened(qtbot, desk)
    names = [row.client_name for row in page.waiting.rows()]
    assert names == ["欧阳文静"]
    assert "建议" in page.waiting.buttons[0].text()
    file_database.write(
        lambda s, a: make_client(s, file_people.advisor, name="单玉梅", risk_expires_on=TODAY)
    )
    page.reload()
    settle(qtbot, desk)
    page.waiting.all.click()
    settle(qtbot, desk)
    assert {row.client_name for row in of_week(file_database, file_people.advisor)} == {
        "欧阳文静", "单玉梅",
    }  # fmt: skip
    assert page.waiting.rows() == ()


def test_dragging_gives_another_time_and_done_blocks_stay(
    qtbot: QtBot,
    desk: Surroundings,
    clients: dict[str, int],
    file_database: Database,
    file_people: People,
) -> None:
    key = booked(file_database, file_people.advisor, clients["陈国梁"], "09:30", minutes=60)
    page = opened(qtbot, desk)
    box, grid = page.grid.box_of(key), page.grid
    start = box.center().toPoint()
    goal = QPoint(start.x(), start.y() + round(box.height()))
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(grid, goal)
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=goal)
    settle(qtbot, desk)
    [row] = of_week(file_database, file_people.advisor)
    assert row.slot.starts == at("10:30")


@pytest.mark.req("R113", "R244")
def test_a_birthday_is_congratulated_or_given_a_time(qtbot: QtBot, desk_of: MakeDesk) -> None:
    desk = desk_of("advisor")
    for name, day, need in (("赵立新", 22, None), ("曾繁荣", 25, "do_not_disturb")):
        born = {"birthday": date(1966, 11, day), "service_need": need}
        desk.jobs.write(lambda s, a, n=name, b=born: make_client(s, a, name=n, **b))
    page = opened(qtbot, desk)
    buttons = {one.accessibleName(): one for one in page.birthdays.findChildren(Button)}
    assert set(buttons) == {"祝贺 赵立新", "与 赵立新 约时间祝贺", "打印名单"}
    with qtbot.waitSignal(page.names_wanted) as wanted:
        press(page.grid, "P")
    assert wanted.args == [desk.actor.user_id]
    with qtbot.waitSignal(page.greet_wanted) as told:
        buttons["祝贺 赵立新"].click()
    assert told.args[0].on == date(2026, 11, 22)
    buttons["与 赵立新 约时间祝贺"].click()
    assert page.dialog is not None
    assert page.dialog.isVisible()
    page.dialog.reject()


def test_the_manager_opens_the_calendar_of_any_advisor(
    qtbot: QtBot,
    desk_of: MakeDesk,
    clients: dict[str, int],
    file_database: Database,
    file_people: People,
) -> None:
    booked(file_database, file_people.colleague, clients["许志刚"], "09:30")
    manager = desk_of("manager")
    page = opened(qtbot, manager)
    page.head.advisor.set_code(str(file_people.colleague.user_id))
    settle(qtbot, manager)
    page.grid.go_to_day(MONDAY)
    assert page.current_client_id() == clients["许志刚"]
    page.set_private(is_private=True)
    assert "许志刚" not in page.status_text()


def test_the_month_leads_to_the_day(
    qtbot: QtBot,
    desk: Surroundings,
    clients: dict[str, int],
    file_database: Database,
    file_people: People,
) -> None:
    booked(file_database, file_people.advisor, clients["陈国梁"], "09:30")
    page = opened(qtbot, desk)
    press(page.grid, "3")
    settle(qtbot, desk)
    assert page.head.span.text() == "2026-11"
    assert (page.head.start(), page.head.days()) == (date(2026, 10, 26), 42)
    page.month.go_to_day(date(2026, 11, 16))
    press(page.month, "Down")
    assert page.status_text().startswith("11-23 周一 · 1 约")
    assert page.current_client_id() is None
    page.month.go_to_day(date(2026, 12, 6))
    press(page.month, "Right")
    settle(qtbot, desk)
    assert (page.head.span.text(), page.month.day()) == ("2026-12", date(2026, 12, 7))
    page.head.back.click()
    page.month.go_to_day(MONDAY)
    press(page.month, "Return")
    settle(qtbot, desk)
    assert (page.head.days(), page.head.start()) == (1, MONDAY)
    page.grid.go_to_day(MONDAY)
    assert page.current_client_id() == clients["陈国梁"]


def test_the_clients_page_tells_what_is_arranged(
    qtbot: QtBot,
    desk: Surroundings,
    clients: dict[str, int],
    file_database: Database,
    file_people: People,
) -> None:
    key = clients["陈国梁"]
    entry = new_log(key, next_on=MONDAY, next_at=time(10), next_way="phone", next_note="看财报")
    file_database.acting_as(file_people.advisor).write(partial(log_contact, entry=entry, now=NOW))
    booked(file_database, file_people.advisor, key, "14:30", place="2 室")
    page = opened_client(qtbot, desk, key)
    lines = [
        line.accessibleName() for line in page.side.steps.findChildren(QWidget)
        if line.accessibleName().startswith("11-23") and not line.isHidden()
    ]  # fmt: skip
    assert lines == ["11-23 周一 10:00 电话 · 看财报", "11-23 周一 14:30 面谈 · 2 室 · 持仓调整"]
