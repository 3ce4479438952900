"""The form for another field of the client's file: name, kind, explanation, choices (R19)."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.terms import OwnFieldKind
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_COMMAS = re.compile("[、，,；;]")  # chinese: data


class NewFieldDialog(QDialog):
    """``submitted(new field)``; closed by the opener when the field is accepted."""

    submitted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("添加字段"))
        self.said = InlineBar()
        self.kind = ComboBox([(kind.value, kind.label) for kind in OwnFieldKind])
        self.fields = {
            "label": Field(_("名称"), QLineEdit(), required=True),
            "label_en": Field(_("英文名"), QLineEdit(), hint=_("不填时英文界面也显示中文")),
            "kind": Field(_("字段类型"), self.kind, hint=_("以后不能再改")),
            "choices": Field(_("选项"), QLineEdit(), hint=_("用顿号分开，以后在代码表里改")),
            "explain": Field(_("说明"), QLineEdit(), hint=_("显示在字段旁")),
        }
        self.kind.currentIndexChanged.connect(self._show_kind)
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
        self._show_kind()

    def show_problem(self, error: Exception) -> None:
        """Say beside the field, or on top, why the field was not added."""
        if isinstance(error, InvalidFieldError) and error.field in self.fields:
            self.fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.said.say(Level.ERROR, str(error))

    def _show_kind(self) -> None:
        self.fields["choices"].setVisible(self.kind.code() == OwnFieldKind.CHOICE)

    def _submit(self) -> None:
        from advisorcrm.services.files.own_fields import NewOwnField

        if not self.fields["label"].check():
            return
        texts = {name: field.value() for name, field in self.fields.items()}
        choices = tuple(text.strip() for text in _COMMAS.split(texts["choices"]) if text.strip())
        self.submitted.emit(
            NewOwnField(texts["label"], OwnFieldKind(texts["kind"]), texts["label_en"],
                        texts["explain"], choices)
        )  # fmt: skip
