"""Bringing an earlier version back: field by field, with a reason; masked values stay masked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.histories.histories import Difference
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 560


class RestoreDialog(EntryDialog):
    """``chosen(fields, why)``; stays open until the values have come back."""

    chosen = Signal(tuple, str)

    def __init__(
        self, version: int, differences: Sequence[Difference], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("恢复第 {number} 版的值").format(number=version))
        self.setMinimumWidth(_WIDE_PX)
        self.boxes: dict[str, CheckBox] = {}
        self._kept = tuple(one for one in differences if not one.field)
        for difference in differences:
            if difference.field:
                text = _("{label}：{new} 改回 {old}").format(
                    label=difference.label,
                    new=difference.new or _("空"),
                    old=difference.old or _("空"),
                )
                box = CheckBox(text.replace("&", "&&"))
                box.toggled.connect(self._follow)
                self.boxes[difference.field] = box
        self.why = Field(_("原因"), QLineEdit(), required=True)
        self.button = primary(_("恢复"), key="Ctrl+Enter")
        self.button.clicked.connect(self.submit)
        self._lay_out()
        self._follow()

    def fields(self) -> tuple[str, ...]:
        """The fields that shall come back."""
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    def submit(self) -> None:
        """Ask for the new version."""
        if self.fields() and self.why.check():
            self.button.setEnabled(False)
            self.chosen.emit(self.fields(), self.why.value().strip())

    def show_problem(self, error: Exception) -> None:
        """Why it was refused, at the reason where all of it stands."""
        self.button.setEnabled(True)
        reason = error.reason if isinstance(error, InvalidFieldError) else str(error)
        self.why.show_message(Level.ERROR, reason)

    def _follow(self) -> None:
        self.button.setEnabled(bool(self.fields()))

    def _lay_out(self) -> None:
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "rotate-ccw"))
        told = _("勾选要恢复的字段。恢复会生成新的一版，现在的值留在历史里；掩码的值不会显示。")
        whole.addWidget(Label(told, "text2", wrap=True))
        whole.addWidget(self._scrolled(), 1)
        if self._kept:
            names = _("、").join(dict.fromkeys(one.label for one in self._kept))
            kept = _("{names} 不在这里恢复，请在各自的卡片里改。").format(names=names)
            whole.addWidget(Label(kept, "text2", "caption", wrap=True))
        whole.addWidget(self.why)
        foot = QHBoxLayout()
        foot.addWidget(Label(_("空格勾选 · Tab 换行"), "text2", "caption"), 1)
        cancel = plain(_("取消"), key="Esc")
        cancel.clicked.connect(self.reject)
        foot.addWidget(cancel)
        foot.addWidget(self.button)
        whole.addLayout(foot)

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("zone", "page")  # the dialog's ground shows through
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        for box in self.boxes.values():
            column.addWidget(box)
        if not self.boxes:
            column.addWidget(Label(_("这两版之间没有可以恢复的字段。"), "text2"))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(min(34 * max(len(self.boxes), 1) + 10, 260))
        area.setWidget(inside)
        return area
