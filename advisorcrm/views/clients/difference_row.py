"""One difference of two versions: the field, old on grey, new on teal, amber for consents."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _
from advisorcrm.services.histories.histories import Difference
from advisorcrm.views import theme
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label

_PAD = 8


class ValueBox(QWidget):
    """A value on its soft ground; long ones wrap."""

    def __init__(self, text: str, tone: str, ground: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = ground
        self.label = Label(text or _("空"), tone, wrap=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        box = QVBoxLayout(self)
        box.setContentsMargins(_PAD, 3, _PAD, 3)
        box.addWidget(self.label)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two boxes stand side by side in any pane."""
        return QSize(theme.px(60), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)


class DifferenceRow(QWidget):
    """Label and reason on top, both values below."""

    def __init__(self, difference: Difference, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.difference = difference
        tone = "warn" if difference.is_warning else "ok"
        day = difference.at.astimezone(BRANCH_TIME).strftime("%m-%d")
        why = " · ".join(part for part in (difference.why, day) if part)
        head = QHBoxLayout()
        head.addWidget(Label(difference.label, "text2", "caption"))
        head.addStretch(1)
        head.addWidget(Label(why, "text2", "caption"))
        values = QHBoxLayout()
        values.setSpacing(6)
        values.addWidget(ValueBox(difference.old, "text2", "sunken"), 1)
        values.addWidget(IconMark("arrow-right", "text3", 14))
        values.addWidget(ValueBox(difference.new, tone, f"{tone}_soft"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(3)
        column.addLayout(head)
        column.addLayout(values)
        self.setAccessibleName(
            _("{label}：{old} → {new}").format(
                label=difference.label, old=difference.old, new=difference.new
            )
        )
