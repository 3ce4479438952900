"""Whether a conversation held investment advice; then its basis must be named (依据)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QMenu, QRadioButton, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import icons
from advisorcrm.views.widgets.field import Field
from advisorcrm.views.widgets.flow import FlowLayout


class AdviceChoice(QWidget):
    """否 or 是; the field ``basis`` is shown, elsewhere, with 是."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("属于投资建议"))
        self._bases: tuple[str, ...] = ()
        self._is_filling = False
        self.no = QRadioButton(_("否"))
        self.yes = QRadioButton(_("是 → 须填依据"))
        group = QButtonGroup(self)
        row = FlowLayout(self, gap=16)
        for button in (self.no, self.yes):
            group.addButton(button)
            row.addWidget(button)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("例如 研究所《电气设备周报》2026-11-19"))
        self.basis = Field(_("依据 / 数据来源"), self.line, required=True)
        pick = self.line.addAction(
            icons.icon("chevron-down"), QLineEdit.ActionPosition.TrailingPosition
        )
        pick.setToolTip(_("用过的依据"))
        pick.triggered.connect(self._show_bases)
        self.yes.toggled.connect(self._toggled)
        self.basis.changed.connect(self._tell)
        self.fill(is_advice=False, basis="")

    def is_advice(self) -> bool:
        """Whether 是 is chosen."""
        return self.yes.isChecked()

    def fill(self, *, is_advice: bool, basis: str) -> None:
        """Show what a draft holds."""
        self._is_filling = True
        (self.yes if is_advice else self.no).setChecked(True)
        self.basis.set_value(basis)
        self.basis.setVisible(is_advice)
        self.basis.clear_message()
        self._is_filling = False

    def offer(self, bases: Sequence[str]) -> None:
        """Sources named before, behind the chevron."""
        self._bases = tuple(dict.fromkeys(basis for basis in bases if basis))

    def _toggled(self, is_advice: bool) -> None:
        self.basis.setVisible(is_advice)
        if is_advice and not self._is_filling:
            self.basis.focus()
        self._tell()

    def _tell(self) -> None:
        if not self._is_filling:
            self.changed.emit()

    def _show_bases(self) -> None:
        menu = QMenu(self)
        for basis in self._bases:
            menu.addAction(basis).triggered.connect(partial(self.line.setText, basis))
        if not self._bases:
            menu.addAction(_("还没有用过的依据")).setEnabled(False)
        menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height())))
