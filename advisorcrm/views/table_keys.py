"""The keys of lists: J K arrows move, Space ticks, Enter opens, Home and End go to the ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from advisorcrm.views.tables import RecordTableModel

_MOVES = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_LETTERS = (Qt.Key.Key_J, Qt.Key.Key_K)
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyedTable(Protocol):
    """What keys can do with a list: ``RecordTable`` is one."""

    letters_are_keys: bool

    def records(self) -> RecordTableModel:
        """The lines."""

    def current_row(self) -> int:
        """The current line, -1 if there is none."""

    def go_to(self, row: int) -> None:
        """Make a line current."""

    def open_current(self) -> None:
        """Open the current line."""

    def toggle_current(self) -> None:
        """Tick or untick the current line."""


class TableKeys:
    """What a key without Ctrl or Alt means to one table."""

    def __init__(self, table: KeyedTable) -> None:
        self._table = table
        self._records = table.records()

    def press(self, event: QKeyEvent) -> bool:
        """Whether a key of lists was meant and done."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_shift = held == Qt.KeyboardModifier.ShiftModifier
        if held and not is_shift:
            return False
        key = Qt.Key(event.key())
        step = self._step(key)
        if step is not None:
            self._move(step, tick=is_shift and key in _MOVES and self._records.is_checkable)
            return True
        act = self._act(key)
        if act is not None:
            act()
        return act is not None

    def _step(self, key: Qt.Key) -> int | None:
        """How many lines a key goes down."""
        if key == Qt.Key.Key_Home:
            return -self._records.rowCount()
        if key == Qt.Key.Key_End:
            return self._records.rowCount()
        is_letter = key in _LETTERS and not self._table.letters_are_keys
        return None if is_letter else _MOVES.get(key)

    def _act(self, key: Qt.Key) -> Callable[[], object] | None:
        """What a key does to the current line or to the ticks."""
        has_line = self._table.current_row() >= 0
        if key in _OPENING and has_line:
            return self._table.open_current
        if key == Qt.Key.Key_Space and has_line and self._records.is_checkable:
            return self._table.toggle_current
        if key == Qt.Key.Key_Escape and self._records.checked_count():
            return self._records.uncheck_all
        return None

    def _move(self, step: int, *, tick: bool) -> None:
        """Go up or down, over headings; with Shift tick what is passed."""
        last = self._records.rowCount() - 1
        start = self._table.current_row()
        row = min(max(start + step, 0), last)
        way = 1 if step > 0 else -1
        while 0 <= row <= last and self._records.is_heading(row):
            row += way
        if not 0 <= row <= last:
            return
        if tick and start >= 0:
            self._records.set_checked(min(start, row), max(start, row), checked=True)
        self._table.go_to(row)
