"""Matters of all shifts: sorted into the four kinds, settled, printed (R234, R263)."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm import terms
from advisorcrm.exports.record_list import RecordList
from advisorcrm.exports.shift_lists import shift_memos
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.days.shift_memos import MemoFilter, MemoRow, settle_memo, sort_memo
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox


class MemosDialog(RecordListDialog):
    """Narrowed to a kind and to what is open; the chosen matter is sorted or settled."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("值班问题"), "list-checks", MemoRow, parent)
        kinds = [
            (code, around.book.label(terms.SHIFT_QUESTION, code))
            for code in around.book.codes(terms.SHIFT_QUESTION)
        ]
        self.kind = ComboBox(kinds, empty=_("全部类别"))
        self.kind.setAccessibleName(_("看哪一类"))
        self.open_only = CheckBox(_("只看未处理的"))
        self.aim = ComboBox(kinds)
        self.aim.setAccessibleName(_("归为"))
        self.forward = QLineEdit()
        self.outcome = QLineEdit()
        self.sort_button = plain(_("归类"), icon="tag")
        self.settle_button = plain(_("处理完"), icon="circle-check")
        self._arrange()
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        query = MemoFilter(category=self.kind.code() or None, only_open=self.open_only.isChecked())
        return shift_memos(query)

    def nothing(self) -> str:
        """No matter stands here."""
        return _("没有值班问题")

    def nothing_hint(self) -> str:
        """How something would come to stand there."""
        return _("值班问题在值班日志的备忘录里登记")

    def sort(self) -> None:
        """Put the chosen matter into a kind."""
        row = self.current()
        if isinstance(row, MemoRow):
            work = partial(
                sort_memo, memo_id=row.id, category=self.aim.code(),
                forwarded_to=self.forward.text(),
            )  # fmt: skip
            self._around.jobs.write(work, then=self._emptied)

    def settle(self) -> None:
        """The chosen matter is done."""
        row = self.current()
        if isinstance(row, MemoRow):
            work = partial(
                settle_memo, memo_id=row.id, outcome=self.outcome.text(), now=self._around.now()
            )
            self._around.jobs.write(work, then=self._emptied)

    def _emptied(self, _answer: object) -> None:
        self.forward.clear()
        self.outcome.clear()

    def _arrange(self) -> None:
        for box in (self.kind, self.aim):
            box.setMinimumContentsLength(8)
        self.top.addWidget(self.kind)
        self.top.addWidget(self.open_only)
        self.top.addStretch(1)
        self.kind.currentIndexChanged.connect(self.reload)
        self.open_only.toggled.connect(self.reload)
        if not self._around.may(Right.KEEP_SHIFTS):
            return
        for line, name in ((self.forward, _("转交给谁，可空")), (self.outcome, _("处理结果"))):
            line.setAccessibleName(name)
            line.setPlaceholderText(name)
        for widget, share in (
            (self.aim, 2), (self.forward, 3), (self.sort_button, 0), (self.outcome, 4),
            (self.settle_button, 0),
        ):  # fmt: skip
            self.entry.addWidget(widget, share)
        self.sort_button.clicked.connect(self.sort)
        self.settle_button.clicked.connect(self.settle)
        self.outcome.returnPressed.connect(self.settle)
