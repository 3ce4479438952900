"""The keys of one page: single letters only where no text is typed, and only if wanted.

They act on what the focused widget leaves over, so a key the whole window has taken as a
shortcut never comes twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


class PageKey(NamedTuple):
    """One key, what it does, and what the overlay of keys says about it."""

    key: str
    call: Callable[[], object]
    what: str


class PageKeys(QObject):
    """Knows the keys of its page; a letter includes ``Shift+N``."""

    def __init__(self, page: QWidget, *, letters: bool) -> None:
        super().__init__(page)
        self._letters = letters
        self._keys: dict[str, PageKey] = {}
        self._order: list[PageKey] = []

    def add(self, key: str, call: Callable[[], object], what: str = "") -> None:
        """Let a key do something; without ``what`` it is not listed."""
        found = PageKey(key, call, what)
        self._keys[QKeySequence(key).toString()] = found
        if what:
            self._order.append(found)

    def listed(self) -> list[tuple[str, str]]:
        """The keys for the overlay."""
        return [(key.key, key.what) for key in self._order]

    def watch(self, widget: QWidget) -> None:
        """See letters before a list takes them for a search."""
        widget.installEventFilter(self)

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key is for; False if it is none of this page's."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        name = QKeySequence(QKeyCombination(held, Qt.Key(event.key()))).toString()
        found = self._keys.get(name)
        if found is None or (not self._letters and _is_letter(name)):
            return False
        found.call()
        event.accept()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the page's letters from the watched list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.press(event)
        return super().eventFilter(watched, event)


def _is_letter(name: str) -> bool:
    return len(name.removeprefix("Shift+")) == 1
