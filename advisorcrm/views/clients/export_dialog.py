"""What for, masked or in full: asked before anything leaves the program (R16, R148)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.dialog_foot import answer_by_key, dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 460


class ExportDialog(QDialog):
    """``purposed(purpose, unmasked)``; masked unless the right and a purpose are given."""

    purposed = Signal(str, bool)

    def __init__(
        self, what: str, *, may_unmask: bool, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._note = note
        self.setWindowTitle(_("导出{what}").format(what=what))
        self.purpose = Field(_("用途"), QLineEdit(), hint=_("记入导出日志"))
        self.unmasked = CheckBox(_("输出完整号码"))
        if not may_unmask:
            self.unmasked.hide()
        self.unmasked.toggled.connect(self._show_warning)
        self.warning = IconLabel(
            "triangle-alert", _("表格将含完整号码，并印上您的姓名和时间。"), "warn"
        )
        self.warning.hide()
        self.go = primary(_("选择保存位置"), key="⏎")
        answer_by_key(self, self.go)
        self.go.clicked.connect(self.submit)
        self._lay_out()
        self.purpose.focus()

    def submit(self) -> None:
        """Give purpose and choice to the page."""
        if self.unmasked.isChecked() and not self.purpose.value():
            self.purpose.show_message(Level.ERROR, _("输出完整号码须写明用途。"))
            self.purpose.focus()
            return
        self.purposed.emit(self.purpose.value(), self.unmasked.isChecked())
        self.accept()

    def _show_warning(self, is_on: bool) -> None:
        self.warning.setVisible(is_on)
        if not is_on:
            self.purpose.clear_message()

    def _lay_out(self) -> None:
        head = dialog_head(self, "upload")
        whole = dialog_column(self)
        whole.addLayout(head)
        whole.addWidget(Label(_("手机、账号、证件号默认掩码。"), "text2", "caption"))
        if self._note:
            whole.addWidget(Label(self._note, "text2", "caption", wrap=True))
        whole.addWidget(self.purpose)
        whole.addWidget(self.unmasked)
        whole.addWidget(self.warning)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.go))
        self.setMinimumWidth(_WIDE_PX)
