"""One look into one client room: network, environment, equipment, what was found (R36, R40)."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.days.room_rounds import NewRound, record_round
from advisorcrm.services.seats.client_rooms import RoomRow
from advisorcrm.views import messages
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.dialog_foot import answer_by_key, dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 440


class RoundDialog(QDialog):
    """All is well at first; stays open until the round is saved."""

    def __init__(self, around: Surroundings, room: RoomRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._room = room
        self._uuid = str(uuid4())
        self.setWindowTitle(_("巡视记录"))
        self.setMinimumWidth(_WIDE_PX)
        self.network = CheckBox(_("网络顺畅"))
        self.environment = CheckBox(_("环境、卫生良好"))
        self.equipment = CheckBox(_("设备正常"))
        self.finding = Field(
            _("现场情况及处理"), QLineEdit(), hint=_("有一项不正常时必填；现场事务也记在这里")
        )
        self.button = primary(_("保存"), key="⏎")
        answer_by_key(self, self.button)
        self.button.clicked.connect(self.submit)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "map-pin", room.name))
        for box in (self.network, self.environment, self.equipment):
            box.setChecked(True)
            whole.addWidget(box)
        whole.addWidget(self.finding)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))
        self.network.setFocus()

    def submit(self) -> None:
        """Save what was found."""
        now = self._around.now()
        new = NewRound(
            self._uuid, self._room.id, now, self.network.isChecked(),
            self.environment.isChecked(), self.equipment.isChecked(), self.finding.value(),
        )  # fmt: skip
        work = partial(record_round, new=new, now=now)
        self._around.jobs.write(work, then=self._done, failed=self.show_problem)

    def show_problem(self, error: Exception) -> None:
        """Why it was refused, at its place."""
        if isinstance(error, InvalidFieldError) and error.field == "finding":
            self.finding.show_message(Level.ERROR, error.reason)
            self.finding.focus()
        else:
            messages.show_problem(error, self)

    def _done(self, _key: int) -> None:
        self.accept()
