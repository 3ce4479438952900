"""Card 上报事项: what advisors brought before the leader and nobody has answered yet (R47)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.days.day_matters import MatterRow
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.today.card_lines import two_lines
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

MOST = 3


class MattersCard(Card):
    """``wanted`` leads to the list, where matters are answered."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("上报与批示"), spacing=8, parent=parent)
        self.count = Badge("", "crit")
        self.count.hide()
        self.all = quiet(_("批示"), icon="messages-square")
        self.all.setAccessibleName(_("批示上报事项"))
        self.all.clicked.connect(self.wanted)
        self.add_right(self.count)
        self.add_right(self.all)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.body.addLayout(self._lines)
        self.rest = Label("", "text2", "caption")
        self.add(self.rest)

    def show_matters(self, rows: Sequence[MatterRow]) -> None:
        """Show the first few, the latest on top."""
        empty_layout(self._lines)
        for row in rows[:MOST]:
            at = row.reported_at.astimezone(BRANCH_TIME) if row.reported_at else None
            when = f"{at:%m-%d %H:%M}" if at else ""
            under = Label(f"{row.user_name} · {when}", "text2", "caption")
            self._lines.addWidget(two_lines(Label(row.text), under))
        count = len(rows)
        told = ngettext("{count} 项未批示", "{count} 项未批示", count).format(count=count)
        self.count.show_badge(told, "crit")
        self.count.setVisible(count > 0)
        more = count - MOST
        text = ngettext("还有 {count} 项", "还有 {count} 项", more).format(count=more)
        self.rest.setText(text if more > 0 else "" if rows else _("没有待批示的上报事项。"))
        self.rest.setVisible(bool(self.rest.text()))
