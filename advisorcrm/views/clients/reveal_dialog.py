"""Asks why a masked value is to be seen; the reason is one key (R16, R148)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from advisorcrm.i18n import _
from advisorcrm.terms import RevealReason
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.dialog_foot import answer_by_key
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 460


class RevealDialog(QDialog):
    """``reasoned(reason, note)``; stays open until the value has come."""

    reasoned = Signal(object, str)

    def __init__(self, what: str, parent: QWidget | None = None, *, seconds: int = 30) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self.reason = RevealReason.CALL
        self.setWindowTitle(_("显示{what}").format(what=what))
        self.chips: dict[RevealReason, Chip] = {}
        for key, reason in enumerate(RevealReason, 1):
            self.chips[reason] = self._make_chip(reason, key)
        self.note = Field(_("原因说明"), QLineEdit(), required=True)
        self.show_button = primary(_("显示"), key="⏎")
        answer_by_key(self, self.show_button)
        self.show_button.clicked.connect(self.submit)
        self._cancel = plain(_("取消"), key="Esc")
        self._cancel.clicked.connect(self.reject)
        self._lay_out()
        self.choose(RevealReason.CALL)

    def choose(self, reason: RevealReason) -> None:
        """Take another reason; 其他 asks for words."""
        self.reason = reason
        for known, chip in self.chips.items():
            chip.setChecked(known is reason)
        is_other = reason is RevealReason.OTHER
        self.note.setVisible(is_other)
        if is_other:
            self.note.focus()

    def submit(self) -> None:
        """Ask for the value with the chosen reason."""
        if self.reason is RevealReason.OTHER and not self.note.check():
            return
        self.reasoned.emit(self.reason, self.note.value())

    def show_problem(self, error: Exception) -> None:
        """The value was refused: say why, and stay."""
        self.note.setVisible(True)
        self.note.show_message(Level.ERROR, str(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """1 to 3 are a reason and show at once, 4 asks for words."""
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self.chips) and not self.note.editor.hasFocus():
            self.choose(list(self.chips)[place])
            if self.reason is not RevealReason.OTHER:
                self.submit()
            return
        super().keyPressEvent(event)

    def _make_chip(self, reason: RevealReason, key: int) -> Chip:
        chip = Chip(f"{reason.label} {key}")
        chip.setAccessibleName(reason.label)
        chip.clicked.connect(self._take_chip)
        return chip

    def _take_chip(self) -> None:
        pressed = self.sender()
        for reason, chip in self.chips.items():
            if chip is pressed:
                self.choose(reason)

    def _lay_out(self) -> None:
        head = dialog_head(self, "eye", _("记入查看日志"))
        asked = QHBoxLayout()
        asked.setSpacing(5)
        asked.addWidget(Label(_("原因"), "text2", "caption"))
        asked.addWidget(Label(_("必填"), "accent", "hint"))
        asked.addStretch(1)
        chips = FlowLayout()
        for chip in self.chips.values():
            chips.addWidget(chip)
        remark = _("显示 {shown} 秒后自动掩码；剪贴板 {cleared} 秒后清空").format(
            shown=self._seconds, cleared=self._seconds
        )
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.show_button)
        whole = dialog_column(self)
        for part in (head, asked, chips):
            whole.addLayout(part)
        whole.addWidget(self.note)
        whole.addWidget(Label(remark, "text2", "caption", wrap=True))
        whole.addStretch(1)
        whole.addLayout(foot)
        self.setMinimumWidth(_WIDE_PX)
