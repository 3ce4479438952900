"""A holiday of the branch's own: its name and day by either calendar."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.care.festivals import NewFestival
from advisorcrm.terms import FestivalCalendar
from advisorcrm.views import theme
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import answer_by_key, dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 380


class FestivalDialog(QDialog):
    """``submitted(NewFestival)``; closed by the opener when it is accepted."""

    submitted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("添加节日"))
        self.said = InlineBar()
        calendars = [(one.value, one.label) for one in FestivalCalendar]
        self.fields = {
            "name": Field(_("名称"), QLineEdit(), required=True, hint=_("如 店庆")),
            "calendar": Field(_("历法"), ComboBox(calendars)),
            "month": Field(_("月"), ComboBox([(str(one), str(one)) for one in range(1, 13)])),
            "day": Field(_("日"), ComboBox([(str(one), str(one)) for one in range(1, 32)])),
        }
        self.save_button = primary(_("添加"), key="⏎")
        answer_by_key(self, self.save_button)
        self.save_button.clicked.connect(self._submit)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "calendar"))
        whole.addWidget(self.said)
        for field in self.fields.values():
            whole.addWidget(field)
        whole.addLayout(dialog_foot(self, self.save_button))
        self.setMinimumWidth(theme.px(_WIDE_PX))

    def accept_answer(self, _answer: object) -> None:
        """It is stored."""
        self.accept()

    def show_problem(self, error: Exception) -> None:
        """Say beside the field, or on top, why it was not added."""
        if isinstance(error, InvalidFieldError) and error.field in self.fields:
            self.fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.said.say(Level.ERROR, str(error))

    def _submit(self, _checked: object = None) -> None:
        if not self.fields["name"].check():
            return
        values = {name: field.value() for name, field in self.fields.items()}
        self.submitted.emit(
            NewFestival(
                values["name"],
                FestivalCalendar(values["calendar"]),
                int(values["month"]),
                int(values["day"]),
            )
        )
