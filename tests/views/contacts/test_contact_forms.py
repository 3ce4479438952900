"""Forms of contacts, their drafts and corrections, as the window opens them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter, ContactLogRow
from advisorcrm.services.contacts.contact_logs import list_contact_logs
from advisorcrm.services.drafts import list_drafts, save_draft
from advisorcrm.views.contacts.contact_forms import ContactForms
from advisorcrm.views.contacts.contact_log_dialog import ContactLogDialog
from advisorcrm.views.contacts.correction_dialog import CorrectionDialog
from advisorcrm.views.contacts.draft_chips import DraftChips
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW, rows
from tests.factories import make_client, make_log


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def forms(desk: Surroundings, window: QWidget) -> ContactForms:
    return ContactForms(desk, window)


def only_log(database: Database) -> ContactLogRow:
    (log,) = database.read(
        lambda session, actor: list_contact_logs(session, actor, ContactLogFilter())
    )
    return log


def settle(qtbot: QtBot, desk: Surroundings) -> None:
    qtbot.waitUntil(desk.jobs.is_idle)


def test_there_is_one_form_per_client(
    qtbot: QtBot, desk: Surroundings, forms: ContactForms, client_id: int
) -> None:
    first = forms.open(client_id)
    assert forms.open(client_id) is first
    settle(qtbot, desk)
    assert forms.is_open()
    second = forms.open()
    assert second is not first
    second.finder.chosen.emit(found(desk, "oywj"), "oywj")
    assert not second.isVisible()
    assert first.isVisible()


def found(desk: Surroundings, text: str) -> Any:
    from functools import partial

    from advisorcrm.services.clients.client_search import find_clients

    answers: list[Any] = []
    desk.jobs.read(partial(find_clients, text=text), then=answers.append)
    desk.jobs.wait()
    return answers[0].clients[0]


def test_a_folded_form_is_a_chip_and_opens_again(
    qtbot: QtBot, desk: Surroundings, forms: ContactForms, client_id: int, window: QWidget
) -> None:
    chips = DraftChips(window)
    forms.drafts_changed.connect(chips.show_drafts)
    chips.wanted.connect(forms.reopen)
    dialog = forms.open(client_id, "欧阳文静")
    settle(qtbot, desk)
    dialog.form.writing.insert("客户来电，")
    dialog.drafts.keep()
    settle(qtbot, desk)
    assert forms.drafts() == (), "a form that is open is no chip"
    dialog.fold()
    settle(qtbot, desk)
    (draft,) = chips.drafts()
    assert draft.title == "记沟通 · 欧阳文静"
    chips.opened[0].click()
    settle(qtbot, desk)
    again = forms.open(client_id)
    assert again.form.content.value() == "客户来电，"
    assert chips.drafts() == ()


def test_drafts_of_an_earlier_day_are_offered_at_start(
    qtbot: QtBot,
    desk: Surroundings,
    forms: ContactForms,
    window: QWidget,
    advisor_database: Database,
    client_id: int,
) -> None:
    for subject in ("a", "b"):
        advisor_database.write(
            lambda session, actor, subject=subject: save_draft(
                session,
                actor,
                "contact_log",
                subject,
                title="记沟通 · 欧阳文静",
                content={"uuid": subject, "client_id": client_id, "content": "来电"},
                now=NOW,
            )
        )
    chips = DraftChips(window)
    forms.drafts_changed.connect(chips.show_drafts)
    forms.recover()
    settle(qtbot, desk)
    assert chips.told.label.text() == "恢复了 2 份草稿"
    dialog = forms.open(client_id)
    assert dialog.form.content.value() == "来电"


def test_a_draft_is_given_up_only_when_that_is_confirmed(
    qtbot: QtBot,
    desk: Surroundings,
    forms: ContactForms,
    advisor_database: Database,
    client_id: int,
) -> None:
    dialog = forms.open(client_id)
    dialog.form.writing.insert("来电")
    dialog.fold()
    settle(qtbot, desk)
    (draft,) = forms.drafts()
    forms.ask_to_discard(draft)
    question = forms.asked
    assert question is not None
    question.keep.click()
    settle(qtbot, desk)
    assert len(advisor_database.read(list_drafts)) == 1
    forms.ask_to_discard(draft)
    assert forms.asked is not None
    forms.asked.discard.click()
    settle(qtbot, desk)
    assert advisor_database.read(list_drafts) == []


@pytest.mark.req("R35")
def test_a_correction_hangs_under_the_original_which_stays(
    qtbot: QtBot,
    desk: Surroundings,
    forms: ContactForms,
    advisor_database: Database,
    client_id: int,
) -> None:
    advisor_database.write(
        lambda session, actor: make_log(session, actor, client_id, content="想留三成现金")
    )
    dialog = forms.correct(only_log(advisor_database))
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.submit()
    assert dialog.content.message() == "与原文相同，没有更正什么。"
    dialog.content.set_value("想留两成现金")
    dialog.submit()
    assert "更正原因" in dialog.reason.message()
    dialog.reason.set_value("复听录音，当时听错")
    with qtbot.waitSignal(forms.told) as told:
        QTest.keyClick(dialog.writing, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, desk)
    assert told.args == ["已更正沟通：欧阳文静"]
    assert not dialog.isVisible()
    log = only_log(advisor_database)
    assert log.content == "想留三成现金"
    (correction,) = log.corrections
    assert (correction.content, correction.reason) == ("想留两成现金", "复听录音，当时听错")


def test_a_correction_waits_for_the_word_the_input_method_still_holds(
    qtbot: QtBot,
    desk: Surroundings,
    forms: ContactForms,
    advisor_database: Database,
    client_id: int,
) -> None:
    advisor_database.write(
        lambda session, actor: make_log(session, actor, client_id, content="想留三成现金")
    )
    dialog = forms.correct(only_log(advisor_database))
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.writing.selectAll()
    QTest.keyClicks(dialog.writing, "liang cheng")
    dialog.reason.focus()
    line = dialog.reason.editor
    QApplication.sendEvent(line, committing("复听"))
    QApplication.sendEvent(line, QInputMethodEvent("luyin", []))
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, desk)
    assert dialog.isVisible()
    assert only_log(advisor_database).corrections == ()
    QApplication.sendEvent(line, committing("录音"))
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, desk)
    (correction,) = only_log(advisor_database).corrections
    assert (correction.content, correction.reason) == ("liang cheng", "复听录音")


def committing(text: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


@pytest.mark.req("R148")
def test_a_correction_shows_masks_and_keeps_the_numbers_behind_them(
    qtbot: QtBot,
    desk: Surroundings,
    forms: ContactForms,
    advisor_database: Database,
    client_id: int,
) -> None:
    advisor_database.write(
        lambda session, actor: make_log(
            session, actor, client_id, content="新号 13900000458，占三成"
        )
    )
    dialog = forms.correct(only_log(advisor_database))
    qtbot.waitUntil(dialog.isActiveWindow)
    masked = "新号 139****0458，占三成"
    assert (dialog.original.toPlainText(), dialog.content.value()) == (masked, masked)
    QTest.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    question = dialog.reveal.dialog
    assert question is not None
    QTest.keyClick(question, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "13900000458" in dialog.original.toPlainText())
    dialog.reveal.hide_again()
    assert dialog.original.toPlainText() == masked

    dialog.content.set_value(masked.replace("新号 139", "新号 138"))
    dialog.reason.set_value("记错")
    dialog.submit()
    settle(qtbot, desk)
    assert "138****0458" in dialog.content.message()
    dialog.content.set_value(masked.replace("三成", "两成"))
    dialog.submit()
    settle(qtbot, desk)
    stored = rows(advisor_database, "SELECT content FROM contact_log ORDER BY id")
    assert stored[-1] == ("新号 13900000458，占两成",)


def test_a_correction_that_was_put_aside_comes_back(
    qtbot: QtBot,
    desk: Surroundings,
    forms: ContactForms,
    advisor_database: Database,
    client_id: int,
) -> None:
    advisor_database.write(
        lambda session, actor: make_log(session, actor, client_id, content="想留三成现金")
    )
    log = only_log(advisor_database)
    first = forms.correct(log)
    first.writing.insert("更正：")
    first.reject()
    settle(qtbot, desk)
    (draft,) = forms.drafts()
    assert draft.form == "correction"
    again = forms.correct(log)
    assert isinstance(again, CorrectionDialog)
    assert again.content.value() == "想留三成现金更正："


def test_the_file_is_wanted_after_saving_when_that_was_ticked(
    qtbot: QtBot, desk: Surroundings, forms: ContactForms, client_id: int
) -> None:
    dialog: ContactLogDialog = forms.open(client_id)
    settle(qtbot, desk)
    dialog.form.writing.insert("来电")
    dialog.form.update_file.setChecked(True)
    with qtbot.waitSignals([forms.saved, forms.file_wanted]):
        dialog.save()
    assert not forms.is_open()


def test_all_forms_are_folded_before_the_window_is_locked(
    qtbot: QtBot,
    desk: Surroundings,
    forms: ContactForms,
    advisor_database: Database,
    client_id: int,
) -> None:
    other = advisor_database.write(make_client)
    for one in (client_id, other):
        dialog = forms.open(one)
        dialog.form.writing.insert("来电")
    dialog.find_client()
    forms.fold_all()
    settle(qtbot, desk)
    assert not forms.is_open()
    assert len(advisor_database.read(list_drafts)) == 2
