"""A card of the minutes that lists what a meeting decided: rows, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.views import theme
from advisorcrm.views.table_cells import Look
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import Button
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label

_HEAD_PX, _ROW_PX, _LEAST_ROWS = 32, 32, 2


class DecisionsCard(Card):
    """As high as its rows; a sentence stands where there are none."""

    def __init__(
        self,
        title: str,
        row_type: type[Any],
        nothing: str,
        looks: dict[str, Look],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, margins=(0, 0, 0, 6), spacing=4, parent=parent)
        self.rows: list[Any] = []
        self.model = RecordTableModel(row_type, book=CodeBook(), looks=looks, sortable=False)
        self.table = RecordTable(self.model, title)
        self.empty = Label(nothing, "text2", "caption", wrap=True)
        self.add(self.table)
        line = QHBoxLayout()
        line.setContentsMargins(12, 6, 12, 2)
        line.addWidget(self.empty)
        self.body.addLayout(line)
        self.show_rows([])

    def add_button(self, button: Button) -> Button:
        """An action at the head of the card."""
        self.add_right(button)
        return button

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these."""
        self.rows = list(rows)
        self.model.show_rows(self.rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        high = _HEAD_PX + _ROW_PX * max(len(rows), _LEAST_ROWS)
        self.table.setFixedHeight(theme.px(high))
        if rows and self.table.current_row() < 0:
            self.table.go_to(0)

    def current(self) -> Any | None:
        """The row at the cursor."""
        key = self.table.current_id()
        return next((row for row in self.rows if row.id == key), None)
