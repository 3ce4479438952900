"""The column of pairs: to judge above, merged as long ago as can be undone below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _, ngettext
from advisorcrm.views.cell_widths import CellWidths
from advisorcrm.views.duplicates.pair_rows import PairLine, merge_line, pair_line
from advisorcrm.views.table_cells import Heading, Look
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.badge import BadgeText
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card

if TYPE_CHECKING:
    from advisorcrm.services.merges.client_merges import MergeRow
    from advisorcrm.services.merges.duplicates import DuplicatePair

_HEADLESS = False


class PairCard(Card):
    """A list of pairs; ``chosen`` with the id of the current one, -1 for none."""

    chosen = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, margins=(0, 0, 0, 0), spacing=0, parent=parent)
        looks = {
            "names": Look(second=lambda row: row.remark, is_name=True),
            "state": Look(badges=lambda row: (BadgeText(row.state, row.kind),)),
        }
        self.model = RecordTableModel(PairLine, book=CodeBook(), looks=looks)
        self.table = RecordTable(self.model, title)
        self.table.set_density("two_line")
        header = self.table.horizontalHeader()
        header.setVisible(_HEADLESS)
        header.setStretchLastSection(False)
        names = self.model.section_of("names")
        header.setSectionResizeMode(names, QHeaderView.ResizeMode.Stretch)
        self.table.chosen.connect(self._tell)
        self.add(self.table, 1)

    def show_lines(self, lines: Sequence[PairLine]) -> None:
        """Show the pairs; the line stays where it was, so that one after another is judged."""
        line = max(self.table.current_row(), 0)
        self.model.show_rows(lines)
        self._fit_states(len(lines))
        if self.table.current_row() < 0:
            self.table.go_to(min(line, len(lines) - 1))
        self._tell(self.table.current_row())

    def _fit_states(self, count: int) -> None:
        """The states have the room of the widest, all else is the names' and what they share."""
        state, widths = self.model.section_of("state"), CellWidths()
        found = (self.model.cells(line) for line in range(count))
        wide = [widths.of(cells[state]) for cells in found if not isinstance(cells, Heading | None)]
        if wide:
            self.table.horizontalHeader().resizeSection(state, max(wide))

    def _tell(self, line: int) -> None:
        row = self.model.row_at(line)
        self.chosen.emit(-1 if row is None else row.id)


class PendingCard(PairCard):
    """Pairs nobody has judged yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("待判"), parent)

    def show_pairs(self, pairs: Sequence[DuplicatePair]) -> None:
        """Show the pairs, the likest first."""
        self.sub.setText("" if pairs else _("没有疑似重复"))
        self.show_lines([pair_line(*one) for one in enumerate(pairs)])


class MergesCard(PairCard):
    """What was merged and can be parted again; ``undo_wanted`` with the number of a merge."""

    undo_wanted = Signal(int)

    def __init__(self, days: int, parent: QWidget | None = None) -> None:
        super().__init__(
            ngettext("{count} 天内已合并", "{count} 天内已合并", days).format(count=days), parent
        )
        self._may_undo: dict[int, bool] = {}
        self.undo = plain(_("撤销合并"), icon="undo-2")
        self.undo.setEnabled(False)
        self.undo.clicked.connect(self._undo)
        self.chosen.connect(self._choose)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.addWidget(self.undo)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def show_merges(self, merges: Sequence[MergeRow]) -> None:
        """Show the merges, the newest first."""
        self._may_undo = {merge.id: merge.may_undo for merge in merges}
        self.sub.setText("" if merges else _("没有合并过"))
        self.show_lines([merge_line(merge) for merge in merges])

    def _choose(self, merge_id: int) -> None:
        self.undo.setEnabled(self._may_undo.get(merge_id, False))

    def _undo(self) -> None:
        key = self.table.current_id()
        if key is not None:
            self.undo_wanted.emit(key)
