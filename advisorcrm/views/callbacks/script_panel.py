"""The script beside a call: what to say at each turn, with the names in place (R225, R243)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.callback_scripts import spoken
from advisorcrm.services.callbacks.callback_scripts import ScriptRow
from advisorcrm.terms import CallbackOutcome, ScriptPart
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.upright_area import scrolling

_BRANCH_OF = {
    CallbackOutcome.SATISFIED: ScriptPart.SATISFIED,
    CallbackOutcome.FAIR: ScriptPart.NOT_SATISFIED,
    CallbackOutcome.DISSATISFIED: ScriptPart.NOT_SATISFIED,
}


class ScriptPanel(Card):
    """One turn of the call at a time; what the client answers leads to its branch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("话术"), margins=(12, 8, 12, 10), spacing=8, parent=parent)
        self.library = quiet(_("话术库"), icon="list")
        self.add_right(self.library)
        self._scripts: Sequence[ScriptRow] = ()
        self._words = {"salutation": "", "caller": "", "branch": ""}
        self.part = ScriptPart.OPENING
        self.chips: dict[ScriptPart, Chip] = {}
        row = QWidget()
        flow = FlowLayout(row)
        for part in ScriptPart:
            chip = Chip(part.label)
            chip.clicked.connect(partial(self.turn_to, part))
            flow.addWidget(chip)
            self.chips[part] = chip
        self.add(row)
        self._content = QWidget()
        self._content.setProperty("zone", "page")
        self._passages = QVBoxLayout(self._content)
        self._passages.setContentsMargins(0, 4, 6, 4)
        self._passages.setSpacing(10)
        self.add(scrolling(self._content), 1)

    def show_scripts(
        self, scripts: Sequence[ScriptRow], *, salutation: str, caller: str, branch: str
    ) -> None:
        """The passages for one call."""
        self._scripts = scripts
        self._words = {"salutation": salutation, "caller": caller, "branch": branch}
        self.turn_to(self.part)

    def follow(self, outcome: CallbackOutcome | None) -> None:
        """The client has said how satisfied he is: his branch of the script (R225)."""
        self.turn_to(_BRANCH_OF[outcome] if outcome else ScriptPart.OPENING)

    def turn_to(self, part: ScriptPart) -> None:
        """Show what is said at this turn."""
        self.part = part
        for own, chip in self.chips.items():
            chip.setChecked(own is part)
        while (item := self._passages.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for script in self._scripts:
            if script.part is part:
                self._passages.addWidget(Label(script.title, "text2", "caption"))
                self._passages.addWidget(Label(spoken(script.words, **self._words), wrap=True))
        self._passages.addStretch(1)

    def text(self) -> str:
        """All that is shown of the script now."""
        items = (self._passages.itemAt(place) for place in range(self._passages.count()))
        found = (item.widget() for item in items if item is not None)
        return "\n".join(widget.text() for widget in found if isinstance(widget, Label))
