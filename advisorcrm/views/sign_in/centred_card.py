"""One card in the middle of an otherwise plain window, with a status bar at its foot."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.views import theme
from advisorcrm.views.widgets.icon_label import IconLabel

CARD_PX = 406
_MARGIN = 32
_STATUS_PX = 26


class CentredCard(QWidget):
    """Layouts for login and lock: ``above``, ``card`` and the two ends of the status bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = QFrame()
        self.card.setProperty("zone", "dialog")
        self.card.setFixedWidth(theme.px(CARD_PX))
        self.body = QVBoxLayout(self.card)
        self.body.setContentsMargins(_MARGIN, 24, _MARGIN, 20)
        self.body.setSpacing(12)
        self.above = QVBoxLayout()
        self.above.setSpacing(6)
        self.status_left = QHBoxLayout()
        self.status_right = QHBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addStretch(4)
        whole.addLayout(self.above)
        whole.addSpacing(24)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(5)
        whole.addWidget(self._status_bar())

    def show_status(self, left: list[IconLabel], right: list[IconLabel]) -> None:
        """Fill the status bar."""
        for row, parts in ((self.status_left, left), (self.status_right, right)):
            while row.count():
                item = row.takeAt(0)
                widget = item.widget() if item else None
                if widget:
                    widget.deleteLater()
            for part in parts:
                row.addWidget(part)

    def _status_bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("zone", "status")
        bar.setFixedHeight(theme.px(_STATUS_PX))
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.addLayout(self.status_left)
        row.addStretch(1)
        row.addLayout(self.status_right)
        for side in (self.status_left, self.status_right):
            side.setSpacing(14)
        return bar
