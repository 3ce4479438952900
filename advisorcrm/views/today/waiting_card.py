"""Card 等待分配: clients nobody looks after, first talks that are late (R217, R218)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.services.days.absences import AwayAppointments
from advisorcrm.services.visits.branch_day import BranchCounts
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.today.card_lines import card_line
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label


class WaitingCard(Card):
    """``unassigned_wanted`` and ``first_contacts_wanted`` lead to the lists behind the numbers.

    ``calendar_of_wanted(id)`` to the calendar of an advisor who is away.
    """

    unassigned_wanted = Signal()
    first_contacts_wanted = Signal()
    calendar_of_wanted = Signal(int)

    def __init__(self, *, may_assign: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("等待分配"), spacing=2, parent=parent)
        self.unassigned = Label("", size="caption")
        self.late = Label("", size="caption")
        self.assign = quiet(_("分配") if may_assign else _("查看"))
        self.look = quiet(_("查看"))
        self.look.setAccessibleName(_("查看待首次沟通的客户"))
        self.assign.clicked.connect(self.unassigned_wanted)
        self.look.clicked.connect(self.first_contacts_wanted)
        self.add(card_line(self.unassigned, self.assign))
        self.add(card_line(self.late, self.look))
        self._away = QVBoxLayout()
        self._away.setSpacing(2)
        self.body.addLayout(self._away)

    def show_counts(self, counts: BranchCounts) -> None:
        """Show the numbers."""
        form = ngettext("{count} 户没有客服专员", "{count} 户没有客服专员", counts.unassigned)
        self.unassigned.setText(form.format(count=f"{counts.unassigned:,}"))
        self.unassigned.set_tone("warn" if counts.unassigned else "text2")
        self.assign.setEnabled(counts.unassigned > 0)
        count = counts.first_contacts_late
        form = ngettext("{count} 户首次沟通已逾期", "{count} 户首次沟通已逾期", count)
        self.late.setText(form.format(count=f"{count:,}"))
        self.late.set_tone("crit" if count else "text2")

    def show_away(self, rows: Sequence[AwayAppointments]) -> None:
        """Appointments of advisors who are away: somebody has to take or to move them."""
        empty_layout(self._away)
        for row in rows:
            form = ngettext(
                "{name} 休假期间有 {count} 个预约", "{name} 休假期间有 {count} 个预约", row.count
            )
            label = Label(form.format(name=row.name, count=row.count), "warn", "caption")
            look = quiet(_("日历"))
            look.setAccessibleName(_("{name} 的日历").format(name=row.name))
            look.clicked.connect(partial(self._lead, row.user_id))
            self._away.addWidget(card_line(label, look))

    def _lead(self, advisor_id: int, _checked: bool = False) -> None:
        self.calendar_of_wanted.emit(advisor_id)
