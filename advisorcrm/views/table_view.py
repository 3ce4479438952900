"""THE table: a QTableView over a ``RecordTableModel`` that paints its rows itself.

Selection, keyboard, header and accessibility stay Qt's. One line is current (tint and accent
edge); ticked lines are tinted too.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from advisorcrm.views.row_places import RowPlaces
from advisorcrm.views.table_cells import Heading
from advisorcrm.views.table_columns import TableColumns
from advisorcrm.views.table_keys import TableKeys
from advisorcrm.views.table_painter import RowPainter
from advisorcrm.views.tables import Place, RecordTableModel


class RecordTable(QTableView):
    """Signals give the line: ``opened`` (Enter, double click), ``chosen`` (-1: none)."""

    opened = Signal(int)
    chosen = Signal(int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, model: RecordTableModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records = model
        self._places = RowPlaces(self.verticalHeader(), model)
        self._painter: RowPainter | None = None
        self._density = "standard"
        self._hovered = -1
        self._current_id: int | None = None
        self.letters_are_keys = True
        self.setAccessibleName(name)
        self._set_up()
        self.setModel(model)
        self._places.follow_headings()
        self._columns = TableColumns(self, model, self._places)
        self._keys = TableKeys(self)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)

    # For pages

    def records(self) -> RecordTableModel:
        """The model behind."""
        return self._records

    def set_density(self, density: str) -> None:
        """Row height: compact, standard or two_line."""
        self._density = density
        self._places.set_density(density)
        self.viewport().update()

    def current_row(self) -> int:
        """The current line, -1 if there is none."""
        return self.currentIndex().row()

    def current_id(self) -> int | None:
        """Id of the current line."""
        return self._records.id_at(self.current_row())

    def go_to(self, row: int) -> None:
        """Make a line current and bring it into view."""
        if 0 <= row < self._records.rowCount():
            self.setCurrentIndex(self._records.index(row, self._columns.first()))

    def go_to_id(self, record_id: int) -> bool:
        """Make a record current; False if it is not in the list."""
        row = self._records.row_of(record_id)
        self.go_to(row)
        return row >= 0

    def columns_shown(self) -> list[str]:
        """Names of the visible columns from left to right."""
        return self._columns.names()

    def show_column(self, name: str, *, shown: bool) -> None:
        """Show or hide a column."""
        self._columns.show(name, shown=shown)

    def set_up_columns(self, names: Sequence[str]) -> None:
        """Columns came: as wide as declared, hidden if they are not shown from the start."""
        self._columns.add(names)

    def save_layout(self) -> QByteArray:
        """Order, widths and visibility of the columns, for QSettings."""
        return self._columns.save()

    def restore_layout(self, state: QByteArray) -> None:
        """Bring back what ``save_layout`` gave; nonsense is ignored."""
        self._columns.restore(state)

    def open_current(self) -> None:
        """Tell the page to open the current line."""
        self.opened.emit(self.current_row())

    def toggle_current(self) -> None:
        """Tick or untick the current line."""
        self._toggle(self.current_row())

    def copy_rows(self) -> None:
        """Put the ticked lines, or the current one, on the clipboard, masked as shown."""
        ticked = self._records.checked_ids()
        rows = [self._records.row_of(one) for one in ticked] or [self.current_row()]
        names = self.columns_shown()
        lines = ["\t".join(self._texts(row, names)) for row in rows if row >= 0]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the lines that need it."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn = self._row_painter()
        sections = self._columns.sections(self.viewport().width())
        current = self.current_row()
        seen = event.rect()
        width = self.viewport().width()
        for row, ground in self._places.rows_between(seen.top(), seen.bottom(), width):
            tint = self._tint(row, current)
            drawn.paint_ground(painter, ground, tint=tint, is_current=row == current)
            drawn.paint_row(painter, self._records, row, sections, ground)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys of lists: J K arrows move, Space ticks, Enter opens, Ctrl+A ticks all."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif self._records.is_checkable and event.matches(QKeySequence.StandardKey.SelectAll):
            self._records.check_all()
        elif not self._keys.press(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tick in the first section, choose elsewhere."""
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if not (is_left and index.isValid() and self._records.is_checkable):
            super().mousePressEvent(event)
            return
        is_range = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        is_one = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_range and self.current_row() >= 0:
            ends = sorted((self.current_row(), index.row()))
            self._records.set_checked(ends[0], ends[1], checked=True)
        elif is_one or index.column() == 0:
            self._toggle(index.row())
        self.go_to(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the line."""
        index = self.indexAt(event.position().toPoint())
        is_box = self._records.is_checkable and index.column() == 0
        if index.isValid() and not is_box and not self._records.is_heading(index.row()):
            self.opened.emit(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tint the line under the mouse."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Tint nothing."""
        self._hover(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More or less room for the columns."""
        super().resizeEvent(event)
        self._columns.room.give()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What came while the table was hidden is measured now."""
        super().showEvent(event)
        self._columns.room.give()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer the page's menu for the line."""
        row = self.rowAt(event.pos().y())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            row = self.current_row()
        if row >= 0:
            self.go_to(row)
            self.menu_wanted.emit(row, event.globalPos())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow theme and font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._painter = None
            self.set_density(self._density)
            self._columns.follow_scale()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Letters are keys here, not a search."""

    def currentChanged(self, current: Place, previous: Place) -> None:  # noqa: N802
        """Tell the page, and tint the two lines anew."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            self._update_row(index.row())
        if current.row() != previous.row():
            self._current_id = self._records.id_at(current.row())
            self.chosen.emit(current.row())

    # Inside

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setCornerButtonEnabled(False)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(1)
        self.set_density(self._density)

    def _row_painter(self) -> RowPainter:
        if self._painter is None:
            self._painter = RowPainter(self.devicePixelRatioF())
        return self._painter

    def _tint(self, row: int, current: int) -> str:
        if row == current or self._records.is_checked(row):
            return "selected"
        return "hover" if row == self._hovered else "surface"

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            before, self._hovered = self._hovered, row
            self._update_row(before)
            self._update_row(row)

    def _update_row(self, row: int) -> None:
        if row >= 0:
            self.viewport().update(self._places.place(row, self.viewport().width()))

    def _toggle(self, row: int) -> None:
        self._records.set_checked(row, row, checked=not self._records.is_checked(row))

    def _remember(self) -> None:
        self._current_id = self.current_id()

    def _restore(self) -> None:
        """After the list changed: the same record stays current where it still is."""
        self._places.follow_headings()
        record_id, count = self._current_id, self._records.rowCount()
        if not count:
            self.chosen.emit(-1)
            return
        row = self._records.row_of(record_id) if record_id is not None else -1
        if row >= 0:
            self.go_to(row)

    def _texts(self, row: int, names: list[str]) -> list[str]:
        cells = self._records.cells(row)
        if cells is None or isinstance(cells, Heading):
            return []
        places = {bound.name: at for at, bound in enumerate(self._records.columns)}
        return [cells[places[name]].full_text() for name in names]
