"""Lists of on-site clients and of transitions that end (R105, R107)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from advisorcrm.exports.record_list import RecordList
from advisorcrm.exports.record_lists import on_site_clients, transitions_due
from advisorcrm.i18n import _
from advisorcrm.services.seats.seat_plans import OnSiteRow, TransitionRow
from advisorcrm.views import reports
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.surroundings import Surroundings


class OnSiteDialog(RecordListDialog):
    """现场客户: exported in the columns of 客户明细表 with the seat beside them."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("现场客户"), "monitor", OnSiteRow, parent)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it is printed."""
        return on_site_clients()

    def nothing(self) -> str:
        """What stands there when there is nothing."""
        return _("没有现场客户")

    def nothing_hint(self) -> str:
        """Who stands on the list."""
        return _("交易方式含“现场”或有机位的客户列在这里")

    def _export(self) -> None:
        self.export_wanted.emit(reports.on_site_list())


class TransitionsDialog(RecordListDialog):
    """Who must meet the conditions soon or gives the seat up."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("过渡期到期清单"), "timer", TransitionRow, parent)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return transitions_due()

    def nothing(self) -> str:
        """What stands there when there is nothing."""
        return _("两周内没有到期的过渡期")
