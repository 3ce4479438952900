"""A list in a window of its own: rows, what can be done with one, print and export."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from advisorcrm.exports.record_list import RecordList
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.access import Right
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.services.clients.clients import list_clients
from advisorcrm.terms import AccessKind
from advisorcrm.views import reports
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import Button, wired
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.dialog_foot import close_button
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label

_SIZE = (1160, 640)


class RecordListDialog(QDialog):
    """Reads again after every write; Enter on a row opens its client."""

    client_wanted = Signal(int)
    print_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(
        self, around: Surroundings, title: str, icon: str, row_type: type[Any],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._around = around
        self.setWindowTitle(title)
        self.rows: list[Any] = []
        self.model = RecordTableModel(row_type, book=around.book)
        self.table = RecordTable(self.model, title)
        self.empty = EmptyState("list")
        self.count = Label("", "text2", "caption")
        self.of_whom = Label("", "accent", weight=600)
        self.of_whom.hide()
        self.top = QHBoxLayout()
        self.top.setSpacing(8)
        self.entry = QHBoxLayout()
        self.entry.setSpacing(8)
        self.buttons = ButtonRow()
        self._lay_out(title, icon)
        self.table.opened.connect(self._open)
        around.jobs.changed.connect(self.reload)
        self.table.setFocus()

    def listed(self) -> RecordList:
        """What is shown, as it would leave the program."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What stands there when there is nothing."""
        return _("没有记录")

    def nothing_hint(self) -> str:
        """How something would come to stand there."""
        return ""

    def reload(self) -> None:
        """Read the rows again; for long, some lists walk through the whole history."""
        read = self.listed().read
        today = self._around.today()
        self._around.jobs.long(partial(_read, read=read, today=today), then=self.show_rows)

    def name_client(self, client_id: int | None) -> None:
        """Say beside the title whose entry is made here."""
        if client_id is not None:
            work = partial(list_clients, ids=[client_id], today=self._around.today())
            self._around.jobs.read(work, then=self._show_name)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show what was read."""
        self.rows = list(rows)
        self.model.show_rows(self.rows)
        said = ngettext("共 {count} 行", "共 {count} 行", len(self.rows))
        self.count.setText(said.format(count=f"{len(self.rows):,}"))
        self.empty.say(self.nothing(), self.nothing_hint())
        self._stack.setCurrentIndex(0 if self.rows else 1)
        if self.rows and self.table.current_row() < 0:
            self.table.go_to(0)

    def current(self) -> Any | None:
        """The row at the cursor."""
        key = self.table.current_id()
        return next((row for row in self.rows if row.id == key), None)

    def add_button(self, button: Button) -> Button:
        """Put an action below the list."""
        self.buttons.add(button)
        return button

    def _show_name(self, clients: Sequence[ClientRow]) -> None:
        self.of_whom.setText(_("、").join(client.name for client in clients))
        self.of_whom.setVisible(bool(clients))

    def _open(self, line: int) -> None:
        client_id = getattr(self.rows[line], "client_id", None) if line < len(self.rows) else None
        if client_id is not None:
            self.accept()
            self.client_wanted.emit(client_id)

    def _print(self) -> None:
        self.print_wanted.emit(reports.record_list(self.listed(), AccessKind.PRINT))

    def _export(self) -> None:
        self.export_wanted.emit(reports.record_list(self.listed(), AccessKind.EXPORT))

    def _lay_out(self, title: str, icon: str) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark(icon, "accent", 18))
        head.addWidget(Label(title, size="subtitle", weight=600))
        head.addWidget(self.of_whom)
        head.addWidget(self.count, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card = Card(margins=(0, 0, 0, 0), spacing=0)
        card.add(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 14)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addLayout(self.top)
        whole.addLayout(self.entry)
        whole.addWidget(card, 1)
        whole.addLayout(self._foot())
        open_large(self, *_SIZE)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.buttons)
        foot.addStretch(1)
        if self._around.may(Right.EXPORT):
            foot.addWidget(wired(_("打印"), "printer", self._print))
            foot.addWidget(wired(_("导出"), "upload", self._export))
        close = close_button(self)
        foot.addWidget(close)
        return foot


def _read(session: Any, actor: Any, read: Any, today: Any) -> Sequence[Any]:
    found: Sequence[Any] = read(session, actor, today)
    return found
