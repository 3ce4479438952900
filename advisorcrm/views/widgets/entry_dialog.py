"""A dialog in which something is written and kept: Ctrl+Enter keeps it, once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog

from advisorcrm.views.widgets.buttons import Button


class EntryDialog(QDialog):
    """``submit`` is what its ``button`` does; Enter alone does nothing by accident.

    While it is being kept the button is off, and with it the key: ``submit`` puts it out before
    it asks, ``show_problem`` on again. So nothing is kept twice.
    """

    button: Button

    def submit(self) -> None:
        """Keep what was written, if it can be."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+Enter presses the button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.button.click()
            return
        super().keyPressEvent(event)
