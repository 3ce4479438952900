"""THE table model: rows of one frozen dataclass whose columns are declared once.

It is fed either with all rows (``show_rows``) or with the ids of a long list (``show_ids``), of
which it asks pages of 256 rows when they come into view and keeps the last 4. ``data`` formats
what it holds, it never queries.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from advisorcrm.columns import BoundColumn, CodeBook, columns_of
from advisorcrm.i18n import _
from advisorcrm.views.table_cells import PENDING, Heading, Look
from advisorcrm.views.table_lines import Line, Lines, pick
from advisorcrm.views.table_pages import Fetch, PageRequest
from advisorcrm.views.table_records import Records

SORT_ROLE = Qt.ItemDataRole.UserRole
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "centre": Qt.AlignmentFlag.AlignCenter,
}
_TEXT_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
Place = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RecordTableModel(QAbstractTableModel):
    """Rows of one row type; ``checked_changed`` and ``order_wanted(column, descending)``."""

    checked_changed = Signal()
    order_wanted = Signal(str, bool)

    def __init__(  # noqa: PLR0913 - what a list may differ in
        self,
        row_type: type[Any],
        *,
        book: CodeBook | None = None,
        looks: Mapping[str, Look] | None = None,
        columns: Sequence[str] = (),
        checkable: bool = False,
        sortable: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        declared = pick(columns_of(row_type), columns)  # type: ignore[arg-type]
        self._lines = Lines(declared, looks or {}, book or CodeBook())
        self._records = Records(self)
        self._records.arrived.connect(self._repaint)
        self.is_checkable = checkable
        self.highlight = ""
        self._sortable = sortable
        self._lead = 1 if checkable else 0
        self._checked: set[int] = set()
        self._order = ("", False)

    @property
    def columns(self) -> tuple[BoundColumn, ...]:
        """The declared columns, without the section of the check boxes."""
        return self._lines.columns

    # Feeding

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show these rows, all of them held here; ``Heading`` rows may stand between."""
        self.beginResetModel()
        self._records.hold(rows)
        self._sort_held()
        self._begin_list()
        self.endResetModel()

    def show_ids(self, ids: array[int], fetch: Fetch, top: Sequence[Any] = ()) -> None:
        """Show a long list by its ids; ``fetch`` is asked for pages as they come into view.

        The rows of its first page, where they are known, are there for the first paint.
        """
        self.beginResetModel()
        self._records.page(ids, fetch, top)
        self._begin_list()
        self.endResetModel()

    def put_page(self, request: PageRequest, rows: Sequence[Any]) -> None:
        """Take a page that was asked for; an answer to an older list is dropped."""
        self._records.put_page(request, rows)

    def page_failed(self, request: PageRequest) -> None:
        """A page could not be read; it is asked for again when it is next looked at."""
        self._records.page_failed(request)

    def refresh_rows(self, top: Sequence[Any] = ()) -> None:
        """Forget the pages but not the list: after a write that changed rows, not their order."""
        self._records.forget_pages(top)
        self._lines.forget()
        self._repaint_all()

    def set_book(self, book: CodeBook) -> None:
        """Use other code lists."""
        self._lines.set_book(book)
        self._repaint_all()

    def set_looks(self, looks: Mapping[str, Look]) -> None:
        """Draw columns in another way."""
        self._lines.set_looks(looks)
        self._repaint_all()

    def forget_cuts(self) -> None:
        """Format every cell anew: the font has another size."""
        self._lines.forget()

    def set_private(self, *, is_private: bool) -> None:
        """Mask names too, for a desk in public view (F9)."""
        self._lines.set_private(is_private=is_private)
        self._repaint_all()

    def set_highlight(self, word: str) -> None:
        """Mark a searched word in every cell."""
        self.highlight = word
        self._repaint_all()

    # Reading

    def row_at(self, row: int) -> Any | None:
        """The record of a line, None while it is on its way or for a heading."""
        return self._records.known_at(row)

    def id_at(self, row: int) -> int | None:
        """Id of a line, known even while its page is on its way."""
        ids = self._records.ids
        return ids[row] if 0 <= row < len(ids) else None

    def row_of(self, record_id: int) -> int:
        """Line of a record, -1 if it is not in the list."""
        return self._records.row_of(record_id)

    def is_heading(self, row: int) -> bool:
        """Whether a line heads others."""
        return self._records.is_heading(row)

    def headings(self) -> list[int]:
        """The lines that head others."""
        return self._records.headings()

    def cells(self, row: int) -> Line | None:
        """The formatted cells of a line; None while its page is on its way."""
        made = self._lines.made(row)
        if made is not None:
            return made
        record = self._records.at(row)
        return None if record is None else self._lines.make(row, record)

    def align(self, column: int) -> str:
        """left, right or centre."""
        return self.columns[column - self._lead].column.align if column >= self._lead else "centre"

    def bound(self, column: int) -> BoundColumn | None:
        """The declared column of a section, None for the check boxes."""
        return self.columns[column - self._lead] if column >= self._lead else None

    def section_of(self, name: str) -> int:
        """Section of a column by its name, -1 if there is none."""
        for place, bound in enumerate(self.columns):
            if bound.name == name:
                return place + self._lead
        return -1

    # Checks

    def is_checked(self, row: int) -> bool:
        """Whether a line is ticked."""
        return bool(self._checked) and self._records.ids[row] in self._checked

    def checked_ids(self) -> list[int]:
        """Ids of the ticked lines in the order of the list."""
        return [record_id for record_id in self._records.ids if record_id in self._checked]

    def checked_count(self) -> int:
        """Number of ticked lines."""
        return len(self._checked)

    def set_checked(self, first: int, last: int, *, checked: bool) -> None:
        """Tick or untick a range of lines."""
        ids = self._records.ids
        if not self.is_checkable or not ids:
            return
        meant = {ids[row] for row in range(first, last + 1) if not self.is_heading(row)}
        self._checked = self._checked | meant if checked else self._checked - meant
        self._repaint(first, last)
        self.checked_changed.emit()

    def check_all(self) -> None:
        """Tick the whole list."""
        self.set_checked(0, self.rowCount() - 1, checked=True)

    def uncheck_all(self) -> None:
        """Tick nothing."""
        if self._checked:
            self._checked = set()
            self._repaint_all()
            self.checked_changed.emit()

    # Order

    def show_order(self, column: str, *, descending: bool) -> None:
        """Mark the column by which a long list is sorted."""
        self._order = (column, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def order(self) -> tuple[str, bool]:
        """Name of the sorted column and whether it runs downwards."""
        return self._order

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort held rows here by value; a long list is sorted by who feeds it."""
        bound = self.bound(column) if 0 <= column < self.columnCount() else None
        if bound is None or not self._sortable:
            return
        descending = order == Qt.SortOrder.DescendingOrder
        self.show_order(bound.name, descending=descending)
        if self._records.is_paged:
            self.order_wanted.emit(bound.name, descending)
            return
        self.beginResetModel()
        self._lines.forget()
        self._sort_held()
        self.endResetModel()

    # Qt's questions

    def rowCount(self, parent: Place = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Number of lines."""
        return 0 if parent.isValid() else len(self._records.ids)

    def columnCount(self, parent: Place = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Number of sections."""
        return 0 if parent.isValid() else len(self.columns) + self._lead

    def flags(self, index: Place) -> Qt.ItemFlag:
        """Lines are selected, headings are not, the first section is ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.is_heading(index.row()):
            return Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() < self._lead:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Place, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tick, alignment and sort value of a cell."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if column < self._lead:
            return self._check_data(row, role)
        if role in _TEXT_ROLES:
            return self._text(row, column, role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[self.align(column)]
        if role == SORT_ROLE:
            record = self.row_at(row)
            return getattr(record, self.columns[column - self._lead].name, None)
        return None

    def setData(  # noqa: N802 - Qt's name
        self, index: Place, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Tick or untick by keyboard, mouse or screen reader."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() >= self._lead:
            return False
        is_on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.set_checked(index.row(), index.row(), checked=is_on)
        return True

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Label with the arrow of the order, explanation, alignment."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if section < self._lead:
            return _("选择") if role == Qt.ItemDataRole.AccessibleTextRole else None
        bound = self.columns[section - self._lead]
        if role == Qt.ItemDataRole.DisplayRole:
            return bound.label + self._arrow(bound.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return bound.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return _(bound.column.explain) or bound.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[bound.column.align]
        return None

    # Inside

    def _begin_list(self) -> None:
        """Another list: of the ticks those stay whose lines are in it."""
        self._lines.forget()
        kept = self._checked.intersection(self._records.ids) if self._checked else self._checked
        if len(kept) != len(self._checked):
            self._checked = kept
            self.checked_changed.emit()

    def _text(self, row: int, column: int, role: int) -> str:
        cells = self.cells(row)
        if cells is None:
            return PENDING
        if isinstance(cells, Heading):
            return f"{cells.text} {cells.remark}".strip() if column == self._lead else ""
        cell = cells[column - self._lead]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return escape(cell.full_text())
        return f"{self.columns[column - self._lead].label} {cell.full_text()}"

    def _check_data(self, row: int, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and not self.is_heading(row):
            return Qt.CheckState.Checked if self.is_checked(row) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("已选") if self.is_checked(row) else _("未选")
        return None

    def _arrow(self, name: str) -> str:
        if self._order[0] != name:
            return ""
        return " ↓" if self._order[1] else " ↑"

    def _sort_held(self) -> None:
        name, descending = self._order
        self._records.sort(name, descending=descending)

    def _repaint_all(self) -> None:
        self._repaint(0, self.rowCount() - 1)

    def _repaint(self, first: int, last: int) -> None:
        if last < first or not self._records.ids:
            return
        top = self.index(first, 0)
        self.dataChanged.emit(top, self.index(last, self.columnCount() - 1))
