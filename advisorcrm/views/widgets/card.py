"""A card: a titled frame that holds one matter."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.views.widgets.fixed_size import FixedSize
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

_TITLE_PX = 38


class Card(QFrame):
    """Frame with a title bar (title, remark, widgets on the right) and a body."""

    def __init__(
        self,
        title: str = "",
        *,
        sub: str = "",
        margins: tuple[int, int, int, int] = (12, 8, 12, 10),
        spacing: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("zone", "card")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        self.title = Label(title, size="card_title", weight=600)
        self.sub = Label(sub, "text3", "caption")
        self._right = QHBoxLayout()
        if title:
            whole.addWidget(self._title_bar())
            whole.addWidget(Line())
        self.body = QVBoxLayout()
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(spacing)
        whole.addLayout(self.body, 1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append a widget to the body."""
        self.body.addWidget(widget, stretch)

    def add_right(self, widget: QWidget) -> None:
        """Append a widget to the right of the title bar."""
        self._right.addWidget(widget)

    def _title_bar(self) -> QWidget:
        bar = QWidget()
        FixedSize(bar, height=_TITLE_PX)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.sub)
        row.addStretch(1)
        self._right.setSpacing(6)
        row.addLayout(self._right)
        return bar
