"""How the client took it: one of three chips, or none (客户反映)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.terms import Reaction
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.flow import FlowLayout

_ICONS = {
    Reaction.AGREES: "circle-check",
    Reaction.UNDECIDED: "clock",
    Reaction.DISAGREES: "x",
}


class ReactionChips(QWidget):
    """A second click takes the choice back; ``changed`` after every click."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("客户反映"))
        row = FlowLayout(self)
        self.chips: dict[str, Chip] = {}
        for reaction in Reaction:
            chip = Chip(reaction.label, icon=_ICONS[reaction])
            chip.clicked.connect(partial(self._clicked, str(reaction)))
            row.addWidget(chip)
            self.chips[str(reaction)] = chip

    def code(self) -> str:
        """The reaction, empty if none was noted."""
        return next((code for code, chip in self.chips.items() if chip.isChecked()), "")

    def choose(self, code: str) -> None:
        """Light this one only."""
        for own, chip in self.chips.items():
            chip.setChecked(own == code)

    def _clicked(self, code: str) -> None:
        self.choose(code if self.chips[code].isChecked() else "")
        self.changed.emit()
