"""The import of a client list: choose, look, then store; nothing is written before 执行导入."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from advisorcrm.errors import AdvisorCrmError
from advisorcrm.i18n import _
from advisorcrm.services.access import sees_branch
from advisorcrm.services.users import list_advisors
from advisorcrm.terms import ImportResult, ImportRule
from advisorcrm.views import messages
from advisorcrm.views.clients.surroundings import Surroundings
from advisorcrm.views.imports.figure_tile import FigureTile
from advisorcrm.views.imports.file_card import FileCard
from advisorcrm.views.imports.import_job import ImportJob
from advisorcrm.views.imports.import_rows import mapping_rows
from advisorcrm.views.imports.import_steps import ImportSteps
from advisorcrm.views.imports.mapping_card import MappingCard
from advisorcrm.views.imports.result_card import ResultCard
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level
from advisorcrm.views.widgets.page_head import PageHead
from advisorcrm.views.widgets.progress_row import ProgressRow

if TYPE_CHECKING:
    from advisorcrm.imports.client_sheet import ClientSheet
    from advisorcrm.imports.import_plan import ImportFigures, ImportPlan

_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_TONES = {ImportResult.UNDECIDED: "warn", ImportResult.FAILED: "crit"}


class ImportPage(QWidget):
    """``left`` when the person is done here; ``status_changed`` for the status bar."""

    left = Signal()
    status_changed = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._chosen: dict[str, str] = {}
        self.job = ImportJob(around, self)
        self.said = InlineBar()
        self.steps = ImportSteps()
        self.file = FileCard()
        self.tiles = {result: self._tile(result) for result in ImportResult}
        self.mapping = MappingCard()
        self.results = ResultCard()
        self.progress = ProgressRow()
        self.cancel_button = plain(_("取消"), key="Esc")
        self.apply_button = primary(_("执行导入"), key="Ctrl+Enter")
        self.choose_target: Callable[[str], str] = self._choose_target
        """Asks where failed rows go; a test answers instead of the file dialog."""
        self._lay_out()
        self._connect()
        self._add_keys()

    def reload(self) -> None:
        """Read who may be given new clients."""
        if sees_branch(self._around.actor):
            self._around.jobs.read(list_advisors, then=self.file.offer_advisors, key="import.staff")
        else:
            self.file.advisor_field.hide()

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page for the overlay."""
        return [
            ("Ctrl+O", _("选择文件")),
            ("Ctrl+Enter", _("执行导入")),
            ("Esc", _("取消")),
        ]

    def primary_focus(self) -> QWidget:
        """Where the cursor starts."""
        return self.file.button

    def status_text(self) -> str:
        """For the status bar."""
        return _("试运行，不会写入") if self.job.plan is not None else ""

    def open_file(self, path: str) -> None:
        """Read a file and show what importing it would do."""
        self._chosen = {}
        self._read(Path(path))

    def _tile(self, result: ImportResult) -> FigureTile:
        remarks = {
            ImportResult.NEW: _("账号没有见过"),
            ImportResult.UPDATED: _("按所选规则"),
            ImportResult.UNCHANGED: _("跳过"),
            ImportResult.UNDECIDED: _("账号同，姓名或电话不同"),
            ImportResult.FAILED: _("不导入，可另存修改"),
        }
        return FigureTile(result.label, remarks[result], _TONES.get(result, "text"))

    def _lay_out(self) -> None:
        head = PageHead(_("导入"), sub=_("客户明细表和通讯录"))
        head.add_button(self.cancel_button)
        head.add_button(self.apply_button)
        tiles = QHBoxLayout()
        tiles.setSpacing(10)
        for tile in self.tiles.values():
            tiles.addWidget(tile, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.mapping)
        split.addWidget(self.results)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 7)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addWidget(head)
        whole.addWidget(self.said)
        whole.addWidget(self.steps)
        whole.addWidget(self.file)
        whole.addLayout(tiles)
        whole.addWidget(split, 1)
        whole.addWidget(self.progress)
        self.apply_button.setEnabled(False)

    def _connect(self) -> None:
        self.file.chosen.connect(self.open_file)
        self.file.rules_changed.connect(self._plan)
        self.mapping.remapped.connect(self._remap)
        self.results.failed_wanted.connect(self._save_failed)
        self.progress.cancelled.connect(self.job.cancel)
        self.cancel_button.clicked.connect(self._leave)
        self.apply_button.clicked.connect(self._apply)
        self.job.moved.connect(self.progress.show_progress)
        self.job.understood.connect(self._understood)
        self.job.planned.connect(self._planned)
        self.job.applied.connect(self._applied)
        self.job.refused.connect(self._refused)

    def _add_keys(self) -> None:
        """Only where the focus is on this page: Esc and Enter also belong to the omnibox."""
        for keys, button in (
            ("Ctrl+O", self.file.button),
            ("Ctrl+Return", self.apply_button),
            ("Ctrl+Enter", self.apply_button),
            ("Esc", self.cancel_button),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(_HERE)  # WORKAROUND: PySide ignores it as an argument
            shortcut.activated.connect(button.click)

    def _read(self, path: Path) -> None:
        self.said.hide()
        self.apply_button.setEnabled(False)
        self.steps.show_step(1)
        self.progress.start(_("正在读 {name}").format(name=path.name))
        self.job.read(path, self._chosen)

    def _understood(self, sheet: ClientSheet) -> None:
        from advisorcrm.imports.contact_fields import mappable_fields

        count = _("{count} 行").format(count=len(sheet.rows))
        facts = [sheet.file_name, sheet.kind.label, sheet.encoding, count]
        self.steps.show_file(" · ".join(fact for fact in facts if fact))
        self.steps.show_step(2)
        self.mapping.offer_fields(
            [(field.name, _(field.label)) for field in mappable_fields(sheet.kind)]
        )
        self.mapping.show_columns(mapping_rows(sheet.columns, ImportRule(self._rule()).label))
        self._plan()

    def _plan(self) -> None:
        if self.job.sheet is None:
            return
        self.progress.start(_("正在核对"))
        self.job.make_plan(ImportRule(self._rule()), self.file.advisor.code() or None)

    def _planned(self, plan: ImportPlan) -> None:
        for result, tile in self.tiles.items():
            count = plan.counts[result]
            words = _("{count} 行") if result is ImportResult.FAILED else _("{count} 户")
            tile.show_figure(words.format(count=count))
        self.results.show_plan(plan)
        writes = plan.counts[ImportResult.NEW] + plan.counts[ImportResult.UPDATED]
        self.apply_button.setEnabled(bool(writes))
        self.progress.finish(
            _("未写入任何数据 · 未决定的行将跳过"),
            what=_("核对完成，共 {count} 行").format(count=len(plan.rows)),
        )
        self.status_changed.emit(self.status_text())

    def _apply(self) -> None:
        self.apply_button.setEnabled(False)
        self.progress.start(_("正在导入"))
        self.job.apply()

    def _applied(self, figures: ImportFigures) -> None:
        self.steps.show_step(4)
        self.progress.finish(_("批次 {number}").format(number=figures.batch_id), what=_("已导入"))
        self.said.say(
            Level.OK,
            _(
                "已导入：新增 {new}，更新 {updated}，无变化 {same}；"
                "{undecided} 行待决定，{failed} 行失败。"
            ).format(
                new=figures.new,
                updated=figures.updated,
                same=figures.unchanged,
                undecided=figures.undecided,
                failed=figures.failed,
            ),
        )
        self.status_changed.emit(self.status_text())

    def _refused(self, error: Exception) -> None:
        self.progress.finish("")
        self.apply_button.setEnabled(False)
        if isinstance(error, AdvisorCrmError):
            self.said.say(Level.ERROR, str(error))
        else:
            messages.show_problem(error, self)

    def _remap(self, heading: str, field: str) -> None:
        if self.job.path is not None:
            self._chosen[heading] = field
            self._read(self.job.path)

    def _save_failed(self) -> None:
        from advisorcrm.imports.rejects import write_rejects

        plan = self.results.plan
        target = self.choose_target(_("失败行.csv")) if plan is not None else ""
        if target and plan is not None:
            self._around.jobs.run(
                partial(write_rejects, plan, Path(target)), then=self._saved_failed
            )

    def _saved_failed(self, _answer: object) -> None:
        self.said.say(Level.OK, _("失败行已另存，改好后可再导入。"))

    def _choose_target(self, name: str) -> str:
        path, _kind = QFileDialog.getSaveFileName(self, _("失败行另存为"), name, "CSV (*.csv)")
        return path

    def _rule(self) -> str:
        return self.file.rule.code() or ImportRule.FILL_BLANKS.value

    def _leave(self) -> None:
        self.job.cancel()
        self.left.emit()
