"""Fields: judged when left, again on every key once wrong, never while composing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from advisorcrm.views.widgets.choice_button import Choice, ChoiceButton
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field, Verdict
from advisorcrm.views.widgets.level import Level


def judge(text: str) -> Verdict | None:
    if text and "." not in text:
        return Verdict(Level.ERROR, "缺少域名后缀，例如 .com")
    return None


@pytest.fixture
def dialog(qtbot: QtBot) -> QDialog:
    """As high as its two fields need, with buttons below."""
    made = QDialog()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(Field("说明", QPlainTextEdit()))
    column.addWidget(Field("电子邮箱", QLineEdit(), judge=judge))
    column.addStretch(1)
    made.setFixedWidth(200)
    made.show()
    qtbot.waitActive(made)
    return made


def test_tab_leaves_a_text_of_several_lines(dialog: QDialog, qtbot: QtBot) -> None:
    text, mail = dialog.findChildren(Field)
    text.focus()
    qtbot.keyClick(text.editor, Qt.Key.Key_Tab)
    assert mail.editor.hasFocus()
    qtbot.keyClick(mail.editor, Qt.Key.Key_Backtab)
    assert text.editor.hasFocus()
    assert text.value() == ""


def test_a_dialog_grows_with_the_sentence_under_a_field(dialog: QDialog, qtbot: QtBot) -> None:
    mail = dialog.findChildren(Field)[1]
    before = mail.editor.height(), dialog.height()
    mail.show_message(Level.WARN, "现在是客户休息时间，可联系时段 08:30-12:00、13:00-20:00。" * 4)
    qtbot.waitUntil(lambda: dialog.height() > before[1])
    assert mail.editor.height() == before[0]
    assert mail.height() >= mail.heightForWidth(mail.width())


@pytest.fixture
def field(qtbot: QtBot) -> Field:
    page = QWidget()
    qtbot.addWidget(page)
    made = Field("电子邮箱", QLineEdit(), judge=judge, required=True)
    column = QVBoxLayout(page)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    page.show()
    qtbot.waitActive(page)
    made.focus()
    made.page_of_test = page  # type: ignore[attr-defined]
    return made


def test_nothing_is_said_during_the_first_typing(field: Field, qtbot: QtBot) -> None:
    qtbot.keyClicks(field.editor, "w@126")
    assert field.level() is None


def test_a_wrong_value_is_said_on_leaving_and_goes_as_soon_as_it_is_right(
    field: Field, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field.editor, "w@126")
    qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert field.level() is Level.ERROR
    assert field.editor.accessibleDescription() == "缺少域名后缀，例如 .com"
    field.focus()
    field.editor.end(False)  # type: ignore[attr-defined]
    qtbot.keyClicks(field.editor, ".com")
    assert field.level() is None
    assert field.editor.accessibleDescription() == ""


def test_nothing_is_judged_while_an_input_method_composes(field: Field, qtbot: QtBot) -> None:
    qtbot.keyClicks(field.editor, "w")
    field.check()
    assert field.level() is Level.ERROR
    QApplication.sendEvent(field.editor, QInputMethodEvent("wo", []))
    field.editor.setText("w.")  # type: ignore[attr-defined]
    assert field.level() is Level.ERROR
    done = QInputMethodEvent("", [])
    done.setCommitString("我")
    QApplication.sendEvent(field.editor, done)
    assert field.level() is None


def test_a_required_field_is_missed_on_saving_not_on_passing_by(field: Field, qtbot: QtBot) -> None:
    qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert field.level() is None
    assert not field.check()
    assert field.message() == "请填写电子邮箱。"
    assert field.editor.accessibleName() == "电子邮箱，必填"


def test_a_warning_does_not_block(qtbot: QtBot) -> None:
    field = Field("职业", QLineEdit(), judge=lambda _text: Verdict(Level.WARN, "待补"))
    qtbot.addWidget(field)
    assert field.check()
    assert field.level() is Level.WARN


@pytest.mark.parametrize(
    ("editor", "value"),
    [
        (QLineEdit, "文字"),
        (QPlainTextEdit, "两行\n文字"),
        (lambda: ComboBox([("gold", "金卡"), ("silver", "银卡")], empty="请选择"), "silver"),
        (lambda: ChoiceButton([Choice("a", "研究报告"), Choice("b", "电话交流")]), "a,b"),
    ],
)
def test_every_editor_gives_back_what_it_was_given(
    qtbot: QtBot, editor: object, value: str
) -> None:
    field = Field("名称", editor())  # type: ignore[operator]
    qtbot.addWidget(field)
    field.set_value(value)
    assert field.value() == value
    with qtbot.waitSignal(field.changed):
        field.editor.clear() if hasattr(field.editor, "clear") else field.editor.set_codes(())


def test_several_choices_are_ticked_by_keys(qtbot: QtBot) -> None:
    button = ChoiceButton([Choice("a", "盘面看法", "pmkf"), Choice("b", "持仓品种", "ccpz")])
    qtbot.addWidget(button)
    button.resize(240, 30)
    button.show()
    qtbot.keyClick(button, Qt.Key.Key_Down)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    lines = popup.list  # type: ignore[attr-defined]
    qtbot.keyClick(lines, Qt.Key.Key_C)
    qtbot.keyClick(lines, Qt.Key.Key_Space)
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    assert button.codes() == ("b",)
    assert button.text() == "持仓品种"
