"""The windows of shifts: begun, written, handed over, named; rota, matters and swaps by clicks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.days.shift_logs import (
    NewShift,
    close_shift,
    list_shifts,
    plan_shift,
    start_shift,
    write_shift_log,
)
from advisorcrm.services.days.shift_memos import NewMemo, add_memo, list_memos
from advisorcrm.terms import MemoState, ShiftState
from advisorcrm.views.report_making import Reports
from advisorcrm.views.reports import Report
from advisorcrm.views.shifts.memos_dialog import MemosDialog
from advisorcrm.views.shifts.rota_dialog import RotaDialog
from advisorcrm.views.shifts.shift_dialog import ShiftDialog
from advisorcrm.views.shifts.swaps_dialog import SwapsDialog
from tests.conftest import TODAY
from tests.factories import NOW, People
from tests.views.desks import Desk, desks
from tests.views.windows import nameless


@pytest.fixture
def desk(file_database: Database) -> Iterator[Desk]:
    with desks(file_database) as make:
        yield make


def leave_something(database: Database, people: People) -> None:
    """The colleague's shift ends with an open matter."""

    def work(session, actor):  # type: ignore[no-untyped-def]
        key = start_shift(session, actor, "morning", now=NOW - timedelta(hours=3))
        write_shift_log(session, actor, key, "早班")
        memo = NewMemo(key, NOW - timedelta(hours=2), "钱女士", "要开户资料")
        add_memo(session, actor, memo, now=NOW)
        close_shift(session, actor, key, now=NOW)

    database.acting_as(people.colleague).write(work)


