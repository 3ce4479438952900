"""Windows over today: everything that is due, and the rounds of the rooms (R22, R40)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from advisorcrm.exports import day_lists
from advisorcrm.exports.record_list import RecordList
from advisorcrm.i18n import _
from advisorcrm.services.days.room_rounds import RoundRow
from advisorcrm.services.dues.dues import DueRow
from advisorcrm.views.clients.surroundings import Surroundings
from advisorcrm.views.lists.record_list_dialog import RecordListDialog


class DuesDialog(RecordListDialog):
    """The whole list behind the counts of the page, or that of one person."""

    def __init__(
        self, around: Surroundings, user_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, _("到期与逾期"), "alarm-clock", DueRow, parent)
        self._user_id = user_id
        self.reload()

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
        return _("最近一个月没有巡视记录。在今日页的时间表里打开盘中服务即可记。")
