"""The tab 修改历史: every change by field, who looked at the file, and versions to compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from advisorcrm.columns import Column
from advisorcrm.i18n import N_, _, pgettext
from advisorcrm.services.access import Right
from advisorcrm.services.access_logs import AccessLogRow, list_client_accesses
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.services.histories.histories import PAGE, HistoryPage, list_history
from advisorcrm.views.clients.history_pane import HistoryPane
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.chip import Chip

CHANGES, LOOKS = 0, 1
_LOOK_COLUMNS = ("at", "user_name", "kind", "subject", "purpose", "was_masked")


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One changed field as the tab lists it; ``id`` counts the lines."""

    id: int
    at: Annotated[datetime, Column(N_("时间"), width=16)]
    version: Annotated[int, Column(N_("版本"), width=5, align="right")]
    who: Annotated[str, Column(N_("谁"), width=9)]
    label: Annotated[str, Column(N_("字段"), width=18)]
    old: Annotated[str, Column(N_("原来"), width=12)]
    new: Annotated[str, Column(N_("改为"), width=20)]
    why: Annotated[str, Column(N_("原因与来源"), width=12)]


class HistoryTab(QWidget):
    """Reads when the page asks it to, which is when it is looked at."""

    restored = Signal(str)
    report_wanted = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._client_id = -1
        self._limit = PAGE
        self.changes = RecordTableModel(ChangeLine, sortable=False)
        self.looks = RecordTableModel(AccessLogRow, columns=_LOOK_COLUMNS, sortable=False)
        self.changes_table = RecordTable(self.changes, name=pgettext("history", "修改"))
        self.looks_table = RecordTable(self.looks, name=_("查看记录"))
        self.tables = QStackedWidget()
        self.tables.addWidget(self.changes_table)
        self.tables.addWidget(self.looks_table)
        self.chips = (
            Chip(pgettext("history", "修改"), icon="pencil"),
            Chip(_("查看记录"), icon="eye"),
        )
        self.older = quiet(_("更早的"))
        self.older.clicked.connect(self._read_older)
        self.pane = HistoryPane(around)
        self.pane.restored.connect(self.restored)
        self.pane.report_wanted.connect(self.report_wanted)
        for place, chip in enumerate(self.chips):
            chip.clicked.connect(partial(self.choose, place))
        self._lay_out()
        self._turn_to(CHANGES)

    def show_client(self, client_id: int) -> None:
        """Another client."""
        self._client_id = client_id
        self._limit = PAGE
        self.changes.show_rows(())
        self.looks.show_rows(())
        self.pane.show_client(client_id)
        self._turn_to(CHANGES)

    def show_file(self, file: ClientFile) -> None:
        """Offer the log of looks to the client's own advisor and the manager only."""
        may = file.is_mine or self._around.may(Right.SEE_ACCESS_LOG)
        self.chips[LOOKS].setVisible(may)

    def reload(self) -> None:
        """Read again what is shown."""
        if self._client_id < 0:
            return
        jobs = self._around.jobs
        if self.tables.currentIndex() == LOOKS:
            looks = partial(list_client_accesses, client_id=self._client_id, limit=self._limit)
            jobs.read(looks, then=self._show_looks, key="client.looks")
        else:
            changes = partial(list_history, client_id=self._client_id, limit=self._limit)
            jobs.read(changes, then=self._show_changes, key="client.changes")
        self.pane.reload()

    def choose(self, place: int) -> None:
        """Changes, or looks."""
        self._turn_to(place)
        self.reload()

    def _turn_to(self, place: int) -> None:
        for at, chip in enumerate(self.chips):
            chip.setChecked(at == place)
        self.tables.setCurrentIndex(place)
        self._limit = PAGE

    def _read_older(self) -> None:
        self._limit += PAGE
        self.reload()

    def _show_changes(self, page: HistoryPage) -> None:
        lines = [
            ChangeLine(
                place, one.at, one.version, one.who, one.label, one.old or "–", one.new or "–",
                " · ".join(part for part in (one.why, one.source) if part),
            )
            for place, one in enumerate(page.entries)
        ]  # fmt: skip
        self.changes.show_rows(lines)
        self.chips[CHANGES].show_count(page.total)
        self.older.setVisible(page.total > len(lines))

    def _show_looks(self, looks: list[AccessLogRow]) -> None:
        self.looks.show_rows(looks)
        self.older.setVisible(len(looks) == self._limit)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for chip in self.chips:
            bar.addWidget(chip)
        bar.addStretch(1)
        bar.addWidget(self.older)
        card = Card(margins=(0, 0, 0, 0))
        card.add(self.tables, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(bar)
        left.addWidget(card, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 64)
        row.addWidget(self.pane, 36)
