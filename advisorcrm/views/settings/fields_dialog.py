"""A few fields one below the other, and one button: what settings ask for something new by."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QDialog, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.dialog_foot import answer_by_key, dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDTH = 420


class FieldsDialog(QDialog):
    """Closed by the opener when the answers are accepted; until then nothing is sent twice."""

    def __init__(
        self,
        title: str,
        fields: Mapping[str, Field],
        deed: str,
        parent: QWidget | None = None,
        *,
        note: str = "",
        icon: str = "plus",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.said = InlineBar()
        self.fields = dict(fields)
        self.save_button = primary(deed, key="⏎")
        answer_by_key(self, self.save_button)
        self.save_button.clicked.connect(self._submit)
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, icon))
        whole.addWidget(self.said)
        for field in self.fields.values():
            whole.addWidget(field)
        if note:
            whole.addWidget(Label(note, "text2", "caption", wrap=True))
        whole.addLayout(dialog_foot(self, self.save_button))
        self.setMinimumWidth(_WIDTH)

    def send(self) -> None:
        """Tell the opener what was filled in."""
        raise NotImplementedError

    def show_problem(self, error: Exception) -> None:
        """Say beside the field, or on top, why it was not accepted."""
        self.save_button.setEnabled(True)
        if isinstance(error, InvalidFieldError) and error.field in self.fields:
            self.fields[error.field].show_message(Level.ERROR, error.reason)
        else:
            self.said.say(Level.ERROR, str(error))

    def _submit(self) -> None:
        checked = [field.check() for field in self.fields.values()]
        if all(checked) and self.save_button.isEnabled():
            self.save_button.setEnabled(False)
            self.send()
