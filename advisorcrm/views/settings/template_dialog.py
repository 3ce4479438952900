"""Words of a greeting: what for, their name, the words with their places."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.greetings import PLACES
from advisorcrm.services.care.greetings import NewTemplate, TemplateRow
from advisorcrm.terms import CareKind
from advisorcrm.views import theme
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.dialog_foot import answer_by_key, dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field, show_at_field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX, _WORDS_PX = 520, 110


class TemplateDialog(QDialog):
    """``submitted(NewTemplate)``; closed by the opener when it is accepted."""

    submitted = Signal(object)

    def __init__(
        self, row: TemplateRow | None, *, is_own: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._is_own = is_own
        self.setWindowTitle(_("问候模板"))
        self.said = InlineBar()
        self.fields = {
            "kind": Field(_("用于"), ComboBox([(kind.value, kind.label) for kind in CareKind])),
            "name": Field(_("名称"), QLineEdit(), required=True),
            "content": Field(_("内容"), QPlainTextEdit(), required=True),
        }
        if row is not None:
            self.fields["kind"].set_value(row.kind.value)
            self.fields["name"].set_value(row.name)
            self.fields["content"].set_value(row.content)
        places = _("、").join(f"{{{place}}}" for place in PLACES)
        self.save_button = primary(_("保存"), key="Ctrl+Enter")
        answer_by_key(self, self.save_button)
        self.save_button.clicked.connect(self._submit)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "heart", _("我的") if is_own else _("营业部")))
        whole.addWidget(self.said)
        for field in self.fields.values():
            whole.addWidget(field)
        self.fields["content"].editor.setFixedHeight(theme.px(_WORDS_PX))
        said = _("可用：{places}").format(places=places)
        whole.addWidget(Label(said, "text2", "caption", wrap=True))
        whole.addLayout(dialog_foot(self, self.save_button))
        self.setMinimumWidth(theme.px(_WIDE_PX))

    def accept_answer(self, _answer: object) -> None:
        """It is stored."""
        self.accept()

    def show_problem(self, error: Exception) -> None:
        """Say beside the field, or on top, why it was not stored."""
        if not show_at_field(error, self.fields):
            self.said.say(Level.ERROR, str(error))

    def _submit(self, _checked: object = None) -> None:
        wrong = [field for field in self.fields.values() if not field.check()]
        if wrong:
            wrong[0].focus()
            return
        values = {name: field.value() for name, field in self.fields.items()}
        kind = CareKind(values["kind"])
        self.submitted.emit(
            NewTemplate(kind, values["name"], values["content"], is_own=self._is_own)
        )
