"""The shift of a person: begin, write, take over, hand over, export (R232-R236, R263)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.errors import InvalidFieldError
from advisorcrm.exports.shift_log import file_stem
from advisorcrm.i18n import _, ngettext
from advisorcrm.services.access import Right
from advisorcrm.services.branch.settings import save_setting
from advisorcrm.services.days.shift_logs import (
    ShiftRow,
    ShiftSheet,
    close_shift,
    find_running_shift,
    open_shift,
    start_shift,
    write_shift_log,
)
from advisorcrm.services.days.shift_memos import NewMemo, accept_memos, add_memo
from advisorcrm.terms import AccessKind
from advisorcrm.views import day_reports, messages
from advisorcrm.views.clients.code_editors import CodeBox
from advisorcrm.views.page_keys import PageKeys
from advisorcrm.views.reports import Report
from advisorcrm.views.shifts.shift_parts import ShiftParts
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.dialog_foot import close_button
from advisorcrm.views.widgets.dialog_head import dialog_head
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_SIZE = (1120, 660)


class ShiftDialog(QDialog):
    """The own running shift, or with an id another one to be read.

    ``print_wanted(report)``, ``export_wanted(report)``, ``told(text)``.
    """

    print_wanted = Signal(object)
    export_wanted = Signal(object)
    told = Signal(str)

    def __init__(
        self, around: Surroundings, shift_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._shift_id = shift_id
        self.sheet: ShiftSheet | None = None
        self.setWindowTitle(_("值班日志"))
        self.kind = CodeBox(around.book, terms.SHIFT_KIND)
        self.kind.setAccessibleName(_("班次"))
        self.kind.setMinimumContentsLength(8)
        self.start_button = primary(_("接班"), icon="check")
        self.bar = InlineBar()
        self.parts = ShiftParts(around)
        self.print_button = plain(_("打印"), icon="printer", key="Ctrl+P")
        self.export_button = plain(_("导出"), icon="upload", key="Ctrl+E")
        self.folder_button = plain(_("第二份放到…"), icon="folder-open")
        self.close_button = primary(_("交班"), icon="arrow-right", key="Alt+J")
        self._keys = PageKeys(self, letters=False)
        self._lay_out()
        self._connect()
        self._show_state()
        around.jobs.changed.connect(self.reload)
        self.reload()

    # What the person does

    def reload(self) -> None:
        """Read the shift again: the one asked for, else the one that runs."""
        if self._shift_id is not None:
            self._read(self._shift_id)
        elif self._around.may(Right.KEEP_SHIFTS):
            self._around.jobs.read(find_running_shift, then=self._found, failed=self._refuse)

    def start(self) -> None:
        """Begin the chosen shift."""
        work = partial(start_shift, shift=self.kind.code(), now=self._around.now())
        self._around.jobs.write(work, then=self._read, failed=self._refuse)

    def save(self) -> None:
        """Keep the words of the log."""
        if self.sheet is not None and self.sheet.may_write and self.parts.is_changed():
            work = partial(
                write_shift_log, shift_id=self.sheet.row.id, content=self.parts.content()
            )
            self._around.jobs.write(work, failed=self._refuse)

    def hand_over(self) -> None:
        """Close the shift; what is open waits for the next."""
        if self.sheet is None or not self.sheet.may_write:
            return
        self.save()
        work = partial(close_shift, shift_id=self.sheet.row.id, now=self._around.now())
        self._shift_id = self.sheet.row.id
        self._around.jobs.write(work, then=self._closed, failed=self._refuse)

    def accept_waiting(self) -> None:
        """Take over all that the shift before left."""
        if self.sheet is not None and self.sheet.waiting:
            ids = [memo.id for memo in self.sheet.waiting]
            work = partial(accept_memos, memo_ids=ids, now=self._around.now())
            self._around.jobs.write(work, failed=self._refuse)

    def print_log(self) -> None:
        """The log on paper."""
        report = self._report(AccessKind.PRINT)
        if report is not None:
            self.save()
            self.print_wanted.emit(report)

    def export_log(self) -> None:
        """The log as document, with its second copy."""
        report = self._report(AccessKind.EXPORT)
        if report is not None:
            self.save()
            self.export_wanted.emit(report)

    def choose_folder(self) -> None:
        """Where the second copy goes (R233)."""
        folder = QFileDialog.getExistingDirectory(self, _("第二份放到哪个文件夹"))
        if folder:
            self.keep_folder(folder)

    def keep_folder(self, folder: str) -> None:
        """Remember the folder of the second copy."""
        work = partial(save_setting, name="shift_copy_folder", value=folder)
        said = _("导出时第二份放到 {folder}").format(folder=folder)
        self._around.jobs.write(work, then=partial(self._tell, said), failed=self._refuse)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The dialog's own keys."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Nothing typed is lost by closing."""
        self.save()
        super().reject()

    # Inside

    def _found(self, row: ShiftRow | None) -> None:
        if row is not None:
            self._read(row.id)
        else:
            self.sheet = None
            self._show_state()

    def _read(self, shift_id: int) -> None:
        work = partial(open_shift, shift_id=shift_id)
        self._around.jobs.read(work, then=self._show, failed=self._refuse, key=("shift", id(self)))

    def _show(self, sheet: ShiftSheet) -> None:
        is_other = self.sheet is None or self.sheet.row.id != sheet.row.id
        self.sheet = sheet
        self.bar.hide()
        self.parts.show_sheet(sheet)
        self._show_state()
        if is_other and sheet.may_write:
            self.parts.text.setFocus()

    def _show_state(self) -> None:
        sheet = self.sheet
        may_write = bool(sheet and sheet.may_write)
        for widget in (self.kind, self.start_button):
            widget.setVisible(sheet is None and self._shift_id is None)
        self.parts.setEnabled(sheet is not None)
        self.close_button.setVisible(may_write)
        may_export = sheet is not None and self._around.may(Right.EXPORT)
        for button in (self.print_button, self.export_button):
            button.setVisible(may_export)
        self.folder_button.setVisible(may_export and self._around.may(Right.KEEP_SHIFTS))

    def _note(self, new: NewMemo) -> None:
        self.save()
        work = partial(add_memo, new=new, now=self._around.now())
        self._around.jobs.write(work, then=self._noted, failed=self._refuse)

    def _noted(self, _memo: int) -> None:
        self.bar.hide()
        if self.sheet is not None:
            self.parts.entry.begin(self.sheet.row.id)

    def _closed(self, left: int) -> None:
        said = ngettext(
            "已交班，{count} 件事待下一班接收", "已交班，{count} 件事待下一班接收", left
        )
        self._tell(said.format(count=left) if left else _("已交班，没有遗留事项"))

    def _tell(self, said: str, _answer: object = None) -> None:
        self.told.emit(said)
        self.bar.say(Level.OK, said)

    def _refuse(self, error: Exception) -> None:
        if self.sheet is not None and self.sheet.may_write:
            self._shift_id = None
        if not self.parts.entry.show_problem(error):
            self.bar.say(messages.level_of(error), str(error))
        if isinstance(error, InvalidFieldError) and error.field == "memo":
            self.parts.entry.nothing_button.setFocus()

    def _report(self, kind: AccessKind) -> Report | None:
        if self.sheet is None or not self._around.may(Right.EXPORT):
            return None
        row = self.sheet.row
        return day_reports.shift_log(row.id, file_stem(row, self._around.book), kind)

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.start)
        self.close_button.clicked.connect(self.hand_over)
        self.print_button.clicked.connect(self.print_log)
        self.export_button.clicked.connect(self.export_log)
        self.folder_button.clicked.connect(self.choose_folder)
        self.parts.entry.memo_given.connect(self._note)
        self.parts.accept_button.clicked.connect(self.accept_waiting)
        self.parts.left.connect(self.save)
        for key, call in (
            ("Ctrl+S", self.save), ("Ctrl+Return", self.parts.entry.add_button.click),
            ("Alt+W", self.parts.entry.nothing_button.click), ("Alt+J", self.hand_over),
            ("Alt+A", self.accept_waiting), ("Ctrl+P", self.print_log),
            ("Ctrl+E", self.export_log),
        ):  # fmt: skip
            self._keys.add(key, call)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.kind)
        top.addWidget(self.start_button)
        top.addStretch(1)
        close = close_button(self)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.print_button, self.export_button, self.folder_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 14)
        whole.setSpacing(10)
        whole.addLayout(dialog_head(self, "clock", _("文件名：日期+班次+姓名")))
        whole.addLayout(top)
        whole.addWidget(self.bar)
        whole.addWidget(self.parts, 1)
        whole.addLayout(foot)
        open_large(self, *_SIZE)
