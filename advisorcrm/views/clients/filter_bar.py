"""The second row of the list: active conditions as chips, the line to add more, two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from advisorcrm.i18n import N_, _
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.views import icons
from advisorcrm.views.clients.condition_line import ConditionLine
from advisorcrm.views.clients.conditions import ConditionReader
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label

DENSITIES = {
    "compact": N_("紧凑行高"),
    "standard": N_("标准行高"),
    "two_line": N_("两行"),
}


class FilterBar(QWidget):
    """``removed(field)`` when a chip is closed; the line's own signals are on ``line``."""

    removed = Signal(str)

    def __init__(self, reader: ConditionReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self.line = ConditionLine(reader)
        self.hint = Label("", "text2", "caption")
        self.columns = plain(_("列"), icon="columns-3")
        self.density = plain(_(DENSITIES["standard"]), icon="list-checks")
        self.chips: dict[str, Chip] = {}
        self._chips_area = QWidget()
        self._flow = FlowLayout(self._chips_area)
        self.line.said.connect(self.hint.setText)
        self._lay_out()

    def set_reader(self, reader: ConditionReader) -> None:
        """Read and say conditions with other lists of people."""
        self._reader = reader
        self.line.set_reader(reader)

    def show_query(self, query: ClientFilter) -> None:
        """One chip for each condition; the search stays in the line."""
        self.line.show_text(query.text)
        self.chips.clear()
        empty_layout(self._flow)
        for name, text in self._reader.say(query):
            if name != "text":
                self._flow.addWidget(self._make_chip(name, text))
        self._chips_area.setVisible(bool(self.chips))

    def show_density(self, density: str) -> None:
        """Name the present row height on its button."""
        self.density.show_text(_(DENSITIES[density]))

    def _make_chip(self, name: str, text: str) -> Chip:
        chip = self.chips[name] = Chip(text, closable=True)
        chip.closed.connect(self._remove)
        return chip

    def _remove(self) -> None:
        closed = self.sender()
        for name, chip in self.chips.items():
            if chip is closed:
                self.removed.emit(name)
                return

    def _lay_out(self) -> None:
        self._chips_area.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._chips_area.hide()
        buttons = ButtonRow()
        buttons.add(self.columns)
        buttons.add(self.density)
        self.columns.setToolTip(_("选择列  {key}").format(key="Ctrl+Shift+L"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark("funnel", "text2", icons.SIZE))
        row.addWidget(self._chips_area, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.line)
        row.addWidget(self.hint, 1)
        row.addWidget(buttons)
