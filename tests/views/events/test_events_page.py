"""Events by clicks and keys: planned, invited with exclusions said, marked, summed up, printed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.exports.event_guests import event_guests_sheet, register_event_guests
from advisorcrm.services.meetings.events import EventData, add_event
from advisorcrm.terms import GuestAnswer
from advisorcrm.views.events.event_dialog import EventDialog
from advisorcrm.views.events.events_page import EventsPage
from advisorcrm.views.events.guests_dialog import GuestsDialog
from tests.factories import NOW, People, make_client
from tests.views.desks import Desk, desks
from tests.views.windows import nameless


@pytest.fixture
def desk(file_database: Database) -> Iterator[Desk]:
    with desks(file_database) as make:
        yield make


@pytest.fixture
def clients(file_database: Database, file_people: People) -> list[int]:
    def work(session: Any, actor: Any) -> list[int]:
        quiet = {"service_need": "do_not_disturb"}
        given = [("王秀兰", {}), ("李建业", {}), ("不扰", quiet)]
        return [
            make_client(session, file_people.advisor, name=name, tier="gold", **more)
            for name, more in given
        ]

    return file_database.write(work)


@pytest.fixture
def event(file_database: Database, file_people: People) -> int:
    data = EventData("round_table", "年末策略", NOW, "会议室", "报告", is_prepared=True)
    return file_database.acting_as(file_people.advisor).write(partial(add_event, data=data))


@pytest.mark.req("R45", "R111")
def test_an_event_is_planned_changed_and_called_off_on_its_page(
    qtbot: QtBot, file_people: People, desk: Desk
) -> None:
    around = desk(file_people.advisor)
    page = EventsPage(around)
    qtbot.addWidget(page)
    page.show()
    assert nameless(page) == []
    assert page.empty.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Insert)
    form = page.dialog
    assert isinstance(form, EventDialog)
    assert nameless(form) == []
    form.button.click()
    assert form.title.message()
    form.kind.set_value("open_day")
    form.title.set_value("接待日")
    form.time.set_value("下午三点")
    form.prepared.setChecked(True)
    form.submit()
    assert "材料" in form.material.message()
    form.material.set_value("资料袋")
    form.submit()
    [row] = page.rows
    assert (row.kind, row.title, f"{row.starts_at:%H:%M}") == ("open_day", "接待日", "07:00")
    assert isinstance(page.dialog, GuestsDialog)
    page.dialog.reject()
    qtbot.keyClick(page, Qt.Key.Key_F2)
    again = page.dialog
    assert isinstance(again, EventDialog)
    assert (again.title.value(), again.time.value()) == ("接待日", "15:00")
    again.title.set_value("十一月接待日")
    again.submit()
    assert page.rows[0].title == "十一月接待日"
    page.call_off_button.click()
    assert page.rows == []
    assert not page.change_button.isEnabled()
    around.undo.undo(around.jobs)
    assert len(page.rows) == 1


@pytest.mark.req("R111", "R261", "R229")
def test_guests_are_invited_with_exclusions_said_before_marked_and_summed_up(
    qtbot: QtBot, file_database: Database, file_people: People, desk: Desk, clients: list[int],
    event: int,
) -> None:  # fmt: skip
    around = desk(file_people.advisor)
    dialog = GuestsDialog(around, event)
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []
    dialog.invite.tier.set_code("gold")
    assert dialog.invite.told.text() == "可邀请 2 人；不能邀请：免打扰 1"
    dialog.invite.button.click()
    assert [row.name for row in dialog.rows] == ["李建业", "王秀兰"]
    assert "已在名单 2 人" in dialog.invite.told.text()
    table = dialog.table
    table.setFocus()
    table.go_to(0)
    qtbot.keyClick(table, Qt.Key.Key_T)
    qtbot.keyClick(table, Qt.Key.Key_W)
    table.go_to(1)
    qtbot.keyClick(table, Qt.Key.Key_Y)
    qtbot.keyClick(table, Qt.Key.Key_D)
    dialog.feedback.setText("想了解基金")
    qtbot.keyClick(dialog.feedback, Qt.Key.Key_Return)
    dialog.gift.setText("台历")
    dialog.value.setText("二十来块")
    qtbot.keyClick(dialog.gift, Qt.Key.Key_Return)
    assert dialog.bar.isVisible()
    dialog.value.setText("20")
    dialog.give_button.click()
    assert not dialog.bar.isVisible()
    dialog.invite.visitor.setText("赵女士")
    dialog.invite.visitor_button.click()
    marks = {row.name: (row.answer, row.has_come, row.gift) for row in dialog.rows}
    assert marks == {
        "李建业": (GuestAnswer.DECLINES, False, ""),
        "王秀兰": (GuestAnswer.COMES, True, "台历"),
        "赵女士": (GuestAnswer.COMES, True, ""),
    }
    dialog.close_button.click()
    assert "客户意见" in dialog.bar.text()
    dialog.summary.setPlainText("意见两条，已答复")
    dialog.close_button.click()
    assert dialog.sheet is not None
    assert dialog.sheet.row.held_at == NOW
    assert not dialog.invite.isVisible()
    mine = file_database.acting_as(file_people.advisor)
    imprint = mine.write(partial(register_event_guests, event_id=event, now=NOW))
    sheet = mine.read(partial(event_guests_sheet, event_id=event, imprint=imprint))
    rows = [[cell.text for cell in row.cells] for row in sheet.blocks[0].rows][:3]
    assert [(row[1], row[5], row[6], row[8], row[9]) for row in rows] == [
        ("李建业", "谢绝", "否", "", ""), ("王秀兰", "应邀", "是", "想了解基金", "台历"),
        ("赵女士", "应邀", "是", "", ""),
    ]  # fmt: skip
    assert sheet.blocks[1].rows[0].cells[1].text == "意见两条，已答复"
    assert "到场 2 人" in sheet.line[-1]


def test_a_guest_is_removed_brought_back_and_opened(
    qtbot: QtBot, file_people: People, desk: Desk, clients: list[int], event: int
) -> None:
    around = desk(file_people.advisor)
    dialog = GuestsDialog(around, event)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.invite.tier.set_code("gold")
    dialog.invite.button.click()
    dialog.table.go_to(0)
    dialog.remove()
    assert len(dialog.rows) == 1
    around.undo.undo(around.jobs)
    assert len(dialog.rows) == 2
    dialog.table.go_to(0)
    with qtbot.waitSignal(dialog.client_wanted) as wanted:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert wanted.args == [clients[1]]


def test_the_leader_reads_and_changes_nothing(
    qtbot: QtBot, file_people: People, desk: Desk, event: int
) -> None:
    around = desk(file_people.leader)
    page = EventsPage(around)
    qtbot.addWidget(page)
    page.show()
    assert len(page.rows) == 1
    page.add()
    page.change()
    assert page.dialog is None
    assert page.change_button.isHidden()
    page.open_guests()
    dialog = page.dialog
    assert isinstance(dialog, GuestsDialog)
    assert dialog.invite.isHidden()
    assert not dialog.close_button.isEnabled()
