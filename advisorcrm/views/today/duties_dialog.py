"""Which duties of week and month were done, when and by whom, with the way back (R21, R51, R52)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.exports.day_lists import duties_done
from advisorcrm.exports.record_list import RecordList
from advisorcrm.i18n import _, pgettext
from advisorcrm.services.dues.duties import DutyDoneRow, finish_duty, note_duty, reopen_duty
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.page_keys import PageKeys
from advisorcrm.views.row_deeds import RowDeeds
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain


class DutiesDialog(RecordListDialog):
    """What was recorded wrongly is taken back (U): it waits again, and the line stays.

    A line of text says who did it and what is to be known of it (E).
    """

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("例行工作完成记录"), "circle-check", DutyDoneRow, parent)
        self._page_keys = PageKeys(self, letters=around.settings.single_keys)
        self.deeds = RowDeeds(self.buttons, self._page_keys, self.current)
        self.deeds.add(
            pgettext("button", "撤回"), "U", self._take_back, self._may_take_back, icon="undo-2"
        )
        self.deeds.add(_("备注"), "E", self._begin_note, self._may_note, icon="pencil")
        self.note = QLineEdit()
        self.note.setAccessibleName(_("备注"))
        self.note.setPlaceholderText(_("谁做的，有什么要说明"))
        self.keep = plain(_("记备注"), icon="check")
        self.keep.clicked.connect(self._keep_note)
        self.note.returnPressed.connect(self._keep_note)
        for part in (self.note, self.keep):
            self.entry.addWidget(part)
        self.table.letters_are_keys = around.settings.single_keys
        self._page_keys.watch(self.table)
        self.table.chosen.connect(self._follow)
        self.reload()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show what was read, and what can be done with the row at the cursor."""
        super().show_rows(rows)
        self._follow(self.table.current_row())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The dialog's own keys."""
        if not self._page_keys.press(event):
            super().keyPressEvent(event)

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return duties_done()

    def nothing(self) -> str:
        """Nothing was recorded."""
        return _("最近一年没有记为完成的例行工作")

    def nothing_hint(self) -> str:
        """How something would come to stand there."""
        return _("在“到期与逾期”里选中一项，按 D 记为完成")

    def _follow(self, _line: int) -> None:
        row = self.current()
        self.deeds.follow()
        self.keep.setEnabled(row is not None and self._may_note(row))
        self.note.setEnabled(self.keep.isEnabled())
        if not (self.note.hasFocus() and self.note.isModified()):
            self.note.setText(row.note if row is not None else "")

    def _may_note(self, _row: DutyDoneRow) -> bool:
        return not self._around.jobs.is_read_only

    def _begin_note(self, _row: DutyDoneRow) -> None:
        self.note.setFocus()

    def _keep_note(self) -> None:
        row = self.current()
        if row is not None and self._may_note(row):
            work = partial(note_duty, duty_id=row.id, note=self.note.text())
            self.note.setModified(False)
            self._around.jobs.write(work)
            self.table.setFocus()

    def _may_take_back(self, row: DutyDoneRow) -> bool:
        return row.taken_back_at is None and not self._around.jobs.is_read_only

    def _take_back(self, row: DutyDoneRow) -> None:
        facts: dict[str, Any] = {
            "user_id": row.user_id, "kind": row.kind, "period_on": row.period_on,
            "now": self._around.now(),
        }  # fmt: skip
        told = _("已撤回：{title}").format(title=row.kind.label)
        then = partial(self._tell, told, partial(finish_duty, **facts))
        self._around.jobs.write(partial(reopen_duty, **facts), then=then)

    def _tell(self, told: str, inverse: Any, _answer: object) -> None:
        self._around.undo.done(told, inverse)
