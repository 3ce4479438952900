"""The imports of the last time, and taking one back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.views.table_cells import QUIET
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

if TYPE_CHECKING:
    from advisorcrm.imports.batches import BatchRow


class BatchesCard(Card):
    """``undo_wanted`` with the number of a batch."""

    undo_wanted = Signal(int)

    def __init__(self, undo_days: int, parent: QWidget | None = None) -> None:
        from advisorcrm.imports.batches import BatchRow

        super().__init__(_("导入记录"), margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self.model = RecordTableModel(
            BatchRow, book=CodeBook(), looks={"at": QUIET, "user_name": QUIET, "state": QUIET}
        )
        self.table = RecordTable(self.model, _("导入记录"))
        self.table.chosen.connect(self._choose)
        self.undo = plain(_("撤销整批"), icon="undo-2")
        self.undo.clicked.connect(self._undo)
        self.undo.setEnabled(False)
        self.add(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.addWidget(self.undo)
        foot.addStretch(1)
        hint = _("导入后 {days} 天内可整批撤销，不影响之后的人工修改").format(days=undo_days)
        foot.addWidget(Label(hint, "text3", "caption"))
        self.body.addLayout(foot)

    def show_batches(self, batches: Sequence[BatchRow]) -> None:
        """Show the imports, the newest first and chosen."""
        self.model.show_rows(batches)
        self.sub.setText("" if batches else _("还没有导入过"))
        if self.table.current_row() < 0:
            self.table.go_to(0)
        self._choose(self.table.current_row())

    def _choose(self, line: int) -> None:
        row = self.model.row_at(line)
        self.undo.setEnabled(row is not None and row.may_undo)

    def _undo(self) -> None:
        key = self.table.current_id()
        if key is not None:
            self.undo_wanted.emit(key)
