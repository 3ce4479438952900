"""A dialog in which something is written and kept: Ctrl+Enter keeps it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog


class EntryDialog(QDialog):
    """``submit`` is what its button does; Enter alone does nothing by accident."""

    def submit(self) -> None:
        """Keep what was written, if it can be."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+Enter submits."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.submit()
            return
        super().keyPressEvent(event)
