"""Esc puts a contact aside as a draft; where there are no drafts it must not throw a text away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog

from advisorcrm.i18n import _
from advisorcrm.views.discard_dialog import DiscardDialog
from advisorcrm.views.widgets.field import Field


class LeaveGuard(QObject):
    """Stands at the way out of a dialog: by Esc, 取消 and the window's cross."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self.asked: DiscardDialog | None = None
        """The question, once there was something to lose."""
        dialog.installEventFilter(self)

    def leave(self) -> None:
        """Close the dialog; where a text was typed only after a question."""
        if self._is_written():
            self._ask()
        else:
            self._dialog.reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take Esc and the cross before the dialog does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and not event.modifiers():
                self.leave()
                return True
        elif event.type() == QEvent.Type.Close and event.spontaneous() and self._is_written():
            event.ignore()
            self._ask()
            return True
        return super().eventFilter(watched, event)

    def _is_written(self) -> bool:
        return any(field.is_written() for field in self._dialog.findChildren(Field))

    def _ask(self) -> None:
        told = _("“{title}”里写的内容还没有保存。丢弃后找不回来。")
        title = self._dialog.windowTitle()
        self.asked = DiscardDialog(_("丢弃"), told.format(title=title), self._dialog)
        self.asked.accepted.connect(self._dialog.reject)
        self.asked.finished.connect(self.asked.deleteLater)
        self.asked.open()
