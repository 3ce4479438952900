"""The import of a client list: choose, look, then store; nothing is written before 执行导入."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QInputDialog,
    QWidget,
)

from advisorcrm.errors import AdvisorCrmError, CancelledError
from advisorcrm.i18n import _
from advisorcrm.services.access import sees_branch
from advisorcrm.services.branch.users import list_advisors
from advisorcrm.terms import ImportResult
from advisorcrm.views import messages
from advisorcrm.views.imports.figure_tiles import rows_text
from advisorcrm.views.imports.import_choices import ImportChoices
from advisorcrm.views.imports.import_page_parts import DRY_RUN_PART, FILE_PART, ImportPageParts
from advisorcrm.views.imports.import_rows import mapping_rows
from advisorcrm.views.imports.import_steps import file_facts
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.level import Level

if TYPE_CHECKING:
    from advisorcrm.imports.client_sheet import ClientSheet
    from advisorcrm.imports.import_plan import ImportFigures, ImportPlan
    from advisorcrm.imports.schemes import Scheme

_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class ImportPage(ImportPageParts):
    """``left`` when the person is done here; ``status_changed`` for the status bar."""

    left = Signal()
    status_changed = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.choices = ImportChoices()
        self.choose_target: Callable[[str], str] = self._choose_target
        """Asks where failed rows go; a test answers instead of the file dialog."""
        self.ask_name: Callable[[str], str] = self._ask_name
        """Asks under which name a mapping is kept; a test answers instead of the dialog."""
        self._batch_id = 0
        self._connect()
        self._add_keys()

    def reload(self) -> None:
        """Read who may be given new clients, and what was imported before."""
        self.records.reload()
        if sees_branch(self._around.actor):
            self._around.jobs.read(list_advisors, then=self.file.offer_advisors, key="import.staff")
        else:
            self.file.advisor_field.hide()

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page for the overlay."""
        return [
            ("Ctrl+O", _("选择文件")),
            ("Ctrl+Enter", _("执行导入")),
            ("Ctrl+H", _("上一步：选文件和导入记录")),
            ("Esc", _("取消")),
        ]

    def primary_focus(self) -> QWidget:
        """Where the cursor starts."""
        return self.file.button

    def status_text(self) -> str:
        """For the status bar."""
        return _("试运行，不会写入") if self.job.plan is not None else ""

    def open_file(self, path: str) -> None:
        """Read a file and show what importing it would do; of the last one nothing stays."""
        self.choices = ImportChoices()
        self.sheets.show_offers(())
        self.mapping.show_columns([])
        self._show_rows(None)
        self.steps.show_file("")
        self._show_scheme()
        self._read(Path(path))

    def _connect(self) -> None:
        self.file.chosen.connect(self.open_file)
        self.file.rules_changed.connect(self._plan)
        self.sheets.changed.connect(self._choose_sheets)
        self.mapping.remapped.connect(self._remap)
        self.mapping.ruled.connect(self._set_rule)
        self.mapping.save_wanted.connect(self._save_scheme)
        self.records.told.connect(self._tell)
        self.records.refused.connect(self._refused)
        self.records_button.clicked.connect(self._show_records)
        self.undo_button.clicked.connect(self._undo)
        self.results.failed_wanted.connect(self._save_failed)
        self.progress.cancelled.connect(self.job.cancel)
        self.cancel_button.clicked.connect(self._leave)
        self.apply_button.clicked.connect(self._apply)
        self.job.moved.connect(self.progress.show_progress)
        self.job.understood.connect(self._understood)
        self.job.recognised.connect(self._recognised)
        self.job.kept.connect(self._kept)
        self.job.planned.connect(self._planned)
        self.job.applied.connect(self._applied)
        self.job.refused.connect(self._refused)

    def _add_keys(self) -> None:
        """Only where the focus is on this page: Esc and Enter also belong to the omnibox."""
        for keys, button in (
            ("Ctrl+O", self.file.button),
            ("Ctrl+Return", self.apply_button),
            ("Ctrl+Enter", self.apply_button),
            ("Ctrl+H", self.records_button),
            ("Esc", self.cancel_button),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(_HERE)  # WORKAROUND: PySide ignores it as an argument
            shortcut.activated.connect(button.click)

    def _read(self, path: Path) -> None:
        self.said.hide()
        self.undo_button.hide()
        self._batch_id = 0
        self._turn_to(DRY_RUN_PART)
        self.apply_button.setEnabled(False)
        self.steps.show_step(1)
        self.progress.start(_("正在读 {name}").format(name=path.name))
        self.job.read(path, self.choices.chosen, self.choices.sheets)
        self.status_changed.emit(self.status_text())

    def _understood(self, sheet: ClientSheet) -> None:
        from advisorcrm.imports.contact_fields import mappable_fields
        from advisorcrm.imports.own_headings import own_fields_to_map

        self.sheets.show_offers(sheet.offers)
        self.steps.show_file(file_facts(sheet))
        self.steps.show_step(2)
        fields = [*mappable_fields(sheet.kind), *own_fields_to_map(self._around.book)]
        self.mapping.offer_fields([(field.name, _(field.label)) for field in fields])
        if self.choices.has_asked:
            self._plan()
        else:
            self.choices.has_asked = True
            self.job.find_scheme()

    def _recognised(self, scheme: Scheme | None) -> None:
        """Go on as the last time a file of this layout was imported."""
        if scheme is not None:
            self.choices.take(scheme)
            self.file.show_rule(scheme.rule)
            self._show_scheme()
        if self.choices.chosen and self.job.path is not None:
            self._read(self.job.path)
        else:
            self._plan()

    def _plan(self) -> None:
        sheet = self.job.sheet
        if sheet is None:
            return
        rule, choices = self.file.chosen_rule(), self.choices
        self.mapping.show_columns(mapping_rows(sheet.columns, rule, choices.by_column))
        self.progress.start(_("正在核对"), can_cancel=False)
        self.job.make_plan(choices.rules(rule), self.file.advisor.code() or None)

    def _planned(self, plan: ImportPlan) -> None:
        self._show_rows(plan)
        self._say_left_out(plan.sheet)
        writes = plan.counts[ImportResult.NEW] + plan.counts[ImportResult.UPDATED]
        self.apply_button.setEnabled(bool(writes))
        self.progress.finish(
            _("未写入任何数据 · 未决定的行将跳过"),
            what=_("核对完成，共 {rows}").format(rows=rows_text(len(plan.rows))),
        )
        self.status_changed.emit(self.status_text())

    def _show_rows(self, plan: ImportPlan | None) -> None:
        """What becomes of each row; nothing where that is not known."""
        if plan is None:
            self.figures.clear()
            self.results.clear()
        else:
            self.figures.show_plan(plan)
            self.results.show_plan(plan)

    def _say_left_out(self, sheet: ClientSheet) -> None:
        """Sheets of a workbook that were not read; those of a web page are its layout."""
        chosen = {one.name for one in sheet.offers} if self.choices.sheets else ()
        names = [name for name in sheet.left_out if not sheet.encoding and name not in chosen]
        if names:
            said = _("没有读这些工作表：{names}。")
            self.said.say(Level.INFO, said.format(names=_("、").join(names)))
        else:
            self.said.hide()

    def _apply(self) -> None:
        self.apply_button.setEnabled(False)
        self.progress.start(_("正在导入"), can_cancel=False)
        self.job.apply()

    def _applied(self, figures: ImportFigures) -> None:
        self.steps.show_step(4)
        self.progress.finish(_("批次 {number}").format(number=figures.batch_id), what=_("已导入"))
        self._batch_id = figures.batch_id or 0
        self._name_way_back()
        self.undo_button.setVisible(bool(figures.new or figures.updated))
        self.records.reload()
        self.said.say(
            Level.OK,
            _(
                "已导入：新增 {new}，更新 {updated}，无变化 {same}；"
                "{undecided}待决定，{failed} 行失败。"
            ).format(
                new=figures.new,
                updated=figures.updated,
                same=figures.unchanged,
                undecided=rows_text(figures.undecided),
                failed=figures.failed,
            ),
        )
        self.status_changed.emit(self.status_text())

    def _refused(self, error: Exception) -> None:
        from advisorcrm.imports.import_plan import NothingUsableError

        self.apply_button.setEnabled(False)
        if self.job.plan is None:  # else it was about a decision or a scheme
            self._show_rows(error.plan if isinstance(error, NothingUsableError) else None)
        self.status_changed.emit(self.status_text())
        if isinstance(error, AdvisorCrmError):
            is_wanted = isinstance(error, CancelledError)
            self.said.say(Level.INFO if is_wanted else Level.ERROR, str(error))
            if self.job.sheet is None:
                self.steps.show_step(0)
                self._turn_to(FILE_PART)
        else:
            messages.show_problem(error, self)
        self.progress.finish("")  # last: its button may have the focus that moves along

    def _remap(self, heading: str, field: str) -> None:
        if self.job.path is not None:
            self.choices.chosen[heading] = field
            self._read(self.job.path)

    def _choose_sheets(self, names: frozenset[str]) -> None:
        if self.job.path is not None:
            self.choices.sheets = names
            self._read(self.job.path)

    def _set_rule(self, column: str, code: str) -> None:
        self.choices.set_rule(column, code)
        self._plan()

    def _save_scheme(self) -> None:
        sheet = self.job.sheet
        if sheet is None:
            return
        name = self.ask_name(self.choices.scheme_name or Path(sheet.file_name).stem)
        if name:
            self.job.keep_scheme(self.choices.as_scheme(name, self.file.chosen_rule()))

    def _kept(self, scheme: Scheme) -> None:
        self.choices.scheme_name = scheme.name
        self._show_scheme()

    def _show_scheme(self) -> None:
        name = self.choices.scheme_name
        kept = _("方案：{name}（已存）").format(name=name)
        self.head.sub.setText(kept if name else _("客户明细表和通讯录"))

    def _ask_name(self, suggested: str) -> str:
        name, is_accepted = QInputDialog.getText(
            self, _("存为方案"), _("方案名称，下次导入同样表头的文件时自动使用"), text=suggested
        )
        return name.strip() if is_accepted else ""

    def _show_records(self) -> None:
        """Back and forth between choice of file, with what was imported, and the file at hand."""
        if self.stack.currentIndex() == DRY_RUN_PART:
            self.records.reload()
            self._turn_to(FILE_PART)
        elif self.job.sheet is not None:
            self._turn_to(DRY_RUN_PART)

    def _turn_to(self, part: int) -> None:
        """The file's own card only where a file is chosen: a dry run needs the room."""
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        is_other = part != self.stack.currentIndex()
        self.stack.setCurrentIndex(part)
        self.file.setVisible(part == FILE_PART)
        self._name_way_back()
        if had_focus and is_other:
            (self.results.table if part == DRY_RUN_PART else self.file.button).setFocus()

    def _name_way_back(self) -> None:
        """One button leads from the dry run to the file and its records, and back."""
        is_dry = self.stack.currentIndex() == DRY_RUN_PART
        there = _("导入记录") if self._batch_id else _("上一步")
        self.records_button.show_text(there if is_dry else _("回到试运行"))
        self.records_button.setVisible(is_dry or self.job.sheet is not None)

    def _undo(self) -> None:
        self.records.undo(self._batch_id)

    def _tell(self, sentence: str) -> None:
        self.undo_button.hide()
        self.said.say(Level.OK, sentence)

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

    def _leave(self) -> None:
        self.job.cancel()
        self.left.emit()
