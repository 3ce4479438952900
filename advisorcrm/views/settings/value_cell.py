"""A value of a table of settings that is changed in its place: double click or F2, + and −."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.views import theme

_BAR_PX = 28
_HIGH_PX = 24


class ValueCell(QWidget):
    """``entered(text)`` when a value was typed, ``stepped(±1)`` and ``moved(±1)`` by keys."""

    entered = Signal(str)
    stepped = Signal(int)
    moved = Signal(int)

    def __init__(
        self, name: str, *, is_right: bool = False, most: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._name = name
        self._is_right = is_right
        self._most = most
        self._text = ""
        self._typed = ""
        self._tone = "text"
        self.is_open = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(theme.px(_HIGH_PX))
        self.line = QLineEdit(self)
        self.line.setAccessibleName(name)
        self.line.hide()
        self.line.returnPressed.connect(self._enter)
        self.line.installEventFilter(self)

    def show_value(self, text: str, typed: str, tone: str = "text") -> None:
        """Show a value; ``typed`` is what stands in the line when it is changed."""
        self._text, self._typed, self._tone = text, typed, tone
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """What is shown."""
        return self._text

    def set_open(self, *, is_open: bool) -> None:
        """Whether the person may change it; who may not, only reads."""
        self.is_open = is_open
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_open else Qt.FocusPolicy.NoFocus)

    def edit(self) -> None:
        """Open the line."""
        if not self.is_open:
            return
        self.line.setText(self._typed)
        self.line.selectAll()
        self.line.setGeometry(self.rect())
        self.line.show()
        self.line.setFocus()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for bar and text."""
        bar = theme.px(_BAR_PX) + 8 if self._most else 0
        wide = self.fontMetrics().horizontalAdvance(self._text) + bar + 12
        return QSize(max(wide, theme.px(48)), theme.px(_HIGH_PX))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw bar, text and the frame of the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(2, 0, -4, 0)
        if self._most:
            self._paint_bar(painter, area.height())
            area.setLeft(area.left() + theme.px(_BAR_PX) + 8)
        painter.setPen(theme.colour(self._tone))
        side = Qt.AlignmentFlag.AlignRight if self._is_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), self._text)
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_bar(self, painter: QPainter, height: int) -> None:
        value = int(self._typed) if self._typed.isdecimal() else 0
        whole = QRectF(2, (height - 5) / 2, theme.px(_BAR_PX), 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("border"))
        painter.drawRoundedRect(whole, 2.5, 2.5)
        if value:
            whole.setWidth(whole.width() * min(value, self._most) / self._most)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(whole, 2.5, 2.5)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """F2 and Enter edit, + and − step, arrows move."""
        key = event.key()
        if key in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.stepped.emit(1)
        elif key == Qt.Key.Key_Minus:
            self.stepped.emit(-1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Edit."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.edit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Not here any more."""
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The line covers the cell."""
        super().resizeEvent(event)
        self.line.setGeometry(self.rect())

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc gives up what was typed; leaving the line takes it."""
        if watched is self.line and not self.line.isHidden():
            if (
                event.type() == QEvent.Type.KeyPress
                and isinstance(event, QKeyEvent)
                and event.key() == Qt.Key.Key_Escape
            ):
                self.line.hide()
                self.setFocus()
                return True
            if event.type() == QEvent.Type.FocusOut:
                self._take()
        return False

    def _enter(self) -> None:
        self._take(keep_focus=True)

    def _take(self, *, keep_focus: bool = False) -> None:
        text = self.line.text().strip()
        self.line.hide()
        if keep_focus:  # before it is told: who builds the table anew then knows where to stay
            self.setFocus()
        if text != self._typed:
            self.entered.emit(text)
