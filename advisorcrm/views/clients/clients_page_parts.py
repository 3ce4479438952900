"""What the list of clients is made of, and where it stands: views, conditions, table, preview."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from advisorcrm.i18n import pgettext
from advisorcrm.services.access import Right, sees_branch
from advisorcrm.views import theme
from advisorcrm.views.branch_page import BranchPage
from advisorcrm.views.clients.bulk_bar import BulkBar
from advisorcrm.views.clients.bulk_work import BulkWork
from advisorcrm.views.clients.client_export import ClientExport
from advisorcrm.views.clients.client_listing import ClientListing
from advisorcrm.views.clients.client_preview import ClientPreview
from advisorcrm.views.clients.client_table_model import ClientTableModel
from advisorcrm.views.clients.clients_head import ClientsHead
from advisorcrm.views.clients.conditions import (
    ConditionReader,
)
from advisorcrm.views.clients.filter_bar import FilterBar
from advisorcrm.views.clients.list_empty import ListEmpty
from advisorcrm.views.clients.list_layout import ListLayout
from advisorcrm.views.clients.list_views import built_in_views
from advisorcrm.views.clients.view_chips import ViewChips
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.widgets.card import Card

_PREVIEW_PX = 290


class ClientsPageParts(BranchPage):
    """The parts know nothing of each other; ``ClientsPage`` connects them."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        is_mine = not sees_branch(around.actor)
        hidden = {"advisor_ids", "group_ids"} if is_mine else set()
        self.reader = ConditionReader(around.book, around.actor.user_id, hidden=frozenset(hidden))
        self.model = ClientTableModel(around.book)
        self.table = RecordTable(self.model, pgettext("page", "客户"))
        self.listing = ClientListing(around, self.model, self)
        self.head = ClientsHead(around, self)
        self.views = ViewChips(built_in_views(around.settings, is_mine=is_mine), self)
        self.bar = FilterBar(self.reader, self)
        self.preview = ClientPreview(around)
        self.empty = ListEmpty(self.reader, may_import=around.may(Right.IMPORT))
        self.bulk = BulkBar(around)
        self.bulk_work = BulkWork(around, self.bulk, self)
        self.export = ClientExport(around, self)
        self.arrangement = ListLayout(around, self.table, self.bar, self)
        self._lay_out()

    def _lay_out(self) -> None:
        """From the outside in: with each new parent Qt dresses a widget and all in it again."""
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 10, 16, 12)
        whole.setSpacing(8)
        for part in (self.head, self.views, self.bar):
            whole.addWidget(part)
        whole.addWidget(self._split, 1)
        self._split.setHandleWidth(10)
        self._split.setChildrenCollapsible(False)
        card = Card(margins=(0, 0, 0, 0), spacing=0)
        self._split.addWidget(card)
        self._split.addWidget(self.preview)
        self._split.setStretchFactor(0, 1)
        self._stack = QStackedWidget()
        card.add(self._stack, 1)
        card.add(self.bulk)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.preview.setMinimumWidth(theme.px(_PREVIEW_PX - 40))
        self._split.setSizes([1000, theme.px(_PREVIEW_PX)])
