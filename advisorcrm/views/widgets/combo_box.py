"""A drop-down of codes and labels."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from advisorcrm.views import icons, theme

_CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier


class ComboBox(QComboBox):
    """One choice of a list; the wheel scrolls the page and never changes it."""

    def __init__(
        self,
        choices: Iterable[tuple[str, str]] = (),
        *,
        empty: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.set_choices(choices, empty=empty)

    def set_choices(self, choices: Iterable[tuple[str, str]], *, empty: str | None = None) -> None:
        """Offer these (code, label); ``empty`` is the label of no choice, if that is allowed.

        The choice stays if it still is one, and nothing is told then.
        """
        before = self.code()
        with QSignalBlocker(self):
            self.clear()
            if empty is not None:
                self.addItem(empty, "")
            for code, label in choices:
                self.addItem(label, str(code))
            self.set_code(before)
        if self.code() != before:
            self.currentIndexChanged.emit(self.currentIndex())

    def code(self) -> str:
        """Code of the choice, empty if none."""
        return self.currentData() or ""

    def set_code(self, code: str | None) -> None:
        """Choose by code; an unknown code chooses the first line."""
        found = self.findData(str(code or ""))
        self.setCurrentIndex(max(found, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A chord is the page's (Ctrl+S): Qt would search the list for it, or leaf through it."""
        held, key = event.modifiers(), Qt.Key(event.key())
        is_opened = key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if held & _CHORDS or (held & Qt.KeyboardModifier.AltModifier and not is_opened):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll the page: who has just chosen goes on by the wheel, the pointer still here."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the box and its chevron."""
        super().paintEvent(event)
        paint_end_icon(self, "chevron-down")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


def paint_end_icon(widget: QWidget, name: str, size: int = 14) -> None:
    """Draw a small icon at the right end of an editor."""
    painter = QPainter(widget)
    side = theme.px(size)
    tone = "text2" if widget.isEnabled() else "ctrl"
    image = icons.pixmap(name, tone, side, widget.devicePixelRatioF())
    painter.drawPixmap(widget.width() - side - 8, (widget.height() - side) // 2, image)
