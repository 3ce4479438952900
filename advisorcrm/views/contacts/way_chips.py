"""The way of a conversation: five chips with keys of their own, the rest behind 其他 (R81)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _, pgettext
from advisorcrm.views.contacts.ways import KEYED, keyed_ways, other_ways, way_icon
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.flow import FlowLayout


class WayChips(QWidget):
    """One way is chosen by click or by Alt+1 … Alt+6; ``changed`` after every choice."""

    changed = Signal()

    def __init__(self, book: CodeBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._code = ""
        self._chips: dict[str, Chip] = {}
        self._row = FlowLayout(self)
        for number, code in enumerate(keyed_ways(book), start=1):
            chip = self._add(book.label(terms.CONTACT_WAY, code), way_icon(code), number)
            chip.clicked.connect(partial(self.choose, code))
            self._chips[code] = chip
        self.other = self._add(pgettext("way", "其他"), "ellipsis", KEYED + 1)
        self.other.clicked.connect(self.open_others)
        self.setAccessibleName(_("沟通方式"))

    def code(self) -> str:
        """The chosen way."""
        return self._code

    def choose(self, code: str) -> None:
        """Choose a way; one of the others names itself on the last chip."""
        is_new = code != self._code
        self._code = code
        for own, chip in self._chips.items():
            chip.setChecked(own == code)
        is_other = bool(code) and code not in self._chips
        self.other.setChecked(is_other)
        label = self._book.label(terms.CONTACT_WAY, code) if is_other else pgettext("way", "其他")
        self.other.setText(f"{label} {KEYED + 1}")
        if is_new:
            self.changed.emit()

    def open_others(self) -> None:
        """Offer the ways that have no chip."""
        self.choose(self._code)  # the click has lit the chip; only a choice does
        menu = QMenu(self)
        for code in other_ways(self._book):
            action = menu.addAction(self._book.label(terms.CONTACT_WAY, code))
            action.triggered.connect(partial(self.choose, code))
        menu.popup(self.other.mapToGlobal(QPoint(0, self.other.height())))

    def _add(self, label: str, icon: str, number: int) -> Chip:
        chip = Chip(f"{label} {number}", icon=icon)
        key = QShortcut(QKeySequence(f"Alt+{number}"), self)
        key.activated.connect(chip.click)
        chip.setToolTip(f"Alt+{number}")
        self._row.addWidget(chip)
        return chip
