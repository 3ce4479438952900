"""Which columns a list shows and in which order: searched, ticked, dragged, explained."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.columns import BoundColumn
from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.search_line import SearchLine

_WIDE_PX, _HIGH_PX = 300, 420
_NAME = Qt.ItemDataRole.UserRole


class ColumnChooser(QFrame):
    """``chosen`` with the names of the shown columns in their order, after every change."""

    chosen = Signal(list)

    def __init__(
        self,
        columns: Sequence[BoundColumn],
        shown: Sequence[str],
        usual: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("zone", "card")
        self._columns = {bound.name: bound for bound in columns}
        self._usual = usual
        self._first = next(iter(self._columns), "")
        self.search = SearchLine(_("找列"))
        self.list = QListWidget()
        self.explain = Label("", "text2", "caption", wrap=True)
        self.reset = quiet(_("恢复默认"), icon="rotate-ccw")
        self._set_up_list()
        self._lay_out()
        self.show_columns(shown)
        self._connect()

    def show_columns(self, shown: Sequence[str]) -> None:
        """List the shown columns in their order, then the others."""
        rest = [name for name in self._columns if name not in shown]
        with QSignalBlocker(self.list):
            self.list.clear()
            for name in (*shown, *rest):
                self._add(name, is_on=name in shown)
            self.list.setCurrentRow(0)
        self._explain()

    def shown(self) -> list[str]:
        """Names of the ticked columns in their order."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.data(_NAME) for item in items if item.checkState() == Qt.CheckState.Checked]

    def open_below(self, button: QWidget) -> None:
        """Drop down under the button, its right edge under the button's."""
        self.resize(theme.px(_WIDE_PX), theme.px(_HIGH_PX))
        at = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 2))
        self.move(at)
        self.show()
        self.list.setFocus()

    def move_column(self, step: int) -> None:
        """Move the current column up or down (Alt+Up, Alt+Down)."""
        row = self.list.currentRow()
        wanted = row + step
        if row < 0 or not 0 <= wanted < self.list.count():
            return
        item = self.list.takeItem(row)
        self.list.insertItem(wanted, item)
        self.list.setCurrentRow(wanted)
        self._emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Alt+Up and Alt+Down move, Esc closes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if is_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.move_column(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
        return super().eventFilter(watched, event)

    def _add(self, name: str, *, is_on: bool) -> None:
        bound = self._columns[name]
        item = QListWidgetItem(bound.label, self.list)
        item.setData(_NAME, name)
        item.setToolTip(_(bound.column.explain) or bound.label)
        flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags & ~Qt.ItemFlag.ItemIsDropEnabled)
        item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)

    def _set_up_list(self) -> None:
        self.list.setAccessibleName(_("列"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.list.installEventFilter(self)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(Label(_("拖动或 Alt+↑↓ 排序"), "text3", "caption"), 1)
        foot.addWidget(self.reset)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 6)
        whole.setSpacing(6)
        whole.addWidget(self.search)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.explain)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self.search.searched.connect(self._narrow)
        self.list.itemChanged.connect(self._emit)
        self.list.currentRowChanged.connect(self._explain)
        self.list.model().rowsMoved.connect(self._emit)
        self.reset.clicked.connect(self._reset)

    def _narrow(self, text: str) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            words = f"{item.text()} {item.toolTip()}".lower()
            item.setHidden(text.lower() not in words)

    def _explain(self) -> None:
        item = self.list.currentItem()
        self.explain.setText(item.toolTip() if item else "")

    def _reset(self) -> None:
        self.show_columns(self._usual)
        self._emit()

    def _emit(self) -> None:
        shown = self.shown()
        self.chosen.emit(shown or [self._first])
