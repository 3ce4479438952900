"""A table of a few lines that is as high as its lines: the page scrolls, not the table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel


class ShortTable(RecordTable):
    """``stretched`` names the column that takes the room left over."""

    def __init__(
        self,
        model: RecordTableModel,
        name: str,
        stretched: str,
        *,
        has_header: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, name, parent)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(model.section_of(stretched), QHeaderView.ResizeMode.Stretch)
        header.setVisible(has_header)
        for side in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            side(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(self._fit)
        self._fit()

    def set_density(self, density: str) -> None:
        """Row height, and with it the height of the whole."""
        super().set_density(density)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """The page scrolls."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        header = self.horizontalHeader()
        head = 0 if header.isHidden() else header.sizeHint().height()
        rows = self.records().rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(head + rows + 2 * self.frameWidth())
