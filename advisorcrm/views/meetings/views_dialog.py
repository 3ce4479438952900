"""The one view of each stock or report on a day, found by its code or a part of its name (R24)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from advisorcrm.exports.day_lists import company_views
from advisorcrm.exports.record_list import RecordList
from advisorcrm.i18n import _
from advisorcrm.services.meetings.company_views import CompanyViewRow
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.search_line import SearchLine


class ViewsDialog(RecordListDialog):
    """What the branch says today, or on another day; the search has the cursor."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("统一观点"), "search", CompanyViewRow, parent)
        self.search = SearchLine(_("股票代码、名称或报告"))
        self.day = DateLine()
        self.day.setAccessibleName(_("哪一天"))
        self.day.set_day(around.today())
        self.day.setMaximumWidth(160)
        self.top.addWidget(self.search, 1)
        self.top.addWidget(self.day)
        self.search.searched.connect(self.reload)
        self.day.textChanged.connect(self.reload)
        self.search.setFocus()
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return company_views(self.day.day() or self._around.today(), self.search.text().strip())

    def nothing(self) -> str:
        """No view holds."""
        return _("这一天没有这样的统一观点")
