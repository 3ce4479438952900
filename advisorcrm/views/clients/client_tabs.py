"""The tabs of a client's page with the widgets behind them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QTabBar, QWidget

from advisorcrm.i18n import _

_HELD = ~Qt.KeyboardModifier.KeypadModifier


class ClientTabs(QTabBar):
    """The bar; ``stack`` is what it turns. Down goes from the bar into what is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget()
        self._entrances: dict[QWidget, Callable[[], object]] = {}
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setAccessibleName(_("标签"))
        self.currentChanged.connect(self.stack.setCurrentIndex)

    def add(self, widget: QWidget, text: str, enter: Callable[[], object] | None = None) -> None:
        """Append a tab; ``enter`` where Down goes to something else than a list or a field."""
        self.stack.addWidget(widget)
        self.addTab(text)
        if enter is not None:
            self._entrances[widget] = enter

    def place_of(self, widget: QWidget) -> int:
        """Where a tab stands among the others."""
        return self.stack.indexOf(widget)

    def rename(self, widget: QWidget, text: str) -> None:
        """Say something else on a tab, as when its count changes."""
        self.setTabText(self.place_of(widget), text)

    def show_widget(self, widget: QWidget) -> None:
        """Turn to a tab."""
        self.setCurrentIndex(self.place_of(widget))

    def go_next(self) -> None:
        """The tab to the right; after the last the first (Ctrl+Tab)."""
        self.setCurrentIndex((self.currentIndex() + 1) % self.count())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Down goes into the tab: to its list, or to its first field."""
        if event.key() == Qt.Key.Key_Down and not event.modifiers() & _HELD:
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        shown = self.stack.currentWidget()
        if shown in self._entrances:
            self._entrances[shown]()
            return
        inside = shown.findChildren(QWidget) if shown is not None else []
        reached = [one for one in inside if _is_reached(one)]
        lists = [one for one in reached if isinstance(one, QAbstractItemView)]
        for first in [*lists, *reached][:1]:
            first.setFocus(Qt.FocusReason.TabFocusReason)


def _is_reached(widget: QWidget) -> bool:
    """Tab would stop at it."""
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and widget.isVisible() and widget.isEnabled()


def side_by_side(main: QWidget, side: QWidget) -> QWidget:
    """One widget of two: what the tab is about, and the column on its right."""
    tab = QWidget()
    row = QHBoxLayout(tab)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(main, 1)
    row.addWidget(side)
    return tab
