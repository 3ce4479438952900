"""Who had whom and when: of the client at hand, or of one advisor (R217)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from advisorcrm.exports.record_list import RecordList
from advisorcrm.exports.record_lists import advisor_clients, client_advisors
from advisorcrm.i18n import _
from advisorcrm.services.access import sees_branch
from advisorcrm.services.allocations.advisor_periods import AdvisorPeriod
from advisorcrm.services.branch.users import list_advisors
from advisorcrm.views.lists.record_list_dialog import RecordListDialog
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.combo_box import ComboBox

_CLIENT = "client"
_LEAST_LETTERS = 12


class PeriodsDialog(RecordListDialog):
    """The client's advisors first, if one is at hand; any advisor's clients by choice."""

    def __init__(
        self, around: Surroundings, client_id: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, _("历任客服专员"), "users", AdvisorPeriod, parent)
        self._client_id = client_id
        me = around.actor
        self._first = [(_CLIENT, _("当前客户"))] if client_id else []
        self.whose = ComboBox([*self._first, (str(me.user_id), me.name)])
        self.whose.setAccessibleName(_("看谁的记录"))
        self.whose.setMinimumContentsLength(_LEAST_LETTERS)
        self.whose.currentIndexChanged.connect(self.reload)
        self.top.addWidget(self.whose)
        self.top.addStretch(2)
        if sees_branch(around.actor):
            around.jobs.read(list_advisors, then=self._offer)
        self.name_client(client_id)
        self.reload()

    def listed(self) -> RecordList:
        """The list as it leaves the program."""
        whose = self.whose.code()
        if whose == _CLIENT and self._client_id is not None:
            return client_advisors(self._client_id)
        return advisor_clients(int(whose or self._around.actor.user_id))

    def _offer(self, advisors: list[tuple[int, str, str]]) -> None:
        people = [(str(key), f"{name} {number}") for key, number, name in advisors]
        self.whose.set_choices([*self._first, *people])
        me = self._around.actor.user_id
        if not self._client_id:  # who sees the branch looks after others
            self.whose.set_code(next((key for key, _name in people if key != str(me)), str(me)))
