"""What the page of imports is made of, and where it stands: a file and its records, a dry run."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.i18n import _
from advisorcrm.views.imports.figure_tiles import FigureTiles
from advisorcrm.views.imports.file_card import FileCard
from advisorcrm.views.imports.import_job import ImportJob
from advisorcrm.views.imports.import_records import ImportRecords
from advisorcrm.views.imports.import_steps import ImportSteps
from advisorcrm.views.imports.mapping_card import MappingCard
from advisorcrm.views.imports.result_card import ResultCard
from advisorcrm.views.imports.sheet_chips import SheetChips
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.page_head import PageHead
from advisorcrm.views.widgets.progress_row import ProgressRow

FILE_PART, DRY_RUN_PART = 0, 1
"""What is shown below the head: where a file is chosen, or what importing it would do."""

_SHARES, _ANY_PX = (3, 5), 100
"""How the page is shared out between the mapping and what would happen."""


class ImportPageParts(QWidget):
    """The parts know nothing of each other; ``ImportPage`` connects them."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.job = ImportJob(around, self)
        self.said = InlineBar()
        self.steps = ImportSteps()
        self.file = FileCard()
        self.sheets = SheetChips()
        self.figures = FigureTiles()
        self.tiles = self.figures.tiles
        self.mapping = MappingCard()
        self.results = ResultCard()
        self.records = ImportRecords(around)
        self.progress = ProgressRow()
        self.records_button = plain(_("上一步"), key="Ctrl+H")
        self.undo_button = plain(_("撤销整批"), icon="undo-2")
        self.cancel_button = plain(_("取消"), key="Esc")
        self.apply_button = primary(_("执行导入"), key="Ctrl+Enter")
        self._lay_out()

    def _lay_out(self) -> None:
        self.head = PageHead(_("导入"), sub=_("客户明细表和通讯录"))
        for button in (self.records_button, self.cancel_button, self.apply_button):
            self.head.add_button(button)
        self.said.add_action(self.undo_button)
        self.undo_button.hide()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.records)
        self.stack.addWidget(self._dry_run())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addWidget(self.head)
        whole.addWidget(self.said)
        whole.addWidget(self.steps)
        whole.addWidget(self.file)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.progress)
        self.apply_button.setEnabled(False)
        self.records_button.hide()

    def _dry_run(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(10)
        split.addWidget(self.mapping)
        split.addWidget(self.results)
        for place, share in enumerate(_SHARES):
            split.setStretchFactor(place, share)
        split.setSizes([share * _ANY_PX for share in _SHARES])
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.sheets)
        column.addWidget(self.figures)
        column.addWidget(split, 1)
        return both
