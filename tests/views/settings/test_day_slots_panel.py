"""The day's timetable in the settings, by clicks and keys (R53)."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.days.day_slots import list_day_slots
from advisorcrm.services.workplace.workplace import Workplace
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.settings.day_slots_panel import DaySlotsPanel
from tests.factories import People


def opened(qtbot: QtBot, database: Database) -> Any:
    panel = DaySlotsPanel(Jobs(database, worker=AtOnce()), Workplace("branch.db", database))
    qtbot.addWidget(panel)
    panel.resize(900, 600)
    panel.show()
    panel.reload()
    qtbot.waitUntil(panel.jobs.is_idle)
    return panel


@pytest.mark.req("R53")
def test_the_manager_changes_adds_and_retires_parts_of_the_day(
    qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    database = file_database.acting_as(file_people.manager)
    panel = opened(qtbot, database)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    dialog = panel.dialog
    dialog.begins.set_value("9:15")
    dialog.submit()
    assert dialog.isVisible()  # the meeting would end before it begins
    dialog.begins.set_value("8:15")
    dialog.items.set_value("看隔夜外盘\n参加晨会，记纪要")
    dialog.submit()
    qtbot.waitUntil(panel.jobs.is_idle)
    [meeting, *_rest] = database.read(list_day_slots)
    assert f"{meeting.begins_at:%H:%M}" == "08:15"
    assert [item.label for item in meeting.items] == ["看隔夜外盘", "参加晨会，记纪要"]

    panel.add_button.click()
    panel.dialog.label.set_value("日报")
    panel.dialog.kind.set_value("deadline")
    panel.dialog.begins.set_value("16:45")
    panel.dialog.submit()
    qtbot.waitUntil(panel.jobs.is_idle)
    assert not panel.dialog.isVisible()
    key = next(slot.id for slot in database.read(list_day_slots) if slot.label == "日报")
    panel.table.go_to_id(key)
    panel.retire_button.click()
    qtbot.waitUntil(panel.jobs.is_idle)
    assert "日报" not in [slot.label for slot in database.read(list_day_slots)]
    panel.jobs.close()


@pytest.mark.req("R36", "R40")
def test_a_line_that_is_written_over_stays_the_round_of_the_rooms(
    qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    database = file_database.acting_as(file_people.manager)
    panel = opened(qtbot, database)
    key = next(slot.id for slot in database.read(list_day_slots) if len(slot.items) == 3)
    panel.table.go_to_id(key)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    dialog = panel.dialog
    editor = dialog.items.editor
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
    for _n in range(len("巡视客户室")):
        cursor.deleteChar()
    editor.setTextCursor(cursor)
    qtbot.keyClicks(editor, "look")
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    cursor.insertText("看短信平台\n\n")
    assert dialog.rounds.editor.text().startswith("look")
    dialog.submit()
    qtbot.waitUntil(panel.jobs.is_idle)
    slot = next(slot for slot in database.read(list_day_slots) if slot.id == key)
    assert [(item.label[:4], item.is_room_round) for item in slot.items] == [
        ("看短信平", False), ("资讯传送", False), ("look", True), ("维持秩序", False),
    ]  # fmt: skip
    panel.jobs.close()


def test_the_leader_only_looks(qtbot: QtBot, file_database: Database, file_people: People) -> None:
    panel = opened(qtbot, file_database.acting_as(file_people.leader))
    assert panel.model.rowCount() == 11
    assert not panel.add_button.isEnabled()
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert panel.dialog is None
    panel.jobs.close()
