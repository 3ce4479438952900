"""What was imported and what waits: shown while no file is being looked at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from advisorcrm.i18n import _, ngettext
from advisorcrm.terms import DoubtDecision
from advisorcrm.views.imports.batches_card import BatchesCard
from advisorcrm.views.imports.doubts_card import DoubtsCard
from advisorcrm.views.surroundings import Surroundings

if TYPE_CHECKING:
    from advisorcrm.imports.undoing import UndoFigures
    from advisorcrm.terms import ImportResult


class ImportRecords(QWidget):
    """``told`` with a sentence after an action, ``refused`` with what stood against it."""

    told = Signal(str)
    refused = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.batches = BatchesCard(around.settings.import_undo_days)
        self.doubts = DoubtsCard()
        self.batches.undo_wanted.connect(self.undo)
        self.doubts.decided.connect(self._decide)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(10)
        split.setChildrenCollapsible(False)
        split.addWidget(self.batches)
        split.addWidget(self.doubts)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def reload(self) -> None:
        """Read both lists again."""
        from advisorcrm.imports.batches import list_import_batches
        from advisorcrm.imports.doubts import list_import_doubts

        jobs, now = self._around.jobs, self._around.now()
        batches = partial(list_import_batches, now=now)
        jobs.read(batches, then=self.batches.show_batches, key="import.batches")
        jobs.read(list_import_doubts, then=self.doubts.show_doubts, key="import.doubts")

    def undo(self, batch_id: int) -> None:
        """Take a batch back."""
        from advisorcrm.imports.undoing import undo_import

        self._around.jobs.write(
            partial(undo_import, batch_id=batch_id, now=self._around.now()),
            then=self._undone,
            failed=self.refused.emit,
            label=_("撤销导入"),
        )

    def _undone(self, figures: UndoFigures) -> None:
        self.reload()
        told = _("批次 {number} 已撤销：移出 {removed} 户，恢复 {restored} 户。").format(
            number=figures.batch_id, removed=figures.removed, restored=figures.restored
        )
        if figures.left:
            told += self._left_sentence(figures)
        self.told.emit(told)

    def _left_sentence(self, figures: UndoFigures) -> str:
        first = figures.left[0]
        return ngettext(
            "{count} 户保留原样：第 {row} 行 {name}，{reason}",
            "{count} 户保留原样，第一户是第 {row} 行 {name}，{reason}",
            len(figures.left),
        ).format(count=len(figures.left), row=first.row, name=first.name, reason=first.reason)

    def _decide(self, doubt_id: int, decision: DoubtDecision) -> None:
        from advisorcrm.imports.deciding import decide_import_doubt

        self._around.jobs.write(
            partial(
                decide_import_doubt, doubt_id=doubt_id, decision=decision, now=self._around.now()
            ),
            then=self._decided,
            failed=self.refused.emit,
        )

    def _decided(self, result: ImportResult) -> None:
        self.reload()
        self.told.emit(_("已决定，结果：{result}。").format(result=result.label))
