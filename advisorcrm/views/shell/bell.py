"""The bell of the top bar: how many things wait to be done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.views import theme
from advisorcrm.views.widgets.buttons import Button
from advisorcrm.views.widgets.fixed_size import FixedSize

KEYS = "Ctrl+Shift+N"
_MOST = 99


class Bell(Button):
    """An icon button with a number on its shoulder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "icon", parent=parent)
        self.count = 0
        self.show_icon("bell")
        FixedSize(self, height=theme.CONTROL_PX, width=theme.CONTROL_PX)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """So many things wait."""
        self.count = count
        name = _("通知中心")
        waiting = ngettext("{count} 件需处理", "{count} 件需处理", count).format(count=count)
        said = f"{name}，{waiting}" if count else name
        self.setAccessibleName(said)
        self.setToolTip(f"{said}  {KEYS}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the number over the bell."""
        super().paintEvent(event)
        if not self.count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("hint", 600))
        text = str(self.count) if self.count <= _MOST else f"{_MOST}+"
        high = theme.px(14)
        wide = max(high, painter.fontMetrics().horizontalAdvance(text) + theme.px(6))
        ground = QRectF(self.width() - wide - 1, 1, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("crit"))
        painter.drawRoundedRect(ground, high / 2, high / 2)
        painter.setPen(theme.colour("surface"))
        painter.drawText(ground, int(Qt.AlignmentFlag.AlignCenter), text)
