"""Somebody at the program: presses keys and clicks, and waits for what is to be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)


class Person:
    """Types into whatever has the focus, as a keyboard does."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def press(self, *keys: str) -> None:
        """Key combinations one after the other, as ``Ctrl+K`` or ``Return``."""
        for combination in keys:
            pressed = QKeySequence(combination)[0]
            QTest.keyClick(focused(), pressed.key(), pressed.keyboardModifiers())
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Letters by their keys, Chinese through the input method."""
        for part in _same_script(text):
            if part.isascii():
                QTest.keyClicks(focused(), part)
            else:
                compose(part)
            QApplication.processEvents()

    def fill_in(self, *values: str) -> None:
        """Field after field: type, then Tab over what takes no text."""
        for place, value in enumerate(values):
            if place:
                self.tab_to_text()
            self.type(value)

    def tab_to_text(self) -> None:
        """Tab until the cursor stands where text is typed."""
        for _try in range(4):
            self.press("Tab")
            if not isinstance(focused(), QPushButton):
                return
        raise AssertionError("no field to type in is reached by Tab")

    def click(self, widget: QWidget) -> None:
        """Click what is on the screen."""
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def waits_for(self, condition: Callable[[], Any]) -> None:
        """Look at the screen until it is so."""

        def is_so() -> bool:
            if QApplication.activeWindow() is None:
                manage_windows()
            return bool(condition())

        self._qtbot.waitUntil(is_so)

    def sees(self, kind: type[W]) -> W:
        """The one visible widget of a kind, as soon as it is there."""
        self.waits_for(lambda: shown(kind))
        return shown(kind)[0]


def focused() -> QWidget:
    """Where a key goes: an open popup before everything else."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup.focusWidget() or popup
    if QApplication.activeWindow() is None:
        manage_windows()
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    assert widget is not None
    return widget


def manage_windows() -> None:
    """Without a screen nobody hands the focus on when a window closes: to a dialog, or below."""
    windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    windows.sort(key=lambda one: isinstance(one, QDialog))
    for window in windows[-1:]:
        window.activateWindow()
        QApplication.processEvents()


def shown(kind: type[W]) -> list[W]:
    """All visible widgets of a kind."""
    return [one for one in QApplication.allWidgets() if isinstance(one, kind) and one.isVisible()]


def compose(text: str) -> None:
    """Let an input method compose and commit."""
    widget = focused()
    QApplication.sendEvent(widget, QInputMethodEvent("pinyin", []))
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(widget, commit)


def _same_script(text: str) -> list[str]:
    parts: list[str] = []
    for char in text:
        if parts and parts[-1][-1].isascii() == char.isascii():
            parts[-1] += char
        else:
            parts.append(char)
    return parts
