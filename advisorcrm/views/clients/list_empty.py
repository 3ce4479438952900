"""What stands in the list when it is empty: no clients at all, or none that fit (ui.md 3.3)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.views.clients.conditions import ConditionReader
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.widgets.buttons import Button, plain, quiet
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.flow import FlowLayout


class ListEmpty(QWidget):
    """``removed(field)`` and ``widened`` lead out of a filter that is too narrow."""

    removed = Signal(str)
    widened = Signal()
    import_wanted = Signal()
    new_client_wanted = Signal()

    def __init__(
        self, reader: ConditionReader, *, may_import: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._may_import = may_import
        self.state = EmptyState("users")
        self._area = QWidget()
        self.conditions = FlowLayout(self._area)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 24)
        self._area.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._area)
        row.addStretch(1)
        whole.addStretch(1)
        whole.addWidget(self.state)
        whole.addLayout(row)
        whole.addStretch(1)

    def set_reader(self, reader: ConditionReader) -> None:
        """Say conditions with other lists of people."""
        self._reader = reader

    def show_query(self, query: ClientFilter) -> None:
        """Say why nothing stands here and what to do."""
        empty_layout(self.conditions)
        if query.is_empty:
            self._show_nobody()
            return
        self.state.say(_("没有符合条件的客户"), _("去掉一个条件，或放宽到全部。"))
        widen = plain(_("放宽到全部"), icon="users")
        widen.clicked.connect(self.widened)
        self.state.set_actions(widen)
        for name, text in self._reader.say(query):
            chip = Chip(text, closable=True)
            chip.closed.connect(partial(self.removed.emit, name))
            self.conditions.addWidget(chip)

    def _show_nobody(self) -> None:
        if not self._may_import:
            self.state.say(_("还没有客户"))
            self.state.set_actions()
            return
        self.state.say(_("还没有客户"), _("导入客户名单，或先录入第一位。"))
        self.state.set_actions(*self._first_steps())

    def _first_steps(self) -> tuple[Button, Button]:
        importing = plain(_("导入"), icon="download")
        importing.clicked.connect(self.import_wanted)
        adding = quiet(_("新客户"), icon="plus", key="Shift+N")
        adding.clicked.connect(self.new_client_wanted)
        return importing, adding
