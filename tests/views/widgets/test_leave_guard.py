"""What was typed in a dialog is not thrown away by one Esc."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from advisorcrm.views.discard_dialog import DiscardDialog
from advisorcrm.views.widgets.buttons import Button, primary
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.field import Field


@pytest.fixture
def dialog(qtbot: QtBot) -> QDialog:
    made = QDialog()
    made.setWindowTitle("记关怀 – 姜宁雪")
    column = QVBoxLayout(made)
    for field in (Field("内容", QPlainTextEdit()), Field("密码", QLineEdit())):
        column.addWidget(field)
    column.addLayout(dialog_foot(made, primary("记下")))
    qtbot.addWidget(made)
    made.open()
    qtbot.waitActive(made)
    return made


def question(qtbot: QtBot, dialog: QDialog) -> DiscardDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in dialog.findChildren(DiscardDialog)))
    return dialog.findChildren(DiscardDialog)[-1]


def test_a_typed_text_is_asked_about_and_kept_by_esc(dialog: QDialog, qtbot: QtBot) -> None:
    words = dialog.findChildren(Field)[0]
    qtbot.keyClicks(words.editor, "dianhua")
    qtbot.keyClick(words.editor, Qt.Key.Key_Escape)
    asked = question(qtbot, dialog)
    assert asked.accessibleName() == "“记关怀 – 姜宁雪”里写的内容还没有保存。丢弃后找不回来。"
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert words.value() == "dianhua"
    qtbot.waitUntil(lambda: not asked.isVisible())
    cancel = next(one for one in dialog.findChildren(Button) if one.text().startswith("取消"))
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(DiscardDialog)))
    qtbot.mouseClick(question(qtbot, dialog).discard, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_what_nobody_typed_is_left_at_once(dialog: QDialog, qtbot: QtBot) -> None:
    words, password = dialog.findChildren(Field)
    words.set_value("姜先生，您好！")  # a template's words
    editor = password.editor
    assert isinstance(editor, QLineEdit)
    editor.setEchoMode(QLineEdit.EchoMode.Password)
    qtbot.keyClicks(editor, "told-in-person")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.findChildren(DiscardDialog) == []
