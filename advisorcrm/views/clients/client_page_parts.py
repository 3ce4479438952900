"""What the page of one client is made of, and where it stands: head, tabs, file, timeline."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.views.branch_page import BranchPage
from advisorcrm.views.clients.client_export import ClientExport
from advisorcrm.views.clients.client_form import ClientForm
from advisorcrm.views.clients.client_header import ClientHeader
from advisorcrm.views.clients.client_proofs import ClientProofs
from advisorcrm.views.clients.client_saving import ClientSaving
from advisorcrm.views.clients.client_side import ClientSide
from advisorcrm.views.clients.client_tabs import ClientTabs, side_by_side
from advisorcrm.views.clients.client_timeline import ClientTimeline
from advisorcrm.views.clients.hanging_tabs import HangingTabs
from advisorcrm.views.clients.history_tab import HistoryTab
from advisorcrm.views.clients.reason_line import ReasonLine
from advisorcrm.views.clients.source_marks import SourceMarks
from advisorcrm.views.clients.timeline_tab import TimelineTab
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import primary, quiet
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label


class ClientPageParts(BranchPage):
    """The parts know nothing of each other; ``ClientPage`` connects them."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.header = ClientHeader(around)
        self.form = ClientForm(around)
        self.side = ClientSide(around)
        self.timeline = ClientTimeline(around)
        self.timeline_tab = TimelineTab(around, self.timeline)
        self.hanging = HangingTabs(around, self)
        self.history = HistoryTab(around)
        self.saving = ClientSaving(around, self.form, self)
        self.proofs = ClientProofs(around, self)
        self.export = ClientExport(around, self)
        self.tabs = ClientTabs()
        self.bar = InlineBar()
        self.draft = Label("", "text2", "caption")
        self.why = ReasonLine()
        self.saving.reason = self.why.text
        self.give_up = quiet(_("放弃修改"), icon="undo-2")
        self.save = primary(_("保存"), key="Ctrl+S")
        self.sources = SourceMarks(around, self.form)
        self._lay_out()

    def _lay_out(self) -> None:
        self.tabs.add(side_by_side(self.form, self.side), _("档案"))
        self.tabs.add(self.timeline_tab, _("沟通时间线"), partial(self.timeline.go_to, 0))
        for tab, text in self.hanging.listed():
            self.tabs.add(tab, text)
        self.tabs.add(self.history, _("修改历史"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 10, 16, 8)
        whole.setSpacing(8)
        whole.addWidget(self.header)
        whole.addLayout(self._tab_row())
        whole.addWidget(self.bar)
        whole.addWidget(self.tabs.stack, 1)

    def _tab_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.draft)
        row.addWidget(self.why)
        row.addWidget(self.give_up)
        row.addWidget(self.save)
        self.give_up.hide()
        if not self._around.may(Right.EDIT_CLIENTS):
            self.save.hide()
        return row
