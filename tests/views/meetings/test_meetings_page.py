"""Minutes by keys and clicks: begun, written, decisions and tasks, made final, put on paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.meetings.company_views import list_company_views
from advisorcrm.services.meetings.joined_minutes import data_of
from advisorcrm.services.meetings.meetings import Minutes, get_minutes, save_minutes
from advisorcrm.services.tasks.task_lists import TaskFilter, TaskScope, list_tasks
from advisorcrm.terms import AccessKind, MeetingItemKind, MeetingKind, Stance
from advisorcrm.views.branch_window import BranchWindow
from advisorcrm.views.calendar.calendar_page import CalendarPage
from advisorcrm.views.meetings.meeting_family import MeetingFamily
from advisorcrm.views.meetings.meetings_page import MeetingsPage
from advisorcrm.views.meetings.view_dialog import ViewDialog
from advisorcrm.views.meetings.views_dialog import ViewsDialog
from advisorcrm.views.meetings.withdraw_dialog import WithdrawDialog
from advisorcrm.views.page_names import CALENDAR, MEETINGS, TASKS, TODAY
from advisorcrm.views.tasks.task_dialog import TaskDialog
from advisorcrm.views.tasks.task_family import TaskFamily
from advisorcrm.views.tasks.tasks_page import TasksPage
from advisorcrm.views.today.branch_today_page import BranchTodayPage
from advisorcrm.views.widgets.combo_box import ComboBox
from tests.factories import People
from tests.views.windows import branch_window, nameless

CTRL_ENTER = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def windows() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def window(
    file_database: Database, file_people: People, windows: ExitStack, qtbot: QtBot
) -> BranchWindow:
    opened = windows.enter_context(branch_window(file_database, file_people.manager))
    opened.main_window.activateWindow()
    qtbot.waitUntil(opened.main_window.isActiveWindow)
    return opened


def page_of(window: BranchWindow, qtbot: QtBot) -> MeetingsPage:
    [action] = [one for one in window.pages.actions() if one.key == MEETINGS]
    action.run()
    page = window.main_window.page(MEETINGS)
    assert isinstance(page, MeetingsPage)
    qtbot.waitUntil(page.isVisible)
    return page


def write(page: MeetingsPage, item: MeetingItemKind, words: str) -> None:
    editor = page.form.items[item].editor
    assert isinstance(editor, QPlainTextEdit)
    editor.setPlainText(words)


def stored(database: Database, people: People, page: MeetingsPage) -> Minutes:
    assert page.minutes is not None
    leader = database.acting_as(people.leader)
    return leader.read(partial(get_minutes, meeting_id=page.minutes.id))


def decide(page: MeetingsPage, qtbot: QtBot, subject: str, stance: Stance) -> ViewDialog:
    page.view_button.click()
    dialog = page.dialog
    assert isinstance(dialog, ViewDialog)
    dialog.subject.set_value(subject)
    box = dialog.stance.editor
    assert isinstance(box, ComboBox)
    box.set_code(stance.value)
    dialog.push.click()
    qtbot.keyClick(dialog, *CTRL_ENTER)
    return dialog


@pytest.mark.req("R48")
def test_the_evening_minutes_are_written_stored_and_made_final(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    page = page_of(window, qtbot)
    assert page.empty.isVisibleTo(page)
    page.begin(MeetingKind.EVENING)
    assert nameless(page) == []
    form = page.form
    first = form.items[MeetingItemKind.ARRANGEMENTS].editor
    form.chair_box.setFocus()
    for expected in (*form.present.values(), first):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert expected.hasFocus()
    write(page, MeetingItemKind.ANALYSIS, "缩量整理")
    page.form.present[file_people.colleague.user_id].click()
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    minutes = stored(file_database, file_people, page)
    assert minutes.items[MeetingItemKind.ANALYSIS] == "缩量整理"
    assert [one.name for one in minutes.attendees if not one.is_present] == ["周岚"]

    page.close_button.click()
    assert "请写“无”" in page.form.items[MeetingItemKind.ARRANGEMENTS].message()
    page.nothing_button.click()
    page.close_button.click()
    assert stored(file_database, file_people, page).closed_at is not None
    editor = page.form.items[MeetingItemKind.ANALYSIS].editor
    assert isinstance(editor, QPlainTextEdit)
    assert editor.isReadOnly()
    page.reopen_button.click()
    assert not editor.isReadOnly()


def test_what_was_typed_is_stored_when_the_page_is_left_or_another_meeting_is_chosen(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    page = page_of(window, qtbot)
    page.begin(MeetingKind.MORNING)
    page.begin(MeetingKind.EVENING)
    write(page, MeetingItemKind.OTHER, "空调报修")
    evening = page.minutes
    page.table.go_to(next(at for at, row in enumerate(page.rows) if row.id != evening.id))  # type: ignore[union-attr]
    assert page.minutes is not None
    assert page.minutes.kind is MeetingKind.MORNING
    write(page, MeetingItemKind.NEWS, "净投放")
    window.main_window.go(TASKS)
    assert stored(file_database, file_people, page).items[MeetingItemKind.NEWS] == "净投放"
    tasks = window.main_window.page(TASKS)
    assert isinstance(tasks, TasksPage)
    tasks.meetings_wanted.emit()
    page.table.go_to(next(at for at, row in enumerate(page.rows) if row.id == evening.id))  # type: ignore[union-attr]
    assert stored(file_database, file_people, page).items[MeetingItemKind.OTHER] == "空调报修"


def test_what_was_written_beside_a_time_that_cannot_be_read_is_not_lost(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    page = page_of(window, qtbot)
    page.begin(MeetingKind.MORNING)
    page.begin(MeetingKind.EVENING)
    evening = page.minutes
    page.form.starts.set_value("25:00")
    write(page, MeetingItemKind.OTHER, "空调报修")
    page.close_button.click()
    assert stored(file_database, file_people, page).closed_at is None
    page.begin(MeetingKind.MORNING)
    page.table.go_to(next(at for at, row in enumerate(page.rows) if row.id == evening.id))  # type: ignore[union-attr]
    minutes = stored(file_database, file_people, page)
    assert minutes.items[MeetingItemKind.OTHER] == "空调报修"
    assert minutes.starts_at == evening.starts_at  # type: ignore[union-attr]


@pytest.mark.req("R48")
def test_of_two_who_write_the_same_minutes_nobody_loses_a_word(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    page, told = page_of(window, qtbot), []
    page.told.connect(told.append)
    page.begin(MeetingKind.EVENING)
    write(page, MeetingItemKind.OTHER, "空调报修")
    page.save_button.click()
    write(page, MeetingItemKind.ANALYSIS, "缩量")
    read = stored(file_database, file_people, page)
    theirs = {MeetingItemKind.OTHER: "空调报修\n打印机缺纸", MeetingItemKind.GROUPS: "一组稳定",
              MeetingItemKind.ANALYSIS: "银行走强"}  # fmt: skip
    advisor = file_database.acting_as(file_people.advisor)
    data = replace(data_of(read), items={**read.items, **theirs}, place="会议室")
    work = partial(save_minutes, meeting_id=read.id, data=data, version=read.version)
    advisor.write(work)

    page.save_button.click()
    both = stored(file_database, file_people, page)
    assert {kind: text for kind, text in both.items.items() if text} == {
        **theirs, MeetingItemKind.ANALYSIS: "银行走强\n缩量",
    }  # fmt: skip
    assert both.place == page.form.place.value() == "会议室"
    assert [said for said in told if "两边" in said]
    write(page, MeetingItemKind.LEARNING, "新规")
    page.save_button.click()
    assert stored(file_database, file_people, page).items[MeetingItemKind.LEARNING] == "新规"


@pytest.mark.req("R23", "R24")
def test_a_view_to_be_pushed_is_decided_an_opposite_one_refused_until_the_first_is_withdrawn(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    page = page_of(window, qtbot)
    page.begin(MeetingKind.MORNING)
    first = decide(page, qtbot, "贵州茅台", Stance.POSITIVE)
    assert first.result() == QDialog.DialogCode.Accepted
    assert [(row.subject, row.is_push) for row in page.views.rows] == [("贵州茅台", True)]
    second = decide(page, qtbot, "贵州茅台", Stance.NEGATIVE)
    assert "已有统一观点“看多”" in second.stance.message()
    second.reject()

    page.withdraw_button.click()
    dialog = page.dialog
    assert isinstance(dialog, WithdrawDialog)
    dialog.go.click()
    assert dialog.reason.message()
    dialog.reason.set_value("业绩变脸")
    dialog.go.click()
    assert page.views.rows == []
    decide(page, qtbot, "贵州茅台", Stance.NEGATIVE)
    advisor = file_database.acting_as(file_people.advisor)
    assert page.minutes is not None
    held = partial(list_company_views, on=page.minutes.held_on, only_pushes=True)
    assert [row.stance for row in advisor.read(held)] == [Stance.NEGATIVE]


@pytest.mark.req("R48")
def test_an_action_item_becomes_a_task_and_the_minutes_go_to_paper_and_file(
    window: BranchWindow, qtbot: QtBot, file_people: People
) -> None:
    page = page_of(window, qtbot)
    page.begin(MeetingKind.EVENING)
    page.action_button.click()
    dialog = page._work.dialog
    assert isinstance(dialog, TaskDialog)
    dialog.title.set_value("回访新客户")
    box: Any = dialog.receiver.editor
    box.set_code(str(file_people.advisor.user_id))
    qtbot.keyClick(dialog, *CTRL_ENTER)
    assert [(row.title, row.doer_name) for row in page.actions_card.rows] == [
        ("回访新客户", "林若溪")
    ]
    for ask, signal, kind in (
        (page._print, page.print_wanted, AccessKind.PRINT),
        (page._export, page.export_wanted, AccessKind.EXPORT),
    ):
        page.print_wanted.disconnect()
        page.export_wanted.disconnect()
        with qtbot.waitSignal(signal) as wanted:
            ask()
        assert wanted.args[0].name.endswith("夕会纪要")
        assert wanted.args[0].register.keywords["kind"] is kind
        page.print_wanted.connect(print)
        page.export_wanted.connect(print)


def test_an_advisor_writes_minutes_but_decides_no_view_and_the_leader_reads(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People,
    windows: ExitStack,
) -> None:  # fmt: skip
    page_of(window, qtbot).begin(MeetingKind.EVENING)
    advisor = page_of(
        windows.enter_context(branch_window(file_database, file_people.advisor)), qtbot
    )
    assert not advisor.save_button.isHidden()
    assert advisor.view_button.isHidden()
    leader = page_of(windows.enter_context(branch_window(file_database, file_people.leader)), qtbot)
    assert leader.minutes is not None
    assert not leader.save_button.isEnabled()
    editor = leader.form.items[MeetingItemKind.OTHER].editor
    assert isinstance(editor, QPlainTextEdit)
    assert editor.isReadOnly()


@pytest.mark.req("R48", "R53")
def test_the_time_bar_of_the_day_opens_the_minutes_of_its_meeting(
    window: BranchWindow, qtbot: QtBot
) -> None:
    page_of(window, qtbot).begin(MeetingKind.EVENING)
    window.jobs.wait()
    window.main_window.go(TODAY)
    day = window.main_window.page(TODAY)
    assert isinstance(day, BranchTodayPage)
    qtbot.waitUntil(lambda: bool(day.bar.parts))
    [morning] = [part for part in day.bar.parts if part.slot.label == "晨会"]
    day.open_part(morning.slot.id)
    assert day.dialog is not None
    day.dialog.way_button.click()
    minutes = window.main_window.page(MEETINGS)
    assert isinstance(minutes, MeetingsPage)
    qtbot.waitUntil(
        lambda: minutes.minutes is not None and minutes.minutes.kind is MeetingKind.MORNING
    )
    qtbot.waitUntil(window.jobs.is_idle)
    assert minutes.isVisible()
    assert len(minutes.rows) == 2
    window.main_window.go(TODAY)
    day.calendar.click()
    assert window.main_window.current_key() == CALENDAR


def test_g_on_the_branchs_day_reminds_an_advisor_by_a_task(
    window: BranchWindow, qtbot: QtBot, file_people: People
) -> None:
    window.main_window.go(TODAY)
    day = window.main_window.page(TODAY)
    assert isinstance(day, BranchTodayPage)
    qtbot.waitUntil(lambda: day.day is not None)
    day.advisors.table.setFocus()
    QTest.keyClick(day.advisors.table, Qt.Key.Key_2)
    QTest.keyClick(day.advisors.table, Qt.Key.Key_G)
    form = window.pages.family(TaskFamily).work.dialog
    assert isinstance(form, TaskDialog)
    qtbot.waitUntil(lambda: form.receiver.value() == str(file_people.colleague.user_id))
    assert form.title.value() == "今日三访还差 3 位"
    form.submit()
    qtbot.waitUntil(lambda: not form.isVisible())
    found = partial(list_tasks, query=TaskFilter(TaskScope.GIVEN), today=window.around.today())
    [task] = window.workplace.database.read(found)
    assert task.offered_to_name == "周岚"
    day.waiting.calendar_of_wanted.emit(file_people.colleague.user_id)
    calendar = window.main_window.page(CALENDAR)
    assert isinstance(calendar, CalendarPage)
    qtbot.waitUntil(window.jobs.is_idle)
    assert calendar.isVisible()
    assert calendar.head.advisor_id() == file_people.colleague.user_id


@pytest.mark.req("R24")
def test_the_view_of_a_stock_on_a_day_is_found_by_key(window: BranchWindow, qtbot: QtBot) -> None:
    page = page_of(window, qtbot)
    page.begin(MeetingKind.MORNING)
    decide(page, qtbot, "电气设备行业周报", Stance.POSITIVE)
    decide(page, qtbot, "贵州茅台公告点评", Stance.NEUTRAL)
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    found = window.pages.family(MeetingFamily).dialog
    assert isinstance(found, ViewsDialog)
    assert nameless(found) == []
    assert len(found.rows) == 2
    found.search.setText("茅台")
    assert [row.subject for row in found.rows] == ["贵州茅台公告点评"]
    found.day.setText("2020-01-01")
    assert found.rows == []
