"""Tasks by key and click: entered on T, done, moved, handed over and answered, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.tasks.task_lists import TaskFilter, TaskRow, TaskScope, list_tasks
from advisorcrm.services.tasks.task_offers import hand_over_task
from advisorcrm.services.tasks.tasks import NewTask, TaskData, add_task
from advisorcrm.terms import TaskKind, TaskState
from advisorcrm.views.branch_window import BranchWindow
from advisorcrm.views.clients.clients_page import ClientsPage
from advisorcrm.views.page_names import CLIENT_LIST, TASKS
from advisorcrm.views.tasks.task_dialog import TaskDialog
from advisorcrm.views.tasks.task_family import TaskFamily
from advisorcrm.views.tasks.task_questions import GiveTaskDialog, MoveTaskDialog, TaskWordsDialog
from advisorcrm.views.tasks.tasks_page import TasksPage
from advisorcrm.views.widgets.combo_box import ComboBox
from tests.conftest import NOW, TODAY
from tests.factories import People, make_client
from tests.views.windows import branch_window, nameless

CTRL_ENTER = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def client_id(file_database: Database, file_people: People) -> int:
    return file_database.write(lambda s, a: make_client(s, file_people.advisor, name="欧阳文静"))


@pytest.fixture
def windows() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def window(
    file_database: Database, file_people: People, client_id: int, windows: ExitStack, qtbot: QtBot
) -> BranchWindow:
    opened = windows.enter_context(branch_window(file_database, file_people.advisor))
    opened.main_window.activateWindow()
    qtbot.waitUntil(opened.main_window.isActiveWindow)
    return opened


def family_of(window: BranchWindow) -> TaskFamily:
    [family] = window.pages.findChildren(TaskFamily)
    return family


def tasks_page(window: BranchWindow, qtbot: QtBot) -> TasksPage:
    window.main_window.go(TASKS)
    page = window.main_window.page(TASKS)
    assert isinstance(page, TasksPage)
    qtbot.waitUntil(page.isVisible)
    return page


def new_task(window: BranchWindow, qtbot: QtBot) -> TaskDialog:
    qtbot.keyClick(window.main_window, Qt.Key.Key_T)
    dialog = family_of(window).work.dialog
    assert isinstance(dialog, TaskDialog)
    return dialog


def enter(window: BranchWindow, qtbot: QtBot, title: str, day: str = "明天 14:30") -> TaskDialog:
    dialog = new_task(window, qtbot)
    dialog.title.set_value(title)
    line = dialog.day.field.editor
    assert isinstance(line, QLineEdit)
    line.setText(day)
    return dialog


def save(dialog: QDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog, *CTRL_ENTER)
    assert dialog.result() == QDialog.DialogCode.Accepted


def stored(
    database: Database, people: People, who: str, scope: TaskScope = TaskScope.OWN
) -> list[TaskRow]:
    mine = database.acting_as(getattr(people, who))
    return mine.read(partial(list_tasks, query=TaskFilter(scope), today=_day()))


def _cells(page: TasksPage) -> list[str]:
    """What the first row of the list says, hidden columns left out."""
    model = page.table.model()
    shown = (at for at in range(model.columnCount()) if not page.table.isColumnHidden(at))
    return [str(model.index(0, at).data()) for at in shown]


def _day() -> object:
    from advisorcrm.columns import BRANCH_TIME
    from advisorcrm.views.surroundings import clock_now

    return clock_now().astimezone(BRANCH_TIME).date()


@pytest.mark.req("R22", "R238")
def test_a_task_is_entered_on_t_with_a_plain_date_about_the_client_at_hand(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People, client_id: int
) -> None:
    window.pages.show_client(client_id)
    dialog = enter(window, qtbot, "发送持仓分析", "3d")
    assert dialog.about.text() == "关于 欧阳文静"
    dialog.urgent.click()
    dialog.important.click()
    save(dialog, qtbot)
    [row] = stored(file_database, file_people, "advisor")
    assert (row.title, row.client_id, (row.due_on - _day()).days) == ("发送持仓分析", client_id, 3)
    assert row.priority.value == "urgent_important"
    page = tasks_page(window, qtbot)
    assert [row.title for row in page.rows] == ["发送持仓分析"]
    assert page.chips[TaskScope.OWN].text() == "我的 1"
    assert nameless(page) == []
    qtbot.keyClick(window.main_window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.rows == []


def test_a_day_that_is_not_understood_or_a_task_without_words_is_not_saved(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    dialog = enter(window, qtbot, "", "没有的日子")
    qtbot.keyClick(dialog, *CTRL_ENTER)
    assert dialog.title.message()
    assert "看不懂" in dialog.day.field.message()
    dialog.title.set_value("寄材料")
    line = dialog.day.field.editor
    assert isinstance(line, QLineEdit)
    line.setText("昨天")
    qtbot.keyClick(dialog, *CTRL_ENTER)
    assert "期限已过" in dialog.day.field.message()
    assert stored(file_database, file_people, "advisor") == []
    dialog.day.chips[1].click()
    save(dialog, qtbot)


@pytest.mark.req("R47")
def test_by_keys_a_task_is_done_and_taken_back_moved_and_cancelled(
    window: BranchWindow, qtbot: QtBot
) -> None:
    save(enter(window, qtbot, "整理周报"), qtbot)
    page = tasks_page(window, qtbot)
    qtbot.keyClick(page.table, Qt.Key.Key_D)
    assert page.rows == []
    page.chips[TaskScope.DONE].click()
    assert [row.state for row in page.rows] == [TaskState.DONE]
    window.main_window.undo()
    page.chips[TaskScope.OWN].click()
    [row] = page.rows
    qtbot.keyClick(page.table, Qt.Key.Key_M)
    question = family_of(window).work.dialog
    assert isinstance(question, MoveTaskDialog)
    question.day.chips[-1].click()
    question.go.click()
    [moved] = page.rows
    assert (moved.state, (moved.due_on - _day()).days, moved.due_at) == (
        TaskState.MOVED, 7, row.due_at,
    )  # fmt: skip
    window.main_window.undo()
    assert page.rows[0].due_on == row.due_on
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    reason = family_of(window).work.dialog
    assert isinstance(reason, TaskWordsDialog)
    reason.go.click()
    assert page.rows == []


@pytest.mark.req("R58")
def test_help_is_asked_in_the_form_and_given_back_with_a_reason(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People,
    windows: ExitStack,
) -> None:  # fmt: skip
    dialog = enter(window, qtbot, "请一起挽留")
    assert not dialog.assist.isEnabled()
    box = dialog.receiver.editor
    assert isinstance(box, ComboBox)
    box.set_code(str(file_people.leader.user_id))
    dialog.assist.click()
    save(dialog, qtbot)
    page = tasks_page(window, qtbot)
    page.chips[TaskScope.GIVEN].click()
    assert [(row.kind, row.offered_to_name) for row in page.rows] == [(TaskKind.ASSIST, "高远")]

    leader = windows.enter_context(branch_window(file_database, file_people.leader))
    other = tasks_page(leader, qtbot)
    other.chips[TaskScope.TO_ACCEPT].click()
    qtbot.keyClick(other.table, Qt.Key.Key_R)
    question = family_of(leader).work.dialog
    assert isinstance(question, TaskWordsDialog)
    question.go.click()
    assert question.words.message()
    question.words.set_value("今天出差")
    question.go.click()
    assert other.rows == []
    page.chips[TaskScope.OWN].click()
    [row] = page.rows
    assert (row.title, row.offered_to_name) == ("请一起挽留", "")
    told = _cells(page)
    assert "高远退回：今天出差" in told  # who, and why: read in the owner's own list


@pytest.mark.req("R58")
def test_an_own_task_is_handed_over_withdrawn_handed_over_again_and_accepted(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People,
    windows: ExitStack,
) -> None:  # fmt: skip
    save(enter(window, qtbot, "代接待"), qtbot)
    page = tasks_page(window, qtbot)
    for turn in range(2):
        qtbot.keyClick(page.table, Qt.Key.Key_G)
        question = family_of(window).work.dialog
        assert isinstance(question, GiveTaskDialog)
        question.go.click()
        assert question.receiver.message()
        question.box.set_code(str(file_people.colleague.user_id))
        question.go.click()
        assert page.rows == []
        if turn == 0:
            window.main_window.undo()
            assert len(page.rows) == 1
    colleague = windows.enter_context(branch_window(file_database, file_people.colleague))
    other = tasks_page(colleague, qtbot)
    other.chips[TaskScope.TO_ACCEPT].click()
    qtbot.keyClick(other.table, Qt.Key.Key_A)
    assert [row.title for row in stored(file_database, file_people, "colleague")] == ["代接待"]
    assert not other.accept_all.isVisible()
    mine = file_database.acting_as(file_people.advisor)
    for title in ("一", "二"):
        new = NewTask(str(uuid4()), TaskData(title, TODAY))
        key = mine.write(partial(add_task, new=new, now=NOW))
        given = partial(hand_over_task, task_id=key, receiver_id=colleague.around.actor.user_id)
        mine.write(partial(given, now=NOW))
    other.reload()
    assert other.accept_all.isVisible()
    other.accept_all.click()
    assert len(stored(file_database, file_people, "colleague")) == 3


def test_a_task_is_changed_in_its_form(window: BranchWindow, qtbot: QtBot) -> None:
    save(enter(window, qtbot, "整理周报"), qtbot)
    page = tasks_page(window, qtbot)
    page.table.opened.emit(0)
    dialog = family_of(window).work.dialog
    assert isinstance(dialog, TaskDialog)
    assert dialog.day.field.value().endswith("14:30")
    dialog.title.set_value("整理月报")
    box = dialog.repeats.editor
    assert isinstance(box, ComboBox)
    box.set_code("monthly")
    assert dialog.workdays.isEnabled()
    save(dialog, qtbot)
    [row] = page.rows
    assert (row.title, row.repeats) == ("整理月报", "monthly")


def test_the_bulk_bar_makes_a_task_about_each_ticked_client(
    window: BranchWindow, qtbot: QtBot, file_database: Database, file_people: People
) -> None:
    file_database.write(lambda s, a: make_client(s, file_people.advisor))
    window.main_window.go(CLIENT_LIST)
    page = window.main_window.page(CLIENT_LIST)
    assert isinstance(page, ClientsPage)
    page.reload()
    page.table.records().check_all()
    page.bulk_work.ask_task()
    dialog = family_of(window).work.dialog
    assert isinstance(dialog, TaskDialog)
    assert dialog.windowTitle() == "给 2 户建任务"
    dialog.title.set_value("约风险测评")
    save(dialog, qtbot)
    rows = stored(file_database, file_people, "advisor")
    assert len({row.client_id for row in rows}) == 2
    window.main_window.undo()
    assert stored(file_database, file_people, "advisor") == []
