"""The right column of a client's page: what is missing, the last conversations, the next step."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from advisorcrm.services.access import Right
from advisorcrm.views import theme
from advisorcrm.views.clients.missing_list import MissingList
from advisorcrm.views.clients.next_steps_card import NextStepsCard
from advisorcrm.views.clients.no_contacts import say_no_contacts
from advisorcrm.views.clients.recent_logs_card import RecentLogsCard
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.upright_area import make_upright

_WIDE_PX = 318


class ClientSide(QScrollArea):
    """Scrolls by itself where the window is low."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.missing = MissingList(may_edit=around.may(Right.EDIT_CLIENTS))
        self.recent = RecentLogsCard(around.book, say_no_contacts(around))
        self.steps = NextStepsCard(around)
        inside = QWidget()
        inside.setProperty("zone", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(10)
        for card in (self.missing, self.recent, self.steps):
            column.addWidget(card)
        column.addStretch(1)
        make_upright(self, inside)
        self.setFixedWidth(theme.px(_WIDE_PX))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedWidth(theme.px(_WIDE_PX))
