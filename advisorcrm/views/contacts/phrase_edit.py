"""Editors in which ``;qx`` becomes a sentence; Alt+Q shows what there is (常用语)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.phrases import PHRASES, expand_phrase
from advisorcrm.views import theme


class PhraseEdit(QPlainTextEdit):
    """Several lines; ``expanded(code)`` after a phrase came in, Tab goes on to the next field."""

    expanded = Signal(str)

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._lines = lines
        self._is_composing = False
        self.textChanged.connect(self._expand)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its lines at the font scale."""
        return QSize(0, self.fontMetrics().lineSpacing() * self._lines + theme.px(16))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It never shrinks below its lines."""
        return self.sizeHint()

    def insert(self, text: str) -> None:
        """Put a sentence at the cursor."""
        self.textCursor().insertText(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing expands while an input method composes."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def _expand(self) -> None:
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = None if self._is_composing else expand_phrase(before)
        if found is None:
            return
        code = before[-2:].lower()
        move = QTextCursor.MoveOperation.Left
        cursor.movePosition(move, QTextCursor.MoveMode.KeepAnchor, found.length)
        cursor.insertText(found.text)
        self.expanded.emit(code)


class PhraseLine(QLineEdit):
    """One line with phrases."""

    expanded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(self._expand)

    def _expand(self) -> None:
        place = self.cursorPosition()
        before = self.text()[:place]
        found = expand_phrase(before)
        if found is None:
            return
        after = self.text()[place:]
        start = before[: -found.length]
        self.setText(f"{start}{found.text}{after}")
        self.setCursorPosition(len(start) + len(found.text))
        self.expanded.emit(before[-2:].lower())


def show_phrases(editor: PhraseEdit | PhraseLine) -> QMenu:
    """All phrases in a menu below the editor; choosing one inserts it at the cursor."""
    menu = QMenu(editor)
    menu.setAccessibleName(_("常用语"))
    for phrase in PHRASES:
        for place, sentence in enumerate(phrase.sentences):
            code = f";{phrase.code}" if place == 0 else ""
            action = menu.addAction(f"{sentence}\t{code}")
            action.triggered.connect(partial(_insert, editor, sentence, phrase.code))
    menu.popup(editor.mapToGlobal(QPoint(0, editor.height())))
    return menu


def _insert(editor: PhraseEdit | PhraseLine, sentence: str, code: str) -> None:
    editor.insert(sentence)
    editor.expanded.emit(code)
