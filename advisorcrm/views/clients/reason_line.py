"""A quiet line beside 保存: why something is changed; it may stay empty."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.files.client_checks import SHORT_TEXT
from advisorcrm.views.widgets.fixed_size import FixedSize

_WIDE_PX = 200


class ReasonLine(QLineEdit):
    """Shown while something waits to be saved; what it says stays with the history."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("修改原因（可不填）"))
        self.setAccessibleName(_("修改原因"))
        self.setToolTip(_("随修改一起留在修改历史里"))
        self.setMaxLength(SHORT_TEXT)
        FixedSize(self, width=_WIDE_PX)
        self.hide()
