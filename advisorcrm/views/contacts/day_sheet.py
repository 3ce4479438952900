"""The day's memo as it prints, following the day that is looked at (R82)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.exports.contact_log import LogRequest, contact_log_sheet
from advisorcrm.exports.imprint import Imprint
from advisorcrm.exports.sheet import Sheet
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.branch.branches import BranchInfo, get_branch
from advisorcrm.services.contacts.contact_logs import ContactLogTotals
from advisorcrm.views import theme
from advisorcrm.views.contacts.log_lines import CLIENTS_A_DAY
from advisorcrm.views.paper import stack_up
from advisorcrm.views.print_preview import PageView, PaperArea
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import Button, bare, quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

_AROUND = 10


class DaySheet(Card):
    """``day_wanted(day)`` by its arrows, ``log_wanted`` for one more conversation."""

    day_wanted = Signal(object)
    log_wanted = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(_("日报"), margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self._around = around
        self._branch: BranchInfo | None = None
        self._author_id: int | None = around.actor.user_id
        self.day = around.today()
        self.sheet: Sheet | None = None
        self.area = PaperArea()
        self.gap = Badge("", "warn")
        self.next_button = quiet(_("记下一位"), icon="plus", key="N")
        if not around.may(Right.LOG_CONTACTS):
            self.next_button.hide()
        self._lay_out()
        self.area.resized.connect(self._fit)
        self.next_button.clicked.connect(self.log_wanted)

    def show_day(self, day: date, author_id: int | None) -> None:
        """Another day, of one author or of all."""
        self.day, self._author_id = day, author_id
        self.title.setText(_("日报 {day}").format(day=f"{day:%m-%d}"))
        self.reload()

    def reload(self) -> None:
        """Fill the sheet anew, unless nobody looks."""
        if not self.isVisible():
            return
        if self._branch is None:
            self._around.jobs.read(get_branch, then=self._take_branch, key="day_sheet.branch")
        else:
            self._read_sheet(self._branch)

    def show_figures(self, totals: ContactLogTotals | None) -> None:
        """Name the missing client, where one person's day is shown."""
        missing = CLIENTS_A_DAY - (totals.clients if totals else 0)
        is_asked = self._author_id is not None and totals is not None
        if missing > 0:
            self.gap.show_badge(
                _("还差 {count} 位客户").format(count=missing), "warn", "triangle-alert"
            )
        else:
            self.gap.show_badge(_("已满 {count} 位").format(count=CLIENTS_A_DAY), "ok", "check")
        self.gap.setVisible(is_asked)

    def request(self) -> LogRequest:
        """The sheet as the printer wants it."""
        return LogRequest(author_id=self._author_id, from_on=self.day, to_on=self.day)

    def show_earlier(self) -> None:
        """``[``: the day before."""
        self.day_wanted.emit(self.day - timedelta(days=1))

    def show_later(self) -> None:
        """``]``: the day after, up to today."""
        if self.day < self._around.today():
            self.day_wanted.emit(self.day + timedelta(days=1))

    def _lay_out(self) -> None:
        self.add_right(Label(_("F4 收起"), "text2", "caption"))
        earlier = bare("chevron-left", _("前一天"), key="[")
        later = bare("chevron-right", _("后一天"), key="]")
        steps: tuple[tuple[Button, Callable[[], None]], ...] = (
            (earlier, self.show_earlier),
            (later, self.show_later),
        )
        for button, slot in steps:
            button.clicked.connect(slot)
            self.add_right(button)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(_("日报"))
        desk = QWidget()
        desk.setProperty("zone", "sunken")
        desk.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        around = QVBoxLayout(desk)
        around.setContentsMargins(1, 8, 1, 8)
        around.addWidget(self.area)
        holder = QVBoxLayout()
        holder.setContentsMargins(8, 8, 8, 0)
        holder.addWidget(desk)
        self.body.addLayout(holder, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 6, 8, 6)
        foot.addWidget(self.gap)
        foot.addStretch(1)
        foot.addWidget(self.next_button)
        self.body.addLayout(foot)

    def _take_branch(self, branch: BranchInfo) -> None:
        self._branch = branch
        self._read_sheet(branch)

    def _read_sheet(self, branch: BranchInfo) -> None:
        actor = self._around.actor
        seen = Imprint(
            branch=branch.name,
            company=branch.company,
            printed_by=actor.name,
            at=self._around.now(),
        )
        self._around.jobs.read(
            partial(contact_log_sheet, request=self.request(), imprint=seen),
            then=self._show_sheet,
            key="day_sheet.sheet",
        )

    def _show_sheet(self, sheet: Sheet) -> None:
        self.sheet = sheet
        page = PageView(stack_up(sheet))
        self.area.setWidget(page)
        self._fit()

    def _fit(self) -> None:
        page = self.area.widget()
        if isinstance(page, PageView):
            page.fit(max(self.area.viewport().width() - theme.px(_AROUND), 1))
