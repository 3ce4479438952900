"""Lists about return calls: matters to follow up, members uncalled, new clients due."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.exports.record_list import RecordList
from advisorcrm.exports.record_lists import follow_ups, new_client_calls, uncalled_members
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.callbacks.callback_coverage import (
    Coverage,
    NewClientRow,
    UncalledRow,
    find_coverage,
)
from advisorcrm.services.callbacks.callback_rows import FollowUpRow, close_follow_up
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.label import Label

_YEAR, _QUARTER, _MONTH = "year", "quarter", "month"
_LETTERS = 8


class FollowUpsDialog(RecordListDialog):
    """Worrying answers and dissatisfied clients, until something came of it (R241)."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("回访待跟进事项"), "triangle-alert", FollowUpRow, parent)
        self.all = CheckBox(_("含已跟进的"))
        self.all.toggled.connect(self.reload)
        self.note = QLineEdit()
        self.note.setAccessibleName(_("跟进结果"))
        self.note.setPlaceholderText(_("怎样处理的，客户怎么说"))
        self.close_button = plain(_("已跟进"), icon="circle-check")
        if around.may(Right.LEAD_LISTS):
            self.top.addWidget(self.note, 1)
            self.top.addWidget(self.close_button)
            self.close_button.clicked.connect(self.close_matter)
            self.note.returnPressed.connect(self.close_matter)
        else:
            self.top.addStretch(1)
        self.top.addWidget(self.all)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return follow_ups(is_open=not self.all.isChecked())

    def nothing(self) -> str:
        """Nothing worries."""
        return _("没有待跟进的回访事项")

    def close_matter(self) -> None:
        """Say what came of the matter at the cursor."""
        row = self.current()
        if isinstance(row, FollowUpRow):
            work = partial(
                close_follow_up, callback_id=row.id, note=self.note.text(),
                today=self._around.today(),
            )  # fmt: skip
            self._around.jobs.write(work, then=self._closed)

    def _closed(self, _answer: object) -> None:
        self.note.clear()


class UncalledDialog(RecordListDialog):
    """All member clients must be called: how many were, and who was not (R222)."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("未回访的会员客户"), "users", UncalledRow, parent)
        periods = [(_YEAR, _("今年")), (_QUARTER, _("本季度")), (_MONTH, _("本月"))]
        self.period = ComboBox(periods)
        self.period.setAccessibleName(_("期间"))
        self.period.setMinimumContentsLength(_LETTERS)
        self.period.currentIndexChanged.connect(self.reload)
        self.coverage = Label("", weight=600)
        self.top.addWidget(self.period)
        self.top.addWidget(self.coverage, 1)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return uncalled_members(self._from_on(), self._around.today())

    def nothing(self) -> str:
        """Everybody was called."""
        return _("会员客户全部回访过了")

    def reload(self) -> None:
        """Read list and figure again."""
        work = partial(find_coverage, from_on=self._from_on(), to_on=self._around.today())
        self._around.jobs.read(work, then=self._show_coverage, key=("coverage", id(self)))
        super().reload()

    def _show_coverage(self, found: Coverage) -> None:
        told = _("会员回访率 {percent}%（{called} / {members}），规定 100%")
        self.coverage.setText(
            told.format(percent=found.percent, called=found.called, members=found.members)
        )
        self.coverage.set_tone("ok" if found.called == found.members else "crit")

    def _from_on(self) -> date:
        today = self._around.today()
        month = {_YEAR: 1, _QUARTER: 3 * ((today.month - 1) // 3) + 1}
        return today.replace(month=month.get(self.period.code(), today.month), day=1)


class NewClientsDialog(RecordListDialog):
    """New clients whose first month is over and who stand on no list (R204)."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("待回访的新客户"), "user-plus", NewClientRow, parent)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return new_client_calls()

    def nothing(self) -> str:
        """Everybody stands on a list."""
        return _("没有满一个月而未列入名单的新客户")
