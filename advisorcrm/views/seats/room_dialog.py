"""Sets up a client room with its rows of seats (manager, R106)."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.seats.client_rooms import MOST_PLACES, MOST_ROWS, NewRoom, add_room
from advisorcrm.views import messages
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.dialog_foot import answer_by_key, dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 420


class RoomDialog(QDialog):
    """Stays open until the room is set up."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.setWindowTitle(_("新客户室"))
        self.setMinimumWidth(_WIDE_PX)
        self.name = Field(_("客户室名称"), QLineEdit(), required=True)
        self.rows = Field(_("排数"), QLineEdit(), required=True, hint=f"1–{MOST_ROWS}")
        self.places = Field(_("每排机位"), QLineEdit(), required=True, hint=f"1–{MOST_PLACES}")
        self.note = Field(_("说明"), QLineEdit(), hint=_("可空"))
        self.button = primary(_("建立"), key="⏎")
        answer_by_key(self, self.button)
        self.button.clicked.connect(self.submit)
        numbers = QHBoxLayout()
        numbers.setSpacing(12)
        numbers.addWidget(self.rows)
        numbers.addWidget(self.places)
        whole = dialog_column(self)
        whole.addWidget(Label(self.windowTitle(), size="subtitle", weight=600))
        whole.addWidget(self.name)
        whole.addLayout(numbers)
        whole.addWidget(self.note)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))
        self.name.focus()

    def submit(self) -> None:
        """Set the room up."""
        checked = [field.check() for field in (self.name, self.rows, self.places)]
        if all(checked):
            new = NewRoom(
                self.name.value(), _number(self.rows), _number(self.places), self.note.value()
            )
            work = partial(add_room, new=new)
            self._around.jobs.write(work, then=self._done, failed=self.show_problem)

    def show_problem(self, error: Exception) -> None:
        """Why it was refused, at its field."""
        fields = {"name": self.name, "rows": self.rows, "places": self.places, "note": self.note}
        if isinstance(error, InvalidFieldError) and error.field in fields:
            fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            messages.show_problem(error, self)

    def _done(self, _room: int) -> None:
        self.accept()


def _number(field: Field) -> int:
    text = field.value().strip()
    return int(text) if text.isdecimal() else 0
