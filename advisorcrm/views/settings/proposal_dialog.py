"""The form that asks for another value of a figure that rules prescribe, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.settings.fields_dialog import FieldsDialog
from advisorcrm.views.widgets.field import Field

if TYPE_CHECKING:
    from advisorcrm.services.branch.compliance_parameters import ParameterRow


class ProposalDialog(FieldsDialog):
    """``submitted(value, reason)``."""

    submitted = Signal(str, str)

    def __init__(self, row: ParameterRow, parent: QWidget | None = None) -> None:
        fields = {
            "value": Field(row.label, QLineEdit(), required=True, hint=row.unit),
            "reason": Field(_("原因"), QLineEdit(), required=True, hint=_("写明依据的文件")),
        }
        fields["value"].set_value(row.value)
        super().__init__(
            _("提议修改：{label}").format(label=row.label), fields, _("提议"), parent,
            note=_("另一位客服经理或营业部负责人确认后生效。"), icon="scale",
        )  # fmt: skip

    def send(self) -> None:
        """The value as it was typed, and the reason."""
        self.submitted.emit(self.fields["value"].value(), self.fields["reason"].value())
