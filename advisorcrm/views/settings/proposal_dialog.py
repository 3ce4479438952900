"""The form that asks for another value of a figure that rules prescribe, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

if TYPE_CHECKING:
    from advisorcrm.services.branch.compliance_parameters import ParameterRow


class ProposalDialog(QDialog):
    """``submitted(value, reason)``; closed by the opener when the proposal is accepted."""

    submitted = Signal(str, str)

    def __init__(self, row: ParameterRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("提议修改：{label}").format(label=row.label))
        self.said = InlineBar()
        self.fields = {
            "value": Field(row.label, QLineEdit(), required=True, hint=row.unit),
            "reason": Field(_("原因"), QLineEdit(), required=True, hint=_("写明依据的文件")),
        }
        self.fields["value"].set_value(row.value)
        self.save_button = primary(_("提议"), key="⏎")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._submit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(self.said)
        for field in self.fields.values():
            whole.addWidget(field)
        note = _("另一位客服经理或营业部负责人确认后生效。")
        whole.addWidget(Label(note, "text2", "caption", wrap=True))
        whole.addLayout(dialog_foot(self, self.save_button))
        self.setMinimumWidth(420)

    def show_problem(self, error: Exception) -> None:
        """Say beside the field, or on top, why it could not be proposed."""
        if isinstance(error, InvalidFieldError) and error.field in self.fields:
            self.fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.said.say(Level.ERROR, str(error))

    def _submit(self) -> None:
        checked = [field.check() for field in self.fields.values()]
        if all(checked):
            self.submitted.emit(self.fields["value"].value(), self.fields["reason"].value())
