"""The form for another field of the client's file: name, kind, explanation, choices (R19)."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.terms import OwnFieldKind
from advisorcrm.views.settings.fields_dialog import FieldsDialog
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.field import Field

_COMMAS = re.compile("[、，,；;]")  # chinese: data


class NewFieldDialog(FieldsDialog):
    """``submitted(new field)``."""

    submitted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.kind = ComboBox([(kind.value, kind.label) for kind in OwnFieldKind])
        fields = {
            "label": Field(_("名称"), QLineEdit(), required=True),
            "label_en": Field(_("英文名"), QLineEdit(), hint=_("不填时英文界面也显示中文")),
            "kind": Field(_("字段类型"), self.kind, hint=_("以后不能再改")),
            "choices": Field(_("选项"), QLineEdit(), hint=_("用顿号分开，以后在代码表里改")),
            "explain": Field(_("说明"), QLineEdit(), hint=_("显示在字段旁")),
        }
        super().__init__(_("添加字段"), fields, _("添加"), parent, icon="pencil")
        self.kind.currentIndexChanged.connect(self._show_kind)
        self._show_kind()

    def send(self) -> None:
        """The field, its choices one by one."""
        from advisorcrm.services.files.own_fields import NewOwnField

        texts = {name: field.value() for name, field in self.fields.items()}
        choices = tuple(text.strip() for text in _COMMAS.split(texts["choices"]) if text.strip())
        self.submitted.emit(
            NewOwnField(texts["label"], OwnFieldKind(texts["kind"]), texts["label_en"],
                        texts["explain"], choices)
        )  # fmt: skip

    def _show_kind(self) -> None:
        self.fields["choices"].setVisible(self.kind.code() == OwnFieldKind.CHOICE)
