"""Card 最近沟通 beside the file: the last conversations, and the way to all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _, pgettext
from advisorcrm.services.contacts.contact_log_rows import ContactLogRow
from advisorcrm.views.clients.recent_log import RecentLog
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.line import Line

SHOWN = 3


class RecentLogsCard(Card):
    """``all_wanted`` leads to the timeline."""

    all_wanted = Signal()

    def __init__(self, book: CodeBook, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(pgettext("section", "最近沟通"), spacing=8, parent=parent)
        self._book = book
        self._nothing = nothing
        self._logs: tuple[ContactLogRow, ...] | None = None
        self.all = quiet(_("全部"))
        self.all.clicked.connect(self.all_wanted)
        self.add_right(self.all)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.body.addLayout(self._column)

    def show_total(self, total: int) -> None:
        """Say how many there are in all."""
        self.all.show_text(_("全部 {count}").format(count=total))
        self.all.setVisible(total > 0)

    def show_logs(self, logs: Sequence[ContactLogRow]) -> None:
        """Show the newest; nothing is rebuilt while they stay the same."""
        if tuple(logs) == self._logs:
            return
        self._logs = tuple(logs)
        empty_layout(self._column)
        for place, log in enumerate(logs[:SHOWN]):
            if place:
                self._column.addWidget(Line())
            self._column.addWidget(RecentLog(log, self._book))
        if not logs:
            self._column.addWidget(Label(self._nothing, "text3", "caption", wrap=True))