@pytest.mark.req("R232", "R235", "R236", "R263")
def test_a_shift_is_begun_written_taken_over_and_closed_by_keys(
    qtbot: QtBot, file_database: Database, file_people: People, desk: Desk
) -> None:
    leave_something(file_database, file_people)
    dialog = ShiftDialog(desk(file_people.advisor))
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []
    dialog.kind.set_code("middle")
    dialog.start_button.click()
    assert dialog.sheet is not None
    assert dialog.sheet.row.state is ShiftState.RUNNING
    assert dialog.parts.waiting_card.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    assert "值班日志" in dialog.bar.text()
    dialog.parts.text.setPlainText("接听电话 12 个")
    qtbot.keyClick(dialog, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    assert "写“无”" in dialog.bar.text()
    entry = dialog.parts.entry
    entry.description.set_value("无法登录")
    entry.time.set_value("25:99")
    entry.add_button.click()
    assert "14:30" in entry.time.message()
    entry.time.set_value("13点半")
    entry.add_button.click()
    assert "当事人" in entry.person.message()
    entry.person.set_value("赵先生")
    entry.category.set_value("system_problem")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [memo] = dialog.sheet.memos
    assert (memo.person, f"{memo.happened_at:%H:%M}") == ("赵先生", "05:30")
    assert entry.person.value() == ""
    qtbot.keyClick(dialog, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    assert "没有接收" in dialog.bar.text()
    qtbot.keyClick(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert not dialog.parts.waiting_card.isVisible()
    with qtbot.waitSignal(dialog.told) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    assert "2 件事" in told.args[0]
    assert dialog.sheet.row.state is ShiftState.CLOSED
    assert dialog.sheet.content == "接听电话 12 个"
    assert dialog.parts.text.isReadOnly()
    assert not entry.isVisible()


@pytest.mark.req("R235")
def test_one_key_writes_nothing_left(
    qtbot: QtBot, file_database: Database, file_people: People, desk: Desk
) -> None:
    dialog = ShiftDialog(desk(file_people.advisor))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.kind.set_code("morning")
    dialog.start_button.click()
    dialog.parts.text.setPlainText("平静")
    qtbot.keyClick(dialog, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(dialog, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    assert dialog.sheet is not None
    assert [row.state for row in dialog.sheet.memos] == [MemoState.NOTHING]
    assert dialog.sheet.row.state is ShiftState.CLOSED


@pytest.mark.req("R232", "R233")
def test_the_log_leaves_under_its_prescribed_name_into_two_folders(
    qtbot: QtBot, file_database: Database, file_people: People, desk: Desk, tmp_path: Path
) -> None:
    around = desk(file_people.advisor)
    dialog = ShiftDialog(around)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.kind.set_code("morning")
    dialog.start_button.click()
    second = tmp_path / "second"
    second.mkdir()
    dialog.keep_folder(str(second))
    mine = file_database.acting_as(file_people.advisor)
    assert mine.read(load_settings).shift_copy_folder == str(second)
    with qtbot.waitSignal(dialog.export_wanted) as wanted:
        qtbot.keyClick(dialog, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    report: Report = wanted.args[0]
    window = QWidget()
    qtbot.addWidget(window)
    reports = Reports(around.jobs, window)
    reports.ask_path = lambda offered: str(tmp_path / offered)
    reports.export(report)
    name = "2026-11-20早班林若溪.docx"
    assert (tmp_path / name).read_bytes() == (second / name).read_bytes()


@pytest.mark.req("R234")
def test_the_manager_sorts_and_settles_matters_in_their_list(
    qtbot: QtBot, file_database: Database, file_people: People, desk: Desk
) -> None:
    leave_something(file_database, file_people)
    dialog = MemosDialog(desk(file_people.manager))
    qtbot.addWidget(dialog)
    dialog.aim.set_code("market_need")
    dialog.forward.setText("产品部")
    dialog.sort_button.click()
    dialog.kind.set_code("market_need")
    assert [(row.category, row.forwarded_to) for row in dialog.rows] == [("market_need", "产品部")]
    dialog.kind.set_code("passed_on")
    assert dialog.rows == []
    dialog.kind.set_code("")
    dialog.outcome.setText("已寄出")
    dialog.settle_button.click()
    dialog.open_only.click()
    assert dialog.rows == []
    [row] = file_database.acting_as(file_people.leader).read(list_memos)
    assert row.outcome == "已寄出"


@pytest.mark.req("R237")
def test_a_shift_is_planned_swapped_and_the_rota_changes(
    qtbot: QtBot, file_database: Database, file_people: People, desk: Desk
) -> None:
    rota = RotaDialog(desk(file_people.manager))
    qtbot.addWidget(rota)
    rota.person.set_code(str(file_people.advisor.user_id))
    rota.day.set_day(TODAY + timedelta(days=3))
    rota.shift.set_code("evening")
    rota.plan_button.click()
    assert [(row.user_name, row.shift) for row in rota.rows] == [("林若溪", "evening")]
    mine = RotaDialog(desk(file_people.advisor))
    qtbot.addWidget(mine)
    mine.person.set_code(str(file_people.colleague.user_id))
    mine.reason.setText("看病")
    mine.swap_button.click()
    own = SwapsDialog(desk(file_people.advisor))
    qtbot.addWidget(own)
    assert not own.agree_button.isEnabled()
    asked = SwapsDialog(desk(file_people.colleague))
    qtbot.addWidget(asked)
    assert [(row.reason, row.needs_manager) for row in asked.rows] == [("看病", False)]
    asked.agree_button.click()
    assert [row.is_accepted for row in asked.rows] == [True]
    day = TODAY + timedelta(days=3)
    rows = file_database.acting_as(file_people.manager).read(
        partial(list_shifts, from_on=day, to_on=day)
    )
    assert [row.user_name for row in rows] == ["周岚"]


def test_a_planned_shift_is_taken_off_the_rota_and_back(
    qtbot: QtBot, file_database: Database, file_people: People, desk: Desk
) -> None:
    new = NewShift(file_people.advisor.user_id, TODAY, "morning")
    file_database.acting_as(file_people.manager).write(partial(plan_shift, new=new))
    around = desk(file_people.manager)
    rota = RotaDialog(around)
    qtbot.addWidget(rota)
    rota.archive_button.click()
    assert rota.rows == []
    around.undo.undo(around.jobs)
    rota.reload()
    assert len(rota.rows) == 1
