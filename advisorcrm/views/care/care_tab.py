"""The tab 关怀: what was done for a client, and the presents with the year's total (R113, R120)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from advisorcrm.columns import show_yuan
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.care.care_records import CareRow, list_care_records
from advisorcrm.services.care.gifts import GiftLimits, GiftRow, check_gift, list_gifts
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.terms import CareKind
from advisorcrm.views.care.care_work import CareWork
from advisorcrm.views.care.gift_looks import gift_looks
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain, soft
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.empty_state import EmptyState
from advisorcrm.views.widgets.label import Label

_CLIENT_COLUMNS = ("client_name", "year_fen")


class CareTab(QWidget):
    """``counted`` with the number of records and presents; reads when it is looked at."""

    counted = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._client: tuple[int, str] = (-1, "")
        self._may_edit = False
        self.work = CareWork(around, self.window)
        self.model = RecordTableModel(CareRow)
        self.table = RecordTable(self.model, _("关怀记录"))
        self.empty = EmptyState("heart")
        self.gift_model = RecordTableModel(GiftRow, looks=gift_looks())
        self.gift_table = RecordTable(self.gift_model, _("礼品登记"))
        self.total = Label("", "text2", "caption")
        self.care_button = soft(_("记关怀"), icon="plus", key="Ins")
        self.archive_button = plain(_("收起记录"), icon="x", key="Del")
        self.gift_button = soft(_("登记礼品"), icon="gift", key="Shift+Ins")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_rights()

    # For the page

    def show_client(self, client_id: int) -> None:
        """Another client."""
        self._client = (client_id, "")
        self._may_edit = False
        self.model.show_rows(())
        self.gift_model.show_rows(())
        self.total.setText("")
        self._show_rights()

    def show_file(self, file: ClientFile) -> None:
        """Whose file it is decides who may enter."""
        self._client = (file.id, file.name)
        self._may_edit = file.may_edit and self._around.may(Right.EDIT_CLIENTS)
        self._show_rights()

    def reload(self) -> None:
        """Read both lists again."""
        key = self._client[0]
        if key < 0:
            return
        jobs = self._around.jobs
        care = partial(list_care_records, client_id=key)
        jobs.read(care, then=self._show_rows, key="client.care")
        jobs.read(partial(list_gifts, client_id=key), then=self._show_gifts, key="client.gifts")
        limits = partial(check_gift, client_id=key, given_on=self._around.today())
        jobs.read(limits, then=self._show_total, key="client.gift_total")

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Insert notes a kindness, with Shift a present; Delete takes a record back."""
        if event.key() == Qt.Key.Key_Insert:
            is_gift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self._add_gift if is_gift else self._add_care)()
        elif event.key() == Qt.Key.Key_Delete:
            self._archive()
        else:
            super().keyPressEvent(event)

    # Inside

    def _show_rows(self, rows: list[CareRow]) -> None:
        self.model.show_rows(rows)
        if rows and self.table.current_row() < 0:
            self.table.go_to(0)
        self._pages.setCurrentWidget(self.table if rows else self.empty)
        self._count()

    def _show_gifts(self, rows: list[GiftRow]) -> None:
        self.gift_model.show_rows(rows)
        self._count()

    def _show_total(self, limits: GiftLimits) -> None:
        self.total.setText(
            _("{year} 年 {count} 件，累计 {total}，上限 {whole}").format(
                year=limits.year,
                count=limits.count,
                total=show_yuan(limits.total_fen),
                whole=show_yuan(limits.year_fen),
            )
        )

    def _count(self) -> None:
        self.counted.emit(self.model.rowCount() + self.gift_model.rowCount())
        self._show_rights()

    def _show_rights(self) -> None:
        for button in (self.care_button, self.archive_button, self.gift_button):
            button.setVisible(self._may_edit)
        self.archive_button.setEnabled(self.table.current_row() >= 0)
        remark = _("生日、节日问候，帮过的忙，都记在这里。") if self._may_edit else ""
        self.empty.say(_("还没有关怀记录"), remark)

    def _add_care(self, _checked: object = None) -> None:
        if self._may_edit:
            self.work.ask_care(self._client, CareKind.DAILY)

    def _add_gift(self, _checked: object = None) -> None:
        if self._may_edit:
            self.work.ask_gift(self._client)

    def _archive(self, _checked: object = None) -> None:
        chosen = self.table.current_id()
        if chosen is not None and self._may_edit:
            self.work.archive(chosen)

    def _connect(self) -> None:
        self.care_button.clicked.connect(self._add_care)
        self.gift_button.clicked.connect(self._add_gift)
        self.archive_button.clicked.connect(self._archive)
        self.table.chosen.connect(self._show_rights)

    def _lay_out(self) -> None:
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        care = Card(margins=(0, 0, 0, 0))
        care.add(self._pages, 1)
        gifts = Card(margins=(0, 0, 0, 0))
        gifts.add(self.gift_table, 1)
        for name in _CLIENT_COLUMNS:
            self.gift_table.show_column(name, shown=False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(_line(self.care_button, self.archive_button))
        whole.addWidget(care, 3)
        whole.addLayout(_line(self.gift_button, self.total))
        whole.addWidget(gifts, 2)


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line
