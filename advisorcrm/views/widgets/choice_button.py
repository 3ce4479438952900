"""A drop-down of which several lines may be ticked: for code lists such as 服务需求, 沟通主题."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.widgets.combo_box import paint_end_icon

_MOST_LINES = 12


class Choice(NamedTuple):
    """One line: stored code, label, and what may be typed to reach it (initials)."""

    code: str
    label: str
    keys: str = ""


class ChoiceButton(QPushButton):
    """Shows what is ticked; ``changed`` after every tick."""

    changed = Signal()

    def __init__(
        self,
        choices: Iterable[Choice] = (),
        *,
        empty: str = "",
        most: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = tuple(choices)
        self._codes: tuple[str, ...] = ()
        self._empty = empty or _("请选择")
        self._most = most
        self.setProperty("kind", "choice")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(72))
        self.clicked.connect(self.open_list)
        self._show_codes()

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Offer these lines."""
        self._choices = tuple(choices)
        self._show_codes()

    def codes(self) -> tuple[str, ...]:
        """The ticked codes in the order of the list."""
        return self._codes

    def set_codes(self, codes: Sequence[str]) -> None:
        """Tick these; codes that are no longer offered stay ticked."""
        known = [choice.code for choice in self._choices if choice.code in codes]
        fresh = (*known, *(code for code in codes if code not in known))
        if fresh != self._codes:
            self._codes = fresh
            self._show_codes()
            self.changed.emit()

    def open_list(self) -> None:
        """Drop the list down."""
        popup = ChoiceList(self._choices, self._codes, self._most, self)
        popup.ticked.connect(self.set_codes)
        popup.setMinimumWidth(self.width())
        popup.show_below(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open by Down, Space or Enter."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_list()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Elide to the new width."""
        super().resizeEvent(event)
        self._show_codes()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the button and its chevron."""
        super().paintEvent(event)
        paint_end_icon(self, "chevron-down")

    def _show_codes(self) -> None:
        labels = {choice.code: choice.label for choice in self._choices}
        text = _("、").join(labels.get(code, code) for code in self._codes)
        room = max(self.width() - theme.px(40), theme.px(48))
        shown = text or self._empty
        self.setText(self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, room))
        self.setToolTip(escape(text))
        if not self.accessibleDescription():
            self.setStatusTip(text)


class ChoiceList(QFrame):
    """The dropped-down list; ``ticked`` with the codes after every tick."""

    ticked = Signal(tuple)

    def __init__(
        self, choices: Sequence[Choice], codes: Sequence[str], most: int, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("zone", "card")
        self._most = most
        self._typed = ""
        self._keys = [f"{choice.keys} {choice.label}".lower() for choice in choices]
        self.list = QListWidget()
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.list.setAccessibleName(parent.accessibleName())
        self._fill(choices, codes)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.addWidget(self.list)
        self.list.itemChanged.connect(self._emit_codes)
        self.list.keyPressEvent = self._press  # type: ignore[method-assign]
        self.setFocusProxy(self.list)

    def show_below(self, button: QWidget) -> None:
        """Open under the button, as high as its lines need."""
        lines = min(self.list.count(), _MOST_LINES)
        row = self.list.sizeHintForRow(0) if self.list.count() else theme.px(24)
        self.list.setFixedHeight(lines * row + 6)
        self.adjustSize()
        self.move(button.mapToGlobal(QPoint(0, button.height() + 2)))
        self.show()
        self.list.setFocus()

    def _fill(self, choices: Sequence[Choice], codes: Sequence[str]) -> None:
        for choice in choices:
            item = QListWidgetItem(choice.label, self.list)
            item.setData(Qt.ItemDataRole.UserRole, choice.code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_on = choice.code in codes
            item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)

    def _press(self, event: QKeyEvent) -> None:
        """Space ticks, Enter and Tab close, letters go to a line by its initials."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.close()
        elif event.text().isalnum():
            self._go_to(event.text().lower())
        else:
            self._typed = ""
            QListWidget.keyPressEvent(self.list, event)

    def _go_to(self, letter: str) -> None:
        for typed in (self._typed + letter, letter):
            for row, keys in enumerate(self._keys):
                if any(word.startswith(typed) for word in keys.split()):
                    self._typed = typed
                    self.list.setCurrentRow(row)
                    return

    def _emit_codes(self, changed: QListWidgetItem) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        if self._most and len(ticked) > self._most:
            changed.setCheckState(Qt.CheckState.Unchecked)
            return
        self.ticked.emit(tuple(item.data(Qt.ItemDataRole.UserRole) for item in ticked))
