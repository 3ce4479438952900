"""The list of steps on the left: done, current, still to do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import icons, theme
from advisorcrm.views.widgets.fixed_size import FixedSize
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

_WIDE_PX = 300


class StepList(QFrame):
    """``chosen`` with the number of a step that may be entered."""

    chosen = Signal(int)

    def __init__(self, titles: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "rail")
        FixedSize(self, width=_WIDE_PX)
        self._items = [StepItem(number, title) for number, title in enumerate(titles, start=1)]
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 24)
        whole.setSpacing(4)
        whole.addWidget(Label(_("客户服务"), size="page_title", weight=600))
        whole.addWidget(Label(_("首次设置 · 约 5 分钟，可随时离开再继续"), "text2", "caption"))
        whole.addSpacing(12)
        for item in self._items:
            item.clicked.connect(self._choose)
            whole.addWidget(item)
        whole.addStretch(1)
        whole.addWidget(Line())
        whole.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconMark("info", "text3", 14))
        told = _("前 4 步只记在本机，第 5 步确认后才建立用户和数据。")
        row.addWidget(Label(told, "text3", "caption", wrap=True), 1)
        whole.addLayout(row)

    def show_steps(self, current: int, reached: int, done: list[bool], sums: list[str]) -> None:
        """Mark what is done and where the person is."""
        for number, item in enumerate(self._items):
            item.show_state(
                is_current=number == current,
                is_done=done[number] and number != current,
                may_enter=number <= reached,
                summary=sums[number],
            )

    def _choose(self) -> None:
        sender = self.sender()
        if isinstance(sender, StepItem):
            self.chosen.emit(self._items.index(sender))


class StepItem(QPushButton):
    """Circle with number or tick, title, summary."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self._number = number
        self._title = title
        self._summary = ""
        self._is_current = False
        self._is_done = False
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setMinimumHeight(theme.px(50))

    def show_state(self, *, is_current: bool, is_done: bool, may_enter: bool, summary: str) -> None:
        """How far this step is."""
        self._is_current = is_current
        self._is_done = is_done
        self._summary = summary
        self.setChecked(is_current)
        self.setEnabled(may_enter)
        state = _("已完成") if is_done else _("进行中") if is_current else _("待填")
        form = _("第 {number} 步 {title}，{state}")
        name = form.format(number=self._number, title=self._title, state=state)
        self.setAccessibleName(name)
        self.setAccessibleDescription(summary)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines high."""
        return QSize(theme.px(_WIDE_PX - 48), theme.px(50))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw ground, circle and two lines."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(22)
        circle = QRectF(14, (self.height() - side) / 2, side, side)
        self._paint_circle(painter, circle)
        left = int(circle.right()) + 12
        half = self.height() // 2
        room = self.width() - left - 8
        tone = "text" if self._is_current or self._is_done else "text2"
        self._line(painter, left, half - theme.px(17), room, self._title, tone, is_title=True)
        tone = "accent" if self._is_current else "text2"
        self._line(painter, left, half, room, self._summary, tone, is_title=False)

    def _paint_circle(self, painter: QPainter, circle: QRectF) -> None:
        ground = "ok" if self._is_done else "accent_soft" if self._is_current else "rail"
        edge = "ok" if self._is_done else "accent" if self._is_current else "ctrl"
        painter.setPen(theme.colour(edge))
        painter.setBrush(theme.colour(ground))
        painter.drawEllipse(circle)
        if self._is_done:
            side = theme.px(14)
            tick = icons.pixmap("check", "surface", side, self.devicePixelRatioF(), 3)
            offset = (circle.width() - side) / 2
            painter.drawPixmap(int(circle.x() + offset), int(circle.y() + offset), tick)
            return
        painter.setPen(theme.colour("accent" if self._is_current else "text2"))
        painter.setFont(theme.font("caption", 600))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(self._number))

    def _line(  # noqa: PLR0913 - place and words of one line
        self, painter: QPainter, x: int, y: int, room: int, text: str, tone: str, *, is_title: bool
    ) -> None:
        painter.setPen(theme.colour(tone))
        weight = 600 if is_title and self._is_current else 400
        painter.setFont(theme.font("body" if is_title else "caption", weight))
        metrics = painter.fontMetrics()
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(x, y + metrics.ascent(), cut)
