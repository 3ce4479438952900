"""Ctrl+Enter again while it is being saved saves nothing twice, and is heard again afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.errors import DatabaseBusyError, InvalidFieldError
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import Settings
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter
from advisorcrm.services.contacts.contact_logs import list_contact_logs
from advisorcrm.services.days.absences import list_absences
from advisorcrm.services.days.shift_logs import start_shift
from advisorcrm.services.days.shift_memos import list_memos
from advisorcrm.services.drafts import list_drafts
from advisorcrm.services.meetings.events import EventData, change_event, list_events
from advisorcrm.views.clients.client_page import ClientPage
from advisorcrm.views.contacts.contact_entry import ContactEntry
from advisorcrm.views.contacts.contact_forms import ContactForms
from advisorcrm.views.contacts.contact_log_dialog import ContactLogDialog
from advisorcrm.views.events.event_dialog import EventDialog
from advisorcrm.views.jobs import Jobs
from advisorcrm.views.settings.day_slot_dialog import DaySlotDialog
from advisorcrm.views.settings.new_code_dialog import NewCodeDialog
from advisorcrm.views.shifts.shift_dialog import ShiftDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.tasks.task_dialog import TaskDialog
from advisorcrm.views.today.absence_dialog import AbsenceDialog
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client

CTRL = Qt.KeyboardModifier.ControlModifier


class Slow:
    """A worker whose answers wait until the test lets them come."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []
        self.futures: list[Future[Any]] = []

    def submit(self, call: Callable[[], Any], /) -> Future[Any]:
        future: Future[Any] = Future()

        def run() -> None:
            try:
                future.set_result(call())
            except Exception as error:  # noqa: BLE001 - handed on to who waits
                future.set_exception(error)

        self.waiting.append(run)
        self.futures.append(future)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nothing runs."""

    def fail(self, qtbot: QtBot, jobs: Jobs, error: Exception) -> None:
        """Refuse everything that is asked."""
        self.waiting.clear()
        for future in self.futures:
            if not future.done():
                future.set_exception(error)
        qtbot.waitUntil(lambda: jobs.is_idle() or bool(self.waiting))

    def answer(self, qtbot: QtBot, jobs: Jobs) -> None:
        """Do what was asked, and what is asked because of it."""
        while self.waiting:
            self.waiting.pop(0)()
            qtbot.waitUntil(lambda: jobs.is_idle() or bool(self.waiting))


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def around(file_database: Database, file_people: People, slow: Slow) -> Iterator[Surroundings]:
    mine = file_database.acting_as(file_people.manager)
    jobs = Jobs(mine, worker=slow)
    yield Surroundings(jobs, mine.read(load_code_book), Settings(), mine.actor, lambda: NOW)
    jobs.close()


def ctrl_enter(qtbot: QtBot, widget: QWidget, times: int = 2) -> None:
    for _n in range(times):
        qtbot.keyClick(widget, Qt.Key.Key_Return, CTRL)


def test_an_event_is_planned_once_and_a_change_overtaken_by_another_is_told(
    qtbot: QtBot, around: Surroundings, slow: Slow, file_database: Database, file_people: People
) -> None:
    dialog = EventDialog(around)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.kind.set_value("open_day")
    dialog.title.set_value("接待日")
    dialog.prepared.setChecked(True)
    ctrl_enter(qtbot, dialog)
    slow.answer(qtbot, around.jobs)
    assert "材料" in dialog.material.message()
    dialog.prepared.setChecked(False)
    ctrl_enter(qtbot, dialog, 3)
    slow.answer(qtbot, around.jobs)
    mine = file_database.acting_as(file_people.manager)
    [event] = mine.read(list_events)

    change = EventDialog(around, event.id)
    qtbot.addWidget(change)
    ctrl_enter(qtbot, change)  # nothing is read yet
    slow.answer(qtbot, around.jobs)
    assert change.title.value() == "接待日"
    data = EventData("open_day", "投资者接待日", NOW)
    mine.write(partial(change_event, event_id=event.id, data=data, version=1))
    change.title.set_value("开放日")
    ctrl_enter(qtbot, change)
    slow.answer(qtbot, around.jobs)
    assert "重新打开" in change.bar.text()
    assert mine.read(list_events)[0].title == "投资者接待日"


def test_a_matter_of_the_shift_is_noted_once(
    qtbot: QtBot, around: Surroundings, slow: Slow, file_database: Database, file_people: People
) -> None:
    mine = file_database.acting_as(file_people.manager)
    mine.write(partial(start_shift, shift="morning", now=NOW))
    dialog = ShiftDialog(around)
    qtbot.addWidget(dialog)
    dialog.show()
    slow.answer(qtbot, around.jobs)
    entry = dialog.parts.entry
    for text in ("要开户资料", "无法登录"):
        entry.person.set_value("钱女士")
        entry.description.set_value(text)
        ctrl_enter(qtbot, dialog)
        slow.answer(qtbot, around.jobs)
    assert sorted(row.description for row in mine.read(list_memos)) == ["无法登录", "要开户资料"]


def test_a_time_away_is_entered_once(
    qtbot: QtBot, around: Surroundings, slow: Slow, file_database: Database, file_people: People
) -> None:
    dialog = AbsenceDialog(around, file_people.advisor.user_id, "林若溪")
    qtbot.addWidget(dialog)
    dialog.show()
    slow.answer(qtbot, around.jobs)
    dialog.first.set_value("2026-11-24")
    dialog.last.set_value("2026-11-23")
    ctrl_enter(qtbot, dialog)
    slow.answer(qtbot, around.jobs)
    assert dialog.last.message()
    dialog.last.set_value("2026-11-25")
    ctrl_enter(qtbot, dialog)
    slow.answer(qtbot, around.jobs)
    assert dialog.button.isEnabled() is False
    mine = file_database.acting_as(file_people.manager)
    assert len(mine.read(partial(list_absences, from_on=TODAY))) == 1


@pytest.mark.parametrize("make", ["title", "label"])
def test_a_dialog_whose_opener_writes_asks_once(
    qtbot: QtBot, around: Surroundings, make: str
) -> None:
    dialog: Any = TaskDialog(around) if make == "title" else DaySlotDialog(None)
    qtbot.addWidget(dialog)
    dialog.show()
    asked: list[object] = []
    dialog.submitted.connect(asked.append)
    getattr(dialog, make).set_value("整理周报")
    if make == "label":
        dialog.begins.set_value("8:30")
    ctrl_enter(qtbot, dialog)
    assert len(asked) == 1
    dialog.show_problem(InvalidFieldError(make, "重名"))
    ctrl_enter(qtbot, dialog)
    assert len(asked) == 2


def test_what_the_settings_ask_for_is_sent_once_until_it_was_refused(qtbot: QtBot) -> None:
    dialog = NewCodeDialog("客户类型")
    qtbot.addWidget(dialog)
    dialog.show()
    asked: list[str] = []
    dialog.submitted.connect(lambda label, _english: asked.append(label))
    field = dialog.fields["label"]
    for label in ("金卡", "钻石卡"):
        field.set_value(label)
        for _again in range(2):
            qtbot.keyClick(field.editor, Qt.Key.Key_Return)
        assert asked[-1] == label
        dialog.show_problem(InvalidFieldError("label", f"已有“{label}”。"))
        assert label in field.message()
    assert asked == ["金卡", "钻石卡"]


def test_a_pause_in_typing_that_ends_during_the_save_leaves_no_draft_behind(
    qtbot: QtBot, around: Surroundings, slow: Slow, file_database: Database, file_people: People
) -> None:
    mine = file_database.acting_as(file_people.manager)
    client_id = mine.write(lambda session, _actor: make_client(session, file_people.advisor))
    page = ClientPage(around)
    qtbot.addWidget(page)
    page.show()
    page.open_record(client_id)
    slow.answer(qtbot, around.jobs)
    page.jump_to("hobbies")
    hobbies = page.form.fields["hobbies"].field.editor
    qtbot.keyClicks(hobbies, "diaoyu")
    qtbot.keyClick(page, Qt.Key.Key_S, CTRL)
    qtbot.keyClick(page, Qt.Key.Key_S, CTRL)
    page.saving.keeper.timer.timeout.emit()
    qtbot.keyClicks(hobbies, ", qigong")  # the next word is typed while it is being saved
    page.saving.keeper.timer.timeout.emit()
    slow.answer(qtbot, around.jobs)
    assert page.form.draft()["fields"].keys() == {"hobbies"}
    qtbot.keyClick(page, Qt.Key.Key_S, CTRL)
    page.saving.keeper.timer.timeout.emit()
    slow.answer(qtbot, around.jobs)
    assert not page.form.is_dirty()
    assert page.draft.text() == ""
    assert mine.read(list_drafts) == []


def test_nothing_is_typed_into_a_conversation_that_is_being_saved(
    qtbot: QtBot, around: Surroundings, slow: Slow, file_database: Database, file_people: People
) -> None:
    """A save may wait for an import; what was sent is a record, and records never change."""
    mine = file_database.acting_as(file_people.manager)
    client = mine.write(lambda s, _a: make_client(s, file_people.advisor, name="贺敏"))
    entry = ContactEntry(client_id=client, client_name="贺敏", topics=("market",))
    dialog = ContactLogDialog(around, entry)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    slow.answer(qtbot, around.jobs)
    writing = dialog.form.writing
    qtbot.keyClicks(writing, "cang wei")

    ctrl_enter(qtbot, writing)
    qtbot.keyClicks(dialog.focusWidget(), ", zhou san ")
    assert (dialog.isVisible(), writing.toPlainText()) == (True, "cang wei")
    slow.fail(qtbot, around.jobs, DatabaseBusyError("数据库正忙。"))
    qtbot.keyClicks(dialog.focusWidget(), ", zhou san")
    ctrl_enter(qtbot, writing)
    slow.answer(qtbot, around.jobs)

    assert dialog.isHidden()
    found = mine.read(partial(list_contact_logs, query=ContactLogFilter()))
    assert [log.content for log in found] == ["cang wei, zhou san"]


def test_a_conversation_put_aside_while_it_is_saved_leaves_no_draft_of_what_is_a_record(
    qtbot: QtBot, around: Surroundings, slow: Slow, file_database: Database, file_people: People
) -> None:
    """Edited and saved again, such a draft would be taken for the same record and be lost."""
    mine = file_database.acting_as(file_people.manager)
    client = mine.write(lambda s, _a: make_client(s, file_people.advisor, name="贺敏"))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = ContactForms(around, window).open(client, "贺敏")
    slow.answer(qtbot, around.jobs)
    qtbot.keyClicks(dialog.form.writing, "cang wei")

    for error in (DatabaseBusyError("数据库正忙。"), None):
        ctrl_enter(qtbot, dialog, times=1)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isHidden()
        if error is not None:
            slow.fail(qtbot, around.jobs, error)
            assert dialog.isVisible()
            assert "数据库正忙" in dialog.problem.text()
    slow.answer(qtbot, around.jobs)

    found = mine.read(partial(list_contact_logs, query=ContactLogFilter()))
    assert [log.content for log in found] == ["cang wei"]
    assert mine.read(list_drafts) == []
