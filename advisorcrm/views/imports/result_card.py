"""The dry run row by row, narrowed by kind, and the failed rows as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.terms import ImportResult
from advisorcrm.views.imports.import_rows import RESULT_TONES, DryRunRow, dry_run_rows
from advisorcrm.views.table_cells import QUIET, Look
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.badge import BadgeText
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.label import Label

if TYPE_CHECKING:
    from advisorcrm.imports.import_plan import ImportPlan

_SHOWN_FIRST = (ImportResult.UNDECIDED, ImportResult.FAILED, ImportResult.NEW, ImportResult.UPDATED)


class ResultCard(Card):
    """Chips of the kinds above the table; ``failed_wanted`` to save the failed rows."""

    failed_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("试运行结果"), margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self.plan: ImportPlan | None = None
        """The dry run that is shown; it stays when the import is done, for its failed rows."""
        self.chips = {result: Chip(result.label) for result in ImportResult}
        self.model = RecordTableModel(
            DryRunRow,
            book=CodeBook(),
            looks={
                "row": QUIET,
                "account": QUIET,
                "result": Look(badges=_badge),
                "reason": Look(tone=_reason_tone),
            },
        )
        self.table = RecordTable(self.model, _("试运行结果"))
        self.save_failed = plain(_("失败行另存 CSV"), icon="download")
        self.save_failed.clicked.connect(self.failed_wanted)
        self._build()

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what would happen; doubts and failures first."""
        self.plan = plan
        for result, chip in self.chips.items():
            chip.show_count(plan.counts[result])
            with QSignalBlocker(chip):
                chip.setChecked(result in _SHOWN_FIRST)
        self.save_failed.setEnabled(bool(plan.counts[ImportResult.FAILED]))
        self._show_rows()

    def clear(self) -> None:
        """Forget the last dry run."""
        self.plan = None
        for chip in self.chips.values():
            chip.show_count(0)
        self.model.show_rows([])
        self.save_failed.setEnabled(False)

    def _build(self) -> None:
        bar = QWidget()
        chips = FlowLayout(bar, gap=6)
        for chip in self.chips.values():
            chip.toggled.connect(self._show_rows)
            chips.addWidget(chip)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 8)
        top.addWidget(bar, 1)
        self.body.addLayout(top)
        self.add(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.addWidget(self.save_failed)
        foot.addStretch(1)
        foot.addWidget(Label(_("未决定的行不导入，在“导入记录”里等候决定"), "text3", "caption"))
        self.body.addLayout(foot)
        self.save_failed.setEnabled(False)

    def _show_rows(self) -> None:
        if self.plan is not None:
            chosen = frozenset(result for result, chip in self.chips.items() if chip.isChecked())
            self.model.show_rows(dry_run_rows(self.plan, chosen))


def _badge(row: DryRunRow) -> tuple[BadgeText, ...]:
    return (BadgeText(row.result.label, RESULT_TONES[row.result]),)


def _reason_tone(row: DryRunRow) -> str:
    return "crit" if row.result is ImportResult.FAILED else "text"
