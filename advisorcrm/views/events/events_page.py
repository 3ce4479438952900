"""The events of the branch: planned, prepared, held (R45, R111, R229, R261)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QWidget

from advisorcrm.exports.day_lists import events as event_list
from advisorcrm.i18n import _, ngettext, pgettext
from advisorcrm.services.access import Right
from advisorcrm.services.meetings.events import EventRow, archive_event, list_events, restore_event
from advisorcrm.terms import AccessKind
from advisorcrm.views import day_reports, reports
from advisorcrm.views.branch_page import stack_up
from advisorcrm.views.events.event_dialog import EventDialog
from advisorcrm.views.events.guests_dialog import GuestsDialog
from advisorcrm.views.page_keys import PageKeys
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain, primary, soft
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.line import Line
from advisorcrm.views.widgets.page_head import PageHead


class EventsPage(QWidget):
    """Lives as long as the window; Enter opens the guests of an event."""

    client_wanted = Signal(int)
    print_wanted = Signal(object)
    export_wanted = Signal(object)
    told = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.rows: list[EventRow] = []
        self.dialog: QDialog | None = None
        self.head = PageHead(pgettext("page", "活动"), sub=" ")
        self.new_button = primary(_("新活动"), icon="plus", key="Ins")
        self.print_button = plain(_("打印签到表"), icon="printer", key="Ctrl+P")
        self.export_button = plain(_("导出清单"), icon="upload", key="Ctrl+E")
        self.model = RecordTableModel(EventRow, book=around.book)
        self.table = RecordTable(self.model, pgettext("page", "活动"))
        self.empty = EmptyState("messages-square")
        self.guests_button = soft(_("来客与签到"), icon="users", key="⏎")
        self.change_button = plain(_("修改"), icon="pencil", key="F2")
        self.call_off_button = plain(_("取消活动"), icon="x", key="Del")
        self._keys = PageKeys(self, letters=around.settings.single_keys)
        self._lay_out()
        self._connect()

    # For the window

    def reload(self) -> None:
        """Read the events again, if somebody looks."""
        if self.isVisible():
            self._around.jobs.read(list_events, then=self.show_rows, key="events.rows")

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the overlay."""
        return self._keys.listed()

    def primary_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.table

    # What the person does

    def show_rows(self, rows: Sequence[EventRow]) -> None:
        """Show what was read."""
        self.rows = list(rows)
        self.model.show_rows(self.rows)
        told = ngettext("共 {count} 次", "共 {count} 次", len(rows))
        self.head.sub.setText(told.format(count=len(rows)))
        self._stack.setCurrentIndex(0 if rows else 1)
        remark = _("按 Ins 安排盘后交流、座谈会、接待日或活动。") if self._may_edit() else ""
        self.empty.say(_("还没有活动"), remark)
        if rows and self.table.current_row() < 0:
            self.table.go_to(0)
        for button in (self.guests_button, self.change_button, self.call_off_button):
            button.setEnabled(bool(rows))

    def current(self) -> EventRow | None:
        """The event at the cursor."""
        key = self.table.current_id()
        return next((row for row in self.rows if row.id == key), None)

    def add(self) -> None:
        """Plan an event."""
        if self._may_edit():
            dialog = EventDialog(self._around, None, self.window())
            dialog.saved.connect(self.open_guests)
            self._open(dialog)

    def change(self) -> None:
        """Change the chosen event."""
        row = self.current()
        if row is not None and self._may_edit():
            self._open(EventDialog(self._around, row.id, self.window()))

    def call_off(self) -> None:
        """Call the chosen event off; it can be taken back."""
        row = self.current()
        if row is not None and self._may_edit():
            work = partial(archive_event, event_id=row.id, now=self._around.now())
            told = _("已取消活动：{title}").format(title=row.title)
            inverse = partial(restore_event, event_id=row.id)
            self._around.jobs.write(work, then=partial(self._offer_undo, told, inverse))

    def open_guests(self, event_id: int | None = None) -> None:
        """The guests of the chosen event."""
        row = self.current()
        key = event_id or (row.id if row else None)
        if key is not None:
            dialog = GuestsDialog(self._around, key, self.window())
            dialog.client_wanted.connect(self.client_wanted)
            dialog.print_wanted.connect(self.print_wanted)
            dialog.export_wanted.connect(self.export_wanted)
            self._open(dialog)

    def print_guests(self) -> None:
        """The attendance list of the chosen event on paper."""
        row = self.current()
        if row is not None and self._around.may(Right.EXPORT):
            self.print_wanted.emit(day_reports.event_guests(row.id, AccessKind.PRINT))

    def export_list(self) -> None:
        """The list of events as a file."""
        if self._around.may(Right.EXPORT):
            self.export_wanted.emit(reports.record_list(event_list(), AccessKind.EXPORT))

    # Qt's events

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read when looked at."""
        super().showEvent(event)
        self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The page's own keys."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    # Inside

    def _may_edit(self) -> bool:
        return self._around.may(Right.LOG_CONTACTS)

    def _open_row(self, _row: object = None) -> None:
        self.open_guests()

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _offer_undo(self, told: str, inverse: partial[None], _answer: object) -> None:
        self._around.undo.done(told, inverse)

    def _connect(self) -> None:
        self._around.jobs.changed.connect(self.reload)
        self.table.opened.connect(self._open_row)
        self.new_button.clicked.connect(self.add)
        self.print_button.clicked.connect(self.print_guests)
        self.export_button.clicked.connect(self.export_list)
        self.guests_button.clicked.connect(self._open_row)
        self.change_button.clicked.connect(self.change)
        self.call_off_button.clicked.connect(self.call_off)
        self._keys.watch(self.table)
        self._keys.add("F5", self.reload)
        if self._may_edit():
            self._keys.add("Insert", self.add, _("新活动"))
            self._keys.add("F2", self.change, _("修改"))
            self._keys.add("Delete", self.call_off, _("取消活动"))
        if self._around.may(Right.EXPORT):
            self._keys.add("Ctrl+P", self.print_guests, _("打印签到表"))
            self._keys.add("Ctrl+E", self.export_list, _("导出清单"))

    def _lay_out(self) -> None:
        if self._around.may(Right.EXPORT):
            for button in (self.print_button, self.export_button):
                self.head.add_button(button)
        if self._may_edit():
            self.head.add_button(self.new_button)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.guests_button)
        for button in (self.change_button, self.call_off_button):
            row.addWidget(button)
            button.setVisible(self._may_edit())
        row.addStretch(1)
        card = Card(margins=(0, 0, 0, 0), spacing=0)
        card.add(self._stack, 1)
        card.add(Line())
        card.add(foot)
        stack_up(self, self.head, card)
