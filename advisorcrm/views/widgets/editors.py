"""One way to read, fill and watch every kind of editor a form uses."""

from __future__ import annotations

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from advisorcrm.views.widgets.choice_button import ChoiceButton
from advisorcrm.views.widgets.combo_box import ComboBox


def read_editor(editor: QWidget) -> str:
    """What the editor holds as text: codes for choices, several of them joined by commas."""
    if isinstance(editor, QLineEdit):
        return editor.text().strip()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText().strip()
    if isinstance(editor, ComboBox):
        return editor.code()
    if isinstance(editor, ChoiceButton):
        return ",".join(editor.codes())
    raise TypeError(type(editor).__name__)


def fill_editor(editor: QWidget, value: str) -> None:
    """Show a value as ``read_editor`` would give it back."""
    if isinstance(editor, QLineEdit):
        editor.setText(value)
        editor.setCursorPosition(0)
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(value)
    elif isinstance(editor, ComboBox):
        editor.set_code(value)
    elif isinstance(editor, ChoiceButton):
        editor.set_codes(tuple(code for code in value.split(",") if code))
    else:
        raise TypeError(type(editor).__name__)


def change_signal(editor: QWidget) -> SignalInstance:
    """The signal that tells of every change, by hand or by program."""
    if isinstance(editor, QLineEdit | QPlainTextEdit):
        return editor.textChanged
    if isinstance(editor, ComboBox):
        return editor.currentIndexChanged
    if isinstance(editor, ChoiceButton):
        return editor.changed
    raise TypeError(type(editor).__name__)
