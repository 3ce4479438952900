"""First conversations that are due after a hand-over, the late ones first (R218)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from advisorcrm.exports.record_list import RecordList
from advisorcrm.exports.record_lists import first_contacts
from advisorcrm.i18n import _
from advisorcrm.services.allocations.first_contacts import FirstContactRow
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.check_box import CheckBox


class FirstContactsDialog(RecordListDialog):
    """All that are due, or the late ones alone."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, _("首次沟通清单"), "handshake", FirstContactRow, parent)
        self.late = CheckBox(_("只看逾期"))
        self.late.toggled.connect(self.reload)
        self.top.addWidget(self.late)
        self.top.addStretch(1)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        return first_contacts(only_late=self.late.isChecked())

    def nothing(self) -> str:
        """Nobody waits."""
        return _("移交的客户都已完成首次沟通")

    def nothing_hint(self) -> str:
        """How something would come to stand there."""
        return _("移交来的客户在首次沟通前列在这里")
