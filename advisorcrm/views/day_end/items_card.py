"""What is still to be written today: one key for each thing (R49)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.services.days.day_forms import DayItem
from advisorcrm.terms import DayItemKind
from advisorcrm.views.table_cells import Look
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import plain, soft
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.line import Line


class ItemsCard(Card):
    """``log_wanted(client)``, ``file_wanted(client)``, ``form_wanted(form, id)``, ``skipped``."""

    log_wanted = Signal(int)
    file_wanted = Signal(int)
    form_wanted = Signal(str, int)
    skipped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("还没有写的"), margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self.items: list[DayItem] = []
        self.model = RecordTableModel(
            DayItem, book=CodeBook(), looks={"client_name": Look(is_name=True)}, sortable=False
        )
        self.table = RecordTable(self.model, _("还没有写的"))
        self.empty = EmptyState("circle-check")
        self.count = Badge("", "mute")
        self.do_button = soft(_("去写"), icon="pencil", key="⏎")
        self.log_button = plain(_("记沟通"), icon="message-square-text", key="N")
        self.file_button = plain(_("打开档案"), icon="user", key="E")
        self.skip_button = plain(_("无变化"), icon="check", key="X")
        self._lay_out()
        self.table.opened.connect(self.do)
        self.table.chosen.connect(self._follow)
        self.do_button.clicked.connect(self.do)
        self.log_button.clicked.connect(self.log)
        self.file_button.clicked.connect(self.open_file)
        self.skip_button.clicked.connect(self.skip)

    def show_items(self, items: Sequence[DayItem]) -> None:
        """Show what is left."""
        self.items = list(items)
        self.model.show_rows(self.items)
        kind = "warn" if items else "ok"
        told = _("{count} 项").format(count=len(items)) if items else _("都写好了")
        self.count.show_badge(told, kind, "triangle-alert" if items else "check")
        self.empty.say(_("当日该写的都写了"), _("沟通记录、档案、表单没有遗漏。"))
        self._stack.setCurrentIndex(0 if items else 1)
        if items and self.table.current_row() < 0:
            self.table.go_to(0)
        self._follow()

    def current(self) -> DayItem | None:
        """The thing at the cursor."""
        row = self.table.current_row()
        return self.items[row] if 0 <= row < len(self.items) else None

    def do(self, _row: object = None) -> None:
        """What the thing is about: log, file or form."""
        item = self.current()
        if item is None:
            return
        if item.kind is DayItemKind.NO_LOG:
            self.log()
        elif item.kind is DayItemKind.FILE:
            self.open_file()
        else:
            self.form_wanted.emit(item.form, item.form_id)

    def log(self) -> None:
        """Log the conversation that was not."""
        item = self.current()
        if item is not None and item.client_id is not None:
            self.log_wanted.emit(item.client_id)

    def open_file(self) -> None:
        """Open the file."""
        item = self.current()
        if item is not None and item.client_id is not None:
            self.file_wanted.emit(item.client_id)

    def skip(self) -> None:
        """Nothing is to be written about it."""
        item = self.current()
        if item is not None and item.client_id is not None:
            self.skipped.emit(item)

    def _follow(self, _row: object = None) -> None:
        item = self.current()
        is_client = item is not None and item.client_id is not None
        self.do_button.setEnabled(item is not None)
        for button in (self.log_button, self.file_button, self.skip_button):
            button.setEnabled(is_client)
        is_file = item is not None and item.kind is DayItemKind.FILE
        self.skip_button.show_text(_("无变化") if is_file else _("未通话"))

    def _lay_out(self) -> None:
        self.add_right(self.count)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.add(self._stack, 1)
        self.add(Line())
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 6, 12, 8)
        row.setSpacing(8)
        for button in (self.do_button, self.log_button, self.file_button, self.skip_button):
            row.addWidget(button)
        row.addStretch(1)
        self.add(foot)
