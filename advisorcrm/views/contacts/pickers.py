"""Small windows that narrow the contacts down: a range of days, a client."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import Direction, read_plain_date
from advisorcrm.services.clients.client_search import FoundClient
from advisorcrm.views import theme
from advisorcrm.views.contacts.client_finder import ClientFinder
from advisorcrm.views.jobs import Jobs
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.dialog_foot import answer_by_key
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.label import Label


class DaysPicker(QDialog):
    """``picked(from, to)``; either may be open."""

    picked = Signal(object, object)

    def __init__(
        self,
        clock: Callable[[], datetime],
        days: tuple[date | None, date | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("选日期"))
        self._clock = clock
        self.first, self.last = DateLine(self._read), DateLine(self._read)
        self.first.setAccessibleName(_("从"))
        self.last.setAccessibleName(_("到"))
        self.first.set_day(days[0])
        self.last.set_day(days[1])
        row = QHBoxLayout()
        for label, line in ((_("从"), self.first), (_("到"), self.last)):
            row.addWidget(Label(label, "text2"))
            row.addWidget(line, 1)
        hint = Label(_("可写 11-16、上周一、3d；空着就是不限"), "text3", "caption")
        _finish(self, row, hint, self._pick)

    def _read(self, text: str) -> date | None:
        try:
            return read_plain_date(text, self._clock(), direction=Direction.PAST).on
        except InvalidFieldError:
            return None

    def _pick(self) -> None:
        first, last = self.first.day(), self.last.day()
        if first and last and last < first:
            first, last = last, first
        self.picked.emit(first, last)
        self.accept()


class ClientPicker(QDialog):
    """``picked(client)`` with the client that was found."""

    picked = Signal(object)

    def __init__(self, jobs: Jobs, book: CodeBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("选客户"))
        self.finder = ClientFinder(jobs, book)
        self.finder.chosen.connect(self._take)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "user"))
        whole.addWidget(self.finder)
        whole.addStretch(1)
        self.resize(theme.px(460), theme.px(330))
        self.finder.start()

    def _take(self, client: FoundClient, _typed: str) -> None:
        self.picked.emit(client)
        self.accept()


def _finish(dialog: QDialog, row: QHBoxLayout, hint: Label, picked: Callable[[], None]) -> None:
    """Hint and buttons below the one row of a small window."""
    ok, cancel = primary(_("确定"), key="⏎"), plain(_("取消"), key="Esc")
    answer_by_key(dialog, ok)
    ok.clicked.connect(picked)
    cancel.clicked.connect(dialog.reject)
    foot = QHBoxLayout()
    foot.addStretch(1)
    foot.addWidget(cancel)
    foot.addWidget(ok)
    whole = dialog_column(dialog)
    whole.addLayout(dialog_head(dialog, "calendar"))
    whole.addLayout(row)
    whole.addWidget(hint)
    whole.addLayout(foot)
    dialog.resize(theme.px(420), dialog.sizeHint().height())
