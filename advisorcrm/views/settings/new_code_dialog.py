"""The form for another choice of a code list: its name, and the one in English."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level


class NewCodeDialog(QDialog):
    """``submitted(label, english)``; closed by the opener when the choice is accepted."""

    submitted = Signal(str, str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("添加选项：{list}").format(list=title))
        self.said = InlineBar()
        self.fields = {
            "label": Field(_("名称"), QLineEdit(), required=True),
            "label_en": Field(_("英文名"), QLineEdit(), hint=_("不填时英文界面也显示中文")),
        }
        self.save_button = primary(_("添加"), key="⏎")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._submit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(self.said)
        for field in self.fields.values():
            whole.addWidget(field)
        whole.addLayout(dialog_foot(self, self.save_button))
        self.setMinimumWidth(420)

    def show_problem(self, error: Exception) -> None:
        """Say beside the field, or on top, why the choice was not added."""
        if isinstance(error, InvalidFieldError) and error.field in self.fields:
            self.fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.said.say(Level.ERROR, str(error))

    def _submit(self) -> None:
        checked = [field.check() for field in self.fields.values()]
        if all(checked):
            self.submitted.emit(self.fields["label"].value(), self.fields["label_en"].value())
