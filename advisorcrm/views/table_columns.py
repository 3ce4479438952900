"""The columns of a table: their widths, order and visibility, and where they lie on screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from advisorcrm.views import theme
from advisorcrm.views.cell_widths import declared_width
from advisorcrm.views.column_room import ColumnRoom
from advisorcrm.views.row_places import RowPlaces
from advisorcrm.views.table_painter import Section
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.fixed_size import FixedSize

_CHECK_PX = 32
_HEADER_PX = 28
_LEAST_PX = 28


class TableColumns(QObject):
    """The header of one table; its ``room`` makes columns wider than declared where it can."""

    def __init__(self, table: QTableView, records: RecordTableModel, places: RowPlaces) -> None:
        super().__init__(table)
        self._header = table.horizontalHeader()
        self._records = records
        self._scale = theme.current.scale
        self._set_up()
        self.room = ColumnRoom(table, records, places)

    def names(self) -> list[str]:
        """Names of the visible columns from left to right."""
        bounds = (self._records.bound(at) for at in self._shown())
        return [bound.name for bound in bounds if bound]

    def first(self) -> int:
        """The first section that is not hidden."""
        header = self._header
        shown = (at for at in range(header.count()) if not header.isSectionHidden(at))
        return next(shown, 0)

    def show(self, name: str, *, shown: bool) -> None:
        """Show or hide a column."""
        self._header.setSectionHidden(self._records.section_of(name), not shown)
        self.room.give_soon()

    def add(self, names: Sequence[str]) -> None:
        """Columns came: as wide as declared, hidden if they are not shown from the start."""
        for name in names:
            self._size(self._records.section_of(name))

    def save(self) -> QByteArray:
        """Order, widths and visibility; what was only lent from spare room is not kept."""
        self.room.take_back()
        state = self._header.saveState()
        self.room.give()
        return state

    def restore(self, state: QByteArray) -> None:
        """Bring back what ``save`` gave; nonsense is ignored."""
        self._header.restoreState(state)

    def sections(self, width: int) -> list[Section]:
        """What of the columns is to be seen in a viewport of this width."""
        header, lead = self._header, 1 if self._records.is_checkable else 0
        found = []
        for at in self._shown():
            x, wide = header.sectionViewportPosition(at), header.sectionSize(at)
            if -wide < x < width:
                found.append(Section(at - lead, x, wide, self._records.align(at)))
        return found

    def follow_scale(self) -> None:
        """Make the columns as much wider as the letters have become."""
        before, self._scale = self._scale, theme.current.scale
        if before == self._scale:
            return
        self._records.forget_cuts()
        self.room.take_back()
        self.room.forget()
        for section in range(self._header.count()):
            wide = self._header.sectionSize(section)
            if wide:
                self._header.resizeSection(section, round(wide * self._scale / before))

    def _shown(self) -> list[int]:
        header = self._header
        places = (header.logicalIndex(place) for place in range(header.count()))
        return [at for at in places if not header.isSectionHidden(at)]

    def _set_up(self) -> None:
        header = self._header
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(theme.px(_LEAST_PX))
        FixedSize(header, height=_HEADER_PX)
        header.setSortIndicatorShown(False)
        header.setStretchLastSection(True)
        header.sectionClicked.connect(self._sort_by)
        header.setSectionsClickable(True)
        for section in range(self._records.columnCount()):
            self._size(section)

    def _size(self, section: int) -> None:
        bound = self._records.bound(section)
        if bound is None:
            self._header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            self._header.resizeSection(section, theme.px(_CHECK_PX))
            return
        self._header.resizeSection(section, declared_width(self._header, bound))
        self._header.setSectionHidden(section, not bound.column.shown)

    def _sort_by(self, section: int) -> None:
        bound = self._records.bound(section)
        if bound is None:
            return
        name, descending = self._records.order()
        turned = name == bound.name and not descending
        order = Qt.SortOrder.DescendingOrder if turned else Qt.SortOrder.AscendingOrder
        self._records.sort(section, order)
