"""Which sheets of a workbook are taken: a chip each, all lit at first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.label import Label

if TYPE_CHECKING:
    from advisorcrm.imports.client_sheet import SheetOffer

_LONGEST = 24


class SheetChips(QWidget):
    """``changed`` with the names of the lit sheets; hidden where there is nothing to choose."""

    changed = Signal(frozenset)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: dict[str, Chip] = {}
        self._flow_box = QWidget()
        self._flow = FlowLayout(self._flow_box, gap=6)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        title = Label(_("导入哪些工作表"), "text2", "caption")
        title.setMinimumHeight(Chip("").sizeHint().height())
        row.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._flow_box, 1)
        self.hide()

    def show_offers(self, offers: Sequence[SheetOffer]) -> None:
        """Show the sheets of a file; those that stay keep their chip, and with it the cursor."""
        if list(self.chips) != [one.name for one in offers]:
            self._make_chips(offers)
        for one in offers:
            chip = self.chips[one.name]
            with QSignalBlocker(chip):
                chip.setChecked(one.is_read)
        self.setVisible(len(offers) > 1)

    def _make_chips(self, offers: Sequence[SheetOffer]) -> None:
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {one.name: Chip(_label(one)) for one in offers}
        for name, chip in self.chips.items():
            chip.setToolTip(name)
            chip.toggled.connect(partial(self._change, name))
            self._flow.addWidget(chip)

    def _change(self, changed: str, _is_lit: bool) -> None:
        lit = frozenset(name for name, chip in self.chips.items() if chip.isChecked())
        if lit:
            self.changed.emit(lit)
        else:  # of nothing there is nothing to import: the last one stays lit
            chip = self.chips[changed]
            with QSignalBlocker(chip):
                chip.setChecked(True)


def _label(offer: SheetOffer) -> str:
    name = offer.name if len(offer.name) <= _LONGEST else f"{offer.name[:_LONGEST]}…"
    return _("{name}（隐藏）").format(name=name) if offer.is_hidden else name
