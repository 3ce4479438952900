"""The form for another choice of a code list: its name, and the one in English."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.settings.fields_dialog import FieldsDialog
from advisorcrm.views.widgets.field import Field


class NewCodeDialog(FieldsDialog):
    """``submitted(label, english)``."""

    submitted = Signal(str, str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        fields = {
            "label": Field(_("名称"), QLineEdit(), required=True),
            "label_en": Field(_("英文名"), QLineEdit(), hint=_("不填时英文界面也显示中文")),
        }
        heading = _("添加选项：{list}").format(list=title)
        super().__init__(heading, fields, _("添加"), parent, icon="tag")

    def send(self) -> None:
        """The names in both languages."""
        self.submitted.emit(self.fields["label"].value(), self.fields["label_en"].value())
