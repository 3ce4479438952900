"""Who takes part in an allocation, and how large a share each can carry (R217)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.rules.allocation import FULL_WEIGHT
from advisorcrm.services.allocations.allocations import AdvisorLoad
from advisorcrm.views import theme
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.widgets.check_box import CheckBox
from advisorcrm.views.widgets.combo_box import ComboBox

WEIGHTS = (25, 50, 75, 100, 125, 150, 200)
_WEIGHT_PX = 92


class TargetList(QWidget):
    """One line for each advisor: ticked or not, with a weight; ``changed`` after any change."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "page")
        self.boxes: dict[int, CheckBox] = {}
        self.weights: dict[int, ComboBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_advisors(
        self,
        loads: Sequence[AdvisorLoad],
        *,
        leaving: int | None = None,
        after: QWidget | None = None,
    ) -> None:
        """Everybody at work but the one whose clients are shared out.

        Tab comes to them from ``after``, as the eye does; made later, they would come last.
        """
        empty_layout(self._column)
        self.boxes.clear()
        self.weights.clear()
        for load in loads:
            if load.is_active and load.id != leaving:
                self._column.addWidget(self._line(load))
        self._column.addStretch(1)
        if after is not None:
            self._follow(after)

    def targets(self) -> tuple[tuple[int, int], ...]:
        """The ticked ones with their weights."""
        return tuple(
            (key, int(self.weights[key].code()))
            for key, box in self.boxes.items()
            if box.isChecked()
        )

    def _follow(self, before: QWidget) -> None:
        for key, box in self.boxes.items():
            QWidget.setTabOrder(before, box)
            QWidget.setTabOrder(box, self.weights[key])
            before = self.weights[key]

    def _line(self, load: AdvisorLoad) -> QWidget:
        box = CheckBox(f"{load.name} {load.employee_no}")
        box.setChecked(load.serves_clients)
        weight = ComboBox([(str(value), f"{value}%") for value in WEIGHTS])
        weight.set_code(str(FULL_WEIGHT))
        weight.setAccessibleName(_("{name}的业务能力").format(name=load.name))
        weight.setToolTip(weight.accessibleName())
        weight.setFixedWidth(theme.px(_WEIGHT_PX))
        weight.setEnabled(box.isChecked())
        box.toggled.connect(weight.setEnabled)
        box.toggled.connect(self.changed)
        weight.currentIndexChanged.connect(self.changed)
        self.boxes[load.id], self.weights[load.id] = box, weight
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(box, 1)
        row.addWidget(weight)
        return line
