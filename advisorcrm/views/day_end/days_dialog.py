"""Work logs of the last days: the own ones, or everybody's for those who lead (R47)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from advisorcrm.exports.day_lists import day_closings
from advisorcrm.exports.record_list import RecordList
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.days.day_closings import DayRow
from advisorcrm.terms import AccessKind
from advisorcrm.views import day_reports
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.combo_box import ComboBox

_WEEK, _MONTH, _YEAR = "7", "31", "366"


class DaysDialog(RecordListDialog):
    """Enter or the button prints the chosen day."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("工作日志清单"), "file-text", DayRow, parent)
        periods = [(_WEEK, _("近一周")), (_MONTH, _("近一月")), (_YEAR, _("近一年"))]
        self.period = ComboBox(periods)
        self.period.setAccessibleName(_("期间"))
        self.period.setMinimumContentsLength(8)
        self.day_button = plain(_("打印这一天"), icon="printer", key="⏎")
        self.top.addWidget(self.period)
        self.top.addStretch(1)
        self.period.currentIndexChanged.connect(self.reload)
        if around.may(Right.EXPORT):
            self.add_button(self.day_button).clicked.connect(self.print_day)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return day_closings(days=int(self.period.code() or _WEEK))

    def nothing(self) -> str:
        """Nobody wrote."""
        return _("这段时间没有工作日志")

    def nothing_hint(self) -> str:
        """How something would come to stand there."""
        return _("工作日志在“今日收尾”里写")

    def print_day(self) -> None:
        """The chosen day on paper."""
        row = self.current()
        if isinstance(row, DayRow) and self._around.may(Right.EXPORT):
            self.print_wanted.emit(day_reports.day_closing(row.on, row.user_id, AccessKind.PRINT))

    def _open(self, _line: int) -> None:
        self.print_day()
