"""Matters reported to the leader, and the answers (上报事项, R47)."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.exports.day_lists import day_matters
from advisorcrm.exports.record_list import RecordList
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.days.day_matters import MatterRow, answer_matter
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import soft
from advisorcrm.views.widgets.check_box import CheckBox


class MattersDialog(RecordListDialog):
    """Those who lead answer the chosen matter; the advisor reads the own ones."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("上报事项"), "messages-square", MatterRow, parent)
        self.open_only = CheckBox(_("只看没有批示的"))
        self.answer_line = QLineEdit()
        self.answer_button = soft(_("批示"), icon="check", key="⏎")
        self.top.addWidget(self.open_only)
        self.top.addStretch(1)
        self.open_only.toggled.connect(self.reload)
        if around.may(Right.LEAD_TEAM):
            self.answer_line.setAccessibleName(_("批示"))
            self.answer_line.setPlaceholderText(_("对选中事项的批示"))
            self.entry.addWidget(self.answer_line, 1)
            self.entry.addWidget(self.answer_button)
            self.answer_line.returnPressed.connect(self.answer)
            self.answer_button.clicked.connect(self.answer)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return day_matters(only_open=self.open_only.isChecked())

    def nothing(self) -> str:
        """Nobody reported anything."""
        return _("没有上报事项")

    def nothing_hint(self) -> str:
        """How something would come to stand there."""
        return _("上报事项在“今日收尾”里写")

    def answer(self) -> None:
        """Say what is to be done about the chosen matter."""
        row = self.current()
        if isinstance(row, MatterRow):
            work = partial(
                answer_matter, matter_id=row.id, answer=self.answer_line.text(),
                now=self._around.now(),
            )  # fmt: skip
            self._around.jobs.write(work, then=self._answered)

    def _answered(self, _answer: object) -> None:
        self.answer_line.clear()

    def _open(self, _line: int) -> None:
        self.answer_line.setFocus()
