"""One line of the notification centre: what, why, when, and what can be done with it."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.duties import DUTIES
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.services.dues.notifications import Notification
from advisorcrm.terms import ReminderState
from advisorcrm.views import theme
from advisorcrm.views.widgets.buttons import Button, bare
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label

Snooze = tuple[str, datetime]
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}


class NotificationLine(QFrame):
    """``opened``, ``snoozed(until)``, ``known``: Enter, S and D do the same as the buttons.

    ``stepped(by)`` for the arrows, which the area around would take for scrolling.
    """

    opened = Signal(object)
    snoozed = Signal(object, object)
    known = Signal(object)
    stepped = Signal(int)

    def __init__(
        self, line: Notification, today: date, offers: list[Snooze], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.line = line
        self._today = today
        self._offers = offers
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        when = self._when()
        self.setAccessibleName(f"{line.title}，{line.reason}，{when}")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        icon, tone = self._icon()
        row.addWidget(IconMark(icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(when), 1)
        self.later = self._later()
        said = _("完成") if line.kind in DUTIES else _("知道了")
        self.done = self._button("check", said, "D")
        self.done.clicked.connect(self._tell_known)
        for button in (self.later, self.done):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(line.waits)  # the days overdue stand in one column
            button.setSizePolicy(policy)
            row.addWidget(button)
            button.setVisible(line.waits and line.count == 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, S puts off, D is done, arrows go on; the rest is the centre's."""
        waits = self.line.waits and self.line.count == 1
        if event.key() in STEPS:
            self.stepped.emit(STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.line)
        elif event.key() == Qt.Key.Key_S and waits:
            self.later.showMenu()
        elif event.key() == Qt.Key.Key_D and waits:
            self._tell_known()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.line)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A hairline below, the ring of focus around."""
        painter = QPainter(self)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawLine(12, self.height() - 1, self.width() - 12, self.height() - 1)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -3), 4, 4)
        super().paintEvent(event)

    def _words(self, when: str) -> QVBoxLayout:
        tone = "text" if self.line.waits else "text2"
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Label(self.line.title, tone, weight=600 if self.line.waits else 400))
        if self.line.title != self.line.kind.label:
            top.addWidget(Label(self.line.kind.label, "text3", "caption"))
        top.addStretch(1)
        late = self.line.waits and self.line.days_late > 0
        top.addWidget(Label(when, "crit" if late else "text3", "caption"))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(top)
        words.addWidget(Label(self.line.reason, "text2", "caption", wrap=True))
        return words

    def _icon(self) -> tuple[str, str]:
        if self.line.group is ReminderState.TOLD:
            return "circle-check", "ok"
        if self.line.group is ReminderState.SYSTEM:
            return "hard-drive-download", "warn"
        return ("alarm-clock", "crit") if self.line.days_late else ("clock", "warn")

    def _when(self) -> str:
        line = self.line
        if line.waits and line.days_late:
            late = line.days_late
            return ngettext("逾期 {count} 天", "逾期 {count} 天", late).format(count=late)
        clock = f" {line.due_time:%H:%M}" if line.due_time else ""
        if line.due_on == self._today:
            return _("今日{clock}").format(clock=clock)
        return f"{day_label(f'{line.due_on:%m-%d}', line.due_on)}{clock}"

    def _later(self) -> Button:
        button = self._button("clock", _("稍后提醒"), "S")
        menu = QMenu(button)
        for text, until in self._offers:
            menu.addAction(text).triggered.connect(self._sender(until))
        button.setMenu(menu)
        return button

    def _sender(self, until: datetime) -> object:
        def send() -> None:
            self.snoozed.emit(self.line, until)

        return send

    def _tell_known(self) -> None:
        self.known.emit(self.line)

    def _button(self, icon: str, name: str, key: str) -> Button:
        button = bare(icon, f"{name}：{self.line.title}", key=key)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the line has the keys
        return button
