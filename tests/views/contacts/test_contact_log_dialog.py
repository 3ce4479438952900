"""Recording a conversation by keys alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.errors import DatabaseBusyError
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter, ContactLogRow
from advisorcrm.services.contacts.contact_logs import list_contact_logs
from advisorcrm.services.drafts import list_drafts
from advisorcrm.terms import Reaction
from advisorcrm.views.contacts.contact_entry import ContactEntry, entry_from_draft
from advisorcrm.views.contacts.contact_log_dialog import ContactLogDialog
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW
from tests.factories import make_log

SECONDS_A_KEY, SECONDS_A_THOUGHT = 0.28, 1.35
BUDGET = 15


class Typist:
    """Presses keys on whatever has the focus, and counts them."""

    def __init__(self) -> None:
        self.keys = 0

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= one
        QTest.keyClick(focused(), key, modifiers)
        QApplication.processEvents()
        self.keys += 1

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(focused(), letter)
            QApplication.processEvents()
            self.keys += 1

    def compose(self, keys: str, text: str) -> None:
        """Type with an input method: letters compose, Space commits."""
        for end in range(1, len(keys) + 1):
            QApplication.sendEvent(focused(), QInputMethodEvent(keys[:end], []))
            self.keys += 1
        commit = QInputMethodEvent()
        commit.setCommitString(text)
        QApplication.sendEvent(focused(), commit)
        self.keys += 1


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def opened(qtbot: QtBot, desk: Surroundings, entry: ContactEntry | None = None) -> ContactLogDialog:
    dialog = ContactLogDialog(desk, entry)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isActiveWindow() and desk.jobs.is_idle())
    return dialog


def logs(database: Database) -> list[ContactLogRow]:
    return database.read(
        lambda session, actor: list_contact_logs(session, actor, ContactLogFilter())
    )


CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.mark.req("R35", "R81")
def test_a_conversation_is_logged_by_keys_alone_in_fifteen_seconds(
    qtbot: QtBot, desk: Surroundings, advisor_database: Database, client_id: int
) -> None:
    dialog = opened(qtbot, desk)
    typist = Typist()
    typist.keys += 1  # Ctrl+N, which opened the form
    typist.type("oywj")
    typist.press(Qt.Key.Key_Return)
    assert focused() is dialog.form.writing
    typist.type(";qx")
    typist.compose("kexucp", "可续测评")
    typist.press(Qt.Key.Key_N, ALT)
    typist.type("3d")
    typist.press(Qt.Key.Key_Tab)
    typist.type(";hf")
    typist.press(Qt.Key.Key_Return, CONTROL)

    assert not dialog.isVisible()
    (log,) = logs(advisor_database)
    assert log.client_id == client_id
    assert log.content == "客户情绪平稳，对目前持仓没有异议。可续测评"
    assert (log.way, log.contacted_at) == ("phone", NOW)
    assert "mood" in log.topics
    assert log.next_on == date(2026, 11, 23)
    assert log.next_note == "回访，了解想法有无变化。"
    thoughts = 4  # find, write, next step, save: the steps of the budget
    assert typist.keys * SECONDS_A_KEY + thoughts * SECONDS_A_THOUGHT <= BUDGET


@pytest.mark.req("R80")
def test_what_was_said_before_stands_beside_the_new_entry(
    qtbot: QtBot, desk: Surroundings, advisor_database: Database, client_id: int
) -> None:
    advisor_database.write(
        lambda session, actor: make_log(
            session,
            actor,
            client_id,
            contacted_at=NOW - timedelta(days=23),
            way="meeting",
            content="希望收到行业周报。",
            next_on=date(2026, 11, 6),
            next_note="周报改为每周发",
        )
    )
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id))
    (earlier,) = dialog.earlier.logs()
    assert earlier.content == "希望收到行业周报。"
    assert dialog.earlier.count.text() == "共 1 次"
    assert dialog.earlier.open_matters.isVisible()
    assert dialog.form.way.code() == "meeting", "the way used last with this client"
    Typist().press(Qt.Key.Key_H, ALT)
    assert dialog.form.content.value() == "上次（10-28）：希望收到行业周报。"


@pytest.mark.req("R17")
def test_the_reminder_of_the_counter_is_recorded(
    qtbot: QtBot, desk: Surroundings, advisor_database: Database, client_id: int
) -> None:
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id, content="来电。"))
    dialog.form.counter.setChecked(True)
    dialog.form.update_file.setChecked(True)
    with qtbot.waitSignal(dialog.saved) as kept:
        dialog.save()
    assert kept.args == [client_id, True]
    assert logs(advisor_database)[0].was_reminded_of_counter


@pytest.mark.req("R81")
def test_ways_and_reactions_have_keys_and_chips(
    qtbot: QtBot, desk: Surroundings, advisor_database: Database, client_id: int
) -> None:
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id, content="看过初评。"))
    Typist().press(Qt.Key.Key_3, ALT)
    dialog.form.reaction.chips["agrees"].click()
    dialog.form.reaction.chips["undecided"].click()
    dialog.save()
    (log,) = logs(advisor_database)
    assert (log.way, log.reaction) == ("wechat", Reaction.UNDECIDED)


@pytest.mark.req("R81")
def test_topics_are_reached_by_the_initials_of_their_names(
    qtbot: QtBot, desk: Surroundings, client_id: int
) -> None:
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id))
    dialog.form.topics.set_value("")
    dialog.form.topics.focus()
    QTest.keyClicks(dialog.form.topics.editor, "p")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClicks(popup.list, "mkf")  # type: ignore[attr-defined]
    QTest.keyClick(popup.list, Qt.Key.Key_Space)  # type: ignore[attr-defined]
    popup.close()
    assert dialog.entry().topics == ("market",)
    assert dialog.entry().topics_are_chosen


def test_advice_needs_its_basis_and_says_so_at_the_field(
    qtbot: QtBot, desk: Surroundings, advisor_database: Database, client_id: int
) -> None:
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id, content="建议减仓。"))
    dialog.form.advice.yes.click()
    dialog.save()
    assert logs(advisor_database) == []
    assert "依据" in dialog.form.advice.basis.message()
    assert focused() is dialog.form.advice.line
    QTest.keyClicks(focused(), "weekly 11-19")
    dialog.save()
    assert logs(advisor_database)[0].basis == "weekly 11-19"


def test_a_misread_date_is_seen_before_it_is_saved(
    qtbot: QtBot, desk: Surroundings, client_id: int
) -> None:
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id, content="来电。"))
    step = dialog.form.next_step
    step.date.setText("周二 14:30")
    assert step.echo.label.text() == "2026-11-24 周二 14:30（工作日）"
    step.date.setText("tomorrow")
    assert step.echo.label.text() == "2026-11-21 周六（休市）"
    step.date.setText("不知道")
    dialog.save()
    assert dialog.isVisible()
    assert "看不懂日期" in step.echo.label.text()
    step.chips[1].click()
    assert step.date.text() == "2026-11-23"
    step.chips[-1].click()
    assert step.date.text() == ""


def test_the_next_client_is_offered_after_saving(
    qtbot: QtBot, desk: Surroundings, advisor_database: Database, client_id: int
) -> None:
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id, content="来电。"))
    Typist().press(Qt.Key.Key_Return, CONTROL, SHIFT)
    assert len(logs(advisor_database)) == 1
    assert dialog.isVisible()
    assert dialog.client_id() is None
    assert dialog.form.content.value() == ""
    assert focused() is dialog.finder.line


def test_a_draft_is_kept_within_two_seconds_of_the_first_key(
    qtbot: QtBot, desk: Surroundings, advisor_database: Database, client_id: int
) -> None:
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id))
    QTest.keyClicks(focused(), "a")
    assert dialog.drafts.timer.isActive()
    assert dialog.drafts.timer.interval() <= 2000
    QTest.keyClicks(focused(), "b")
    dialog.drafts.timer.timeout.emit()
    (draft,) = advisor_database.read(list_drafts)
    kept = entry_from_draft(draft.content)
    assert (kept.content, kept.client_id) == ("ab", client_id)
    assert draft.title == "记沟通 · 欧阳文静"
    assert dialog.draft_state.text() == "草稿已存 14:20:00"


def test_a_form_that_was_put_aside_comes_back_and_is_saved_once(
    qtbot: QtBot, desk: Surroundings, advisor_database: Database, client_id: int
) -> None:
    first = opened(qtbot, desk, ContactEntry(client_id=client_id))
    QTest.keyClicks(focused(), "call back")
    Typist().press(Qt.Key.Key_Escape)
    assert not first.isVisible()
    (draft,) = advisor_database.read(list_drafts)
    for _attempt in (1, 2):  # the second as if the first answer had been lost
        again = opened(qtbot, desk, entry_from_draft(draft.content))
        assert again.form.content.value() == "call back"
        again.save()
    assert len(logs(advisor_database)) == 1
    assert advisor_database.read(list_drafts) == []


def test_a_failed_save_keeps_the_text_and_says_why(
    qtbot: QtBot,
    desk: Surroundings,
    advisor_database: Database,
    client_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id, content="来电。"))
    write = advisor_database.write

    def busy(_work: Any) -> Any:
        raise DatabaseBusyError("数据库文件被另一程序占用。")

    monkeypatch.setattr(advisor_database, "write", busy)
    dialog.save()
    assert dialog.isVisible()
    assert dialog.problem.text().startswith("未保存：数据库文件被另一程序占用。")
    assert dialog.form.content.value() == "来电。"
    monkeypatch.setattr(advisor_database, "write", write)
    dialog.save()
    assert len(logs(advisor_database)) == 1


@pytest.mark.req("R112")
def test_what_to_know_about_a_person_stands_under_the_name_before_a_call(
    qtbot: QtBot, desk: Surroundings, advisor_database: Database, client_id: int
) -> None:
    from advisorcrm.models import Client

    def complete(session: Any, _actor: Any) -> None:
        client = session.get(Client, client_id)
        client.birthday = date(1968, 12, 4)
        client.occupation, client.hobbies, client.personality = "教师", "广场舞", "谨慎"

    advisor_database.write(complete)
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id))
    assert dialog.strip.about.text() == "生日 12-04 · 教师 · 广场舞 · 谨慎"


@pytest.mark.req("R74")
def test_a_call_to_somebody_who_wants_none_is_warned_of_but_not_blocked(
    qtbot: QtBot, desk: Surroundings, advisor_database: Database, client_id: int
) -> None:
    from advisorcrm.models import Client

    def be_quiet(session: Any, _actor: Any) -> None:
        session.get(Client, client_id).service_need = "do_not_disturb"

    advisor_database.write(be_quiet)
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id, content="客户来电。"))
    assert dialog.strip.warning.isVisible()
    dialog.form.way.choose("wechat")
    assert dialog.strip.warning.isVisible()
    dialog.form.way.choose("meeting")
    assert not dialog.strip.warning.isVisible()
    dialog.form.way.choose("phone")
    dialog.save()
    assert len(logs(advisor_database)) == 1


def test_escape_goes_back_from_the_finder_to_the_client_there_was(
    qtbot: QtBot, desk: Surroundings, client_id: int
) -> None:
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id, content="来电。"))
    typist = Typist()
    typist.press(Qt.Key.Key_L, CONTROL)
    assert dialog.finder.isVisible()
    typist.press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.strip.isVisible()
    assert focused() is dialog.form.writing


def test_somebody_else_s_client_is_not_offered(
    qtbot: QtBot, desk: Surroundings, file_database: Database, file_people: Any
) -> None:
    from tests.factories import make_client

    file_database.write(
        lambda session, _actor: make_client(session, file_people.colleague, name="孟小楼")
    )
    dialog = opened(qtbot, desk)
    typist = Typist()
    dialog.finder.line.setText("孟小楼")
    typist.press(Qt.Key.Key_Return)
    assert dialog.client_id() is None
    assert "孟*由 周岚 服务" in dialog.finder.remark.text()


def test_a_word_the_input_method_still_holds_is_not_left_out_of_the_record(
    qtbot: QtBot, desk: Surroundings, advisor_database: Database, client_id: int
) -> None:
    dialog = opened(qtbot, desk, ContactEntry(client_id=client_id, client_name="欧阳文静"))
    typist = Typist()
    typist.compose("kehu", "客户想")
    QApplication.sendEvent(focused(), QInputMethodEvent("mairu", []))
    typist.press(Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible()
    assert logs(advisor_database) == []
    typist.compose("mairu", "买入")
    typist.press(Qt.Key.Key_Return, CONTROL)
    (log,) = logs(advisor_database)
    assert log.content == "客户想买入"
