"""A line for a password: shown while the eye is held, with a hint while capitals are locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from advisorcrm.i18n import _
from advisorcrm.views.widgets.buttons import Button
from advisorcrm.views.widgets.fixed_size import FixedSize

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent


class PasswordLine(QLineEdit):
    """``capitals_locked(bool)`` as far as typed letters tell; never remembered, never copied."""

    capitals_locked = Signal(bool)

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._is_locked = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name or _("密码"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Compare the letter with the Shift key: Qt does not tell the state of Caps Lock."""
        from PySide6.QtCore import Qt

        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._tell(is_locked=not self._is_locked)
        elif text.isascii() and text.isalpha():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tell(is_locked=text.isupper() != has_shift)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Say nothing about capitals while nobody types."""
        super().focusOutEvent(event)
        self.capitals_locked.emit(False)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Say again what is known."""
        super().focusInEvent(event)
        self.capitals_locked.emit(self._is_locked)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """No menu that could copy."""
        event.ignore()

    def reveal(self) -> None:
        """Show what is typed."""
        self.setEchoMode(QLineEdit.EchoMode.Normal)

    def conceal(self) -> None:
        """Hide it again."""
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def _tell(self, *, is_locked: bool) -> None:
        self._is_locked = is_locked
        self.capitals_locked.emit(is_locked)


def eye_for(line: PasswordLine) -> Button:
    """A button that shows the password while it is held down."""
    eye = Button("")
    eye.show_icon("eye")
    FixedSize(eye, width=36)
    name = _("按住显示密码")
    eye.setAccessibleName(name)
    eye.setToolTip(name)
    eye.pressed.connect(line.reveal)
    eye.released.connect(line.conceal)
    return eye
