"""Card 夕会: what the evening meeting has before it, and the way to its minutes (R48)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.services.meetings.open_points import OpenPoints
from advisorcrm.terms import MeetingKind
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.today.card_lines import card_line, two_lines
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

MOST = 3


class EveningCard(Card):
    """``wanted`` for the minutes."""

    wanted = Signal()

    def __init__(self, *, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(MeetingKind.EVENING.label, spacing=8, parent=parent)
        self.minutes = quiet(_("写纪要") if may_write else _("看纪要"), icon="file-text")
        self.minutes.clicked.connect(self.wanted)
        self.final = Badge(_("已定稿"), "ok")
        self.final.hide()
        self.add_right(self.final)
        self.add_right(self.minutes)
        self.topics = Label("", size="caption")
        self.left = Label("", size="caption")
        for label in (self.topics, self.left):
            self.add(card_line(label))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(self._lines)

    def show_points(self, points: OpenPoints) -> None:
        """Show how many topics there are, and what earlier evenings left."""
        self.sub.setText(f"{points.starts_at:%H:%M}")
        self.final.setVisible(points.is_closed)
        count = len(points.topics)
        form = ngettext(
            "议题 {count} 条，来自上报事项", "议题 {count} 条，来自上报事项", count
        )  # fmt: skip
        self.topics.setText(form.format(count=count))
        self.topics.set_tone("text" if count else "text2")
        count = len(points.left)
        form = ngettext("以前夕会未结 {count} 条", "以前夕会未结 {count} 条", count)
        self.left.setText(form.format(count=count))
        self.left.set_tone("warn" if count else "text2")
        empty_layout(self._lines)
        for item in points.left[:MOST]:
            under = Label(f"{item.doer_name} · {item.due_on:%m-%d}", "text2", "caption")
            self._lines.addWidget(two_lines(Label(item.title), under))
