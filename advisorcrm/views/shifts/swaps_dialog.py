"""Wishes to swap shifts and the answers to them (R237)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from advisorcrm.exports.record_list import RecordList
from advisorcrm.exports.shift_lists import shift_swaps
from advisorcrm.i18n import _, pgettext
from advisorcrm.services.access import Right
from advisorcrm.services.days.shift_swaps import SwapRow, answer_swap
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain, soft
from advisorcrm.views.widgets.check_box import CheckBox


class SwapsDialog(RecordListDialog):
    """The colleague asked, or the manager, agrees or declines."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("换班申请"), "split", SwapRow, parent)
        self.open_only = CheckBox(_("只看待答复的"))
        self.agree_button = soft(pgettext("button", "同意"), icon="check")
        self.decline_button = plain(_("不同意"), icon="x")
        self.top.addWidget(self.open_only)
        self.top.addStretch(1)
        self.open_only.toggled.connect(self.reload)
        if around.may(Right.KEEP_SHIFTS):
            self.add_button(self.agree_button).clicked.connect(partial(self.answer, accepted=True))
            self.add_button(self.decline_button).clicked.connect(
                partial(self.answer, accepted=False)
            )
        self.table.chosen.connect(self._follow)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return shift_swaps(only_open=self.open_only.isChecked())

    def nothing(self) -> str:
        """Nobody wants to swap."""
        return _("没有换班申请")

    def nothing_hint(self) -> str:
        """How something would come to stand there."""
        return _("在值班表里把自己的班换给同事")

    def answer(self, *_clicked: bool, accepted: bool) -> None:
        """Agree to the chosen wish or decline it."""
        row = self.current()
        if isinstance(row, SwapRow):
            work = partial(
                answer_swap, swap_id=row.id, is_accepted=accepted, now=self._around.now()
            )
            self._around.jobs.write(work)

    def show_rows(self, rows: Sequence[SwapRow]) -> None:
        """Show what was read, and what can be answered."""
        super().show_rows(rows)
        self._follow()

    def _follow(self, _row: int = -1) -> None:
        row = self.current()
        may_answer = isinstance(row, SwapRow) and row.may_answer
        for button in (self.agree_button, self.decline_button):
            button.setEnabled(may_answer)
