"""A card with a short list and a line to add to it: tomorrow's plan, matters for the leader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.line import Line


class EntryCard(Card):
    """``added(text)`` by Enter in the line, ``removed(id)`` by Delete on an entry."""

    added = Signal(str)
    removed = Signal(int)

    def __init__(
        self, title: str, row_type: type[Any], columns: Sequence[str], hint: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, sub=" ", margins=(0, 0, 0, 0), spacing=0, parent=parent)
        self.model = RecordTableModel(row_type, book=CodeBook(), columns=columns, sortable=False)
        self.table = RecordTable(self.model, title)
        self.line = QLineEdit()
        self.line.setAccessibleName(title)
        self.line.setPlaceholderText(hint)
        self.button = plain(_("添加"), icon="plus", key="⏎")
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(12, 6, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.add(self.table, 1)
        self.add(Line())
        self.add(self._foot)
        self.line.returnPressed.connect(self._add)
        self.button.clicked.connect(self._add)

    def show_rows(self, rows: Sequence[Any], *, may_write: bool) -> None:
        """Show the entries, and the line where it may be added to."""
        self.model.show_rows(rows)
        self.sub.setText(str(len(rows)) if rows else _("还没有"))
        self._foot.setVisible(may_write)

    def take_back(self, text: str) -> None:
        """The entry was refused: its words stand in the line again."""
        if not self.line.text():
            self.line.setText(text)
            self.line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete takes the entry at the cursor out."""
        key = self.table.current_id() if self.table.hasFocus() else None
        if event.key() == Qt.Key.Key_Delete and key is not None and self._foot.isVisibleTo(self):
            self.removed.emit(key)
            return
        super().keyPressEvent(event)

    def _add(self) -> None:
        text = self.line.text().strip()
        if text:
            self.line.clear()
            self.added.emit(text)
