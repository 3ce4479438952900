"""Rows that imports left undecided, each with the three answers there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.terms import DoubtDecision
from advisorcrm.views.table_cells import QUIET
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card

if TYPE_CHECKING:
    from advisorcrm.imports.doubts import DoubtRow

_ICONS = {
    DoubtDecision.KEEP: "shield-check",
    DoubtDecision.TAKE: "import",
    DoubtDecision.SEPARATE: "user-plus",
}


class DoubtsCard(Card):
    """``decided`` with the row's id and the decision."""

    decided = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        from advisorcrm.imports.doubts import DoubtRow

        super().__init__(_("待决定"), margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self.model = RecordTableModel(
            DoubtRow, book=CodeBook(), looks={"at": QUIET, "file_name": QUIET, "account": QUIET}
        )
        self.table = RecordTable(self.model, _("待决定"))
        self.table.chosen.connect(self._choose)
        self.buttons = {
            decision: plain(decision.label, icon=_ICONS[decision]) for decision in DoubtDecision
        }
        self.add(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        for decision, button in self.buttons.items():
            button.clicked.connect(partial(self._decide, decision))
            button.setEnabled(False)
            foot.addWidget(button)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def show_doubts(self, doubts: Sequence[DoubtRow]) -> None:
        """Show what waits; the line stays where it was, so that one key after another decides."""
        line = max(self.table.current_row(), 0)
        self.model.show_rows(doubts)
        self.sub.setText(
            _("{count} 行").format(count=len(doubts)) if doubts else _("没有待决定的行")
        )
        if self.table.current_row() < 0:
            self.table.go_to(min(line, len(doubts) - 1))
        self._choose(self.table.current_row())

    def _choose(self, line: int) -> None:
        row = self.model.row_at(line)
        for decision, button in self.buttons.items():
            is_possible = decision is not DoubtDecision.TAKE or (
                row is not None and row.client_id is not None
            )
            button.setEnabled(row is not None and is_possible)

    def _decide(self, decision: DoubtDecision) -> None:
        key = self.table.current_id()
        if key is not None:
            self.decided.emit(key, decision)
