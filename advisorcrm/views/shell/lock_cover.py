"""The work of the window and, over it, the lock screen: one of the two is seen."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget


class LockCover(QStackedWidget):
    """Covers the window's work, and every dialog with it, as long as the screen is locked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.work = QWidget(self)
        self._hidden: list[QWidget] = []
        self._had_focus: QWidget | None = None

    def cover(self, screen: QWidget) -> None:
        """Show the lock screen; windows that stand open are hidden, not closed."""
        self._had_focus = QApplication.focusWidget()
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and widget is not self.window() and widget.isWindow():
                self._hidden.append(widget)
                widget.hide()
        self.addWidget(screen)
        self.setCurrentWidget(screen)
        screen.setFocus()

    def uncover(self) -> None:
        """Bring back the work, its dialogs and the cursor."""
        screen = self.currentWidget()
        self.setCurrentWidget(self.work)
        if screen is not None and screen is not self.work:
            self.removeWidget(screen)
            screen.deleteLater()
        for dialog in self._hidden:
            dialog.show()
        self._hidden.clear()
        if self._had_focus is not None:
            self._had_focus.setFocus()
        self._had_focus = None

    def is_covered(self) -> bool:
        """Whether the lock screen is seen."""
        return self.currentWidget() is not self.work
