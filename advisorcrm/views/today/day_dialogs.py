"""Windows over today: everything that is due, and the rounds of the rooms (R22, R40)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from advisorcrm.exports import day_lists
from advisorcrm.exports.record_list import RecordList
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.branch.working_days import missing_notice
from advisorcrm.services.days.room_rounds import RoundRow
from advisorcrm.services.dues.dues import DueRow
from advisorcrm.terms import DAY_ENDS, DueKind
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.page_keys import PageKeys
from advisorcrm.views.reminding.duty_work import may_finish, record_done
from advisorcrm.views.row_deeds import RowDeeds
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level


class DuesDialog(RecordListDialog):
    """The whole list behind the counts of the page, or that of one person."""

    callback_wanted = Signal(int)
    day_end_wanted = Signal(object)

    def __init__(
        self, around: Surroundings, user_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, _("到期与逾期"), "alarm-clock", DueRow, parent)
        self._user_id = user_id
        self.hint = InlineBar()
        self._page_keys = PageKeys(self, letters=around.settings.single_keys)
        self.deeds = RowDeeds(self.buttons, self._page_keys, self.current)
        self.deeds.add(_("完成"), "D", self._finish, self._is_duty, icon="circle-check")
        self.table.letters_are_keys = around.settings.single_keys
        self._page_keys.watch(self.table)
        self.table.chosen.connect(self._follow)
        if around.may(Right.LEAD_TEAM):
            self.top.addWidget(self.hint)
            work = partial(missing_notice, today=around.today())
            around.jobs.read(work, then=self._say_estimate, key=("dues.notice", id(self)))
        self.reload()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show what was read, and what can be done with the row at the cursor."""
        super().show_rows(rows)
        self.deeds.follow()

    def current(self) -> DueRow | None:
        """The row at the cursor."""
        row = self.model.row_at(self.table.current_row())
        return row if isinstance(row, DueRow) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The dialog's own keys."""
        if not self._page_keys.press(event):
            super().keyPressEvent(event)

    def _open(self, line: int) -> None:
        row = self.model.row_at(line)
        if isinstance(row, DueRow) and row.kind is DueKind.CALLBACK:
            self.accept()
            self.callback_wanted.emit(row.subject_id)
        elif isinstance(row, DueRow) and row.kind in DAY_ENDS:
            if row.user_id == self._around.actor.user_id:
                self.accept()
                self.day_end_wanted.emit(row.due_on)
        else:
            super()._open(line)

    def _follow(self, _line: int) -> None:
        self.deeds.follow()

    def _say_estimate(self, missing: int | None) -> None:
        if missing is not None:
            self.hint.say(
                Level.WARN,
                _("缺 {year} 年节假日通知：{year} 年的期限按推算的工作日计。").format(year=missing),
            )

    def _is_duty(self, row: DueRow) -> bool:
        return may_finish(self._around, row, row.user_id)

    def _finish(self, row: DueRow) -> None:
        if row.user_id is not None:
            record_done(self._around, row, row.user_id)

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return day_lists.dues(self._around.now(), self._user_id)

    def nothing(self) -> str:
        """Nothing has a date."""
        return _("未来两周没有到期的事项")


class RoundsDialog(RecordListDialog):
    """What was found in the rooms in the last month."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("巡视记录"), "map-pin", RoundRow, parent)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return day_lists.room_rounds()

    def nothing(self) -> str:
        """Nobody has been round."""
        return _("最近一个月没有巡视记录")

    def nothing_hint(self) -> str:
        """How something would come to stand there."""
        return _("在今日页的时间表里打开盘中服务即可记")
