"""The tabs of a client's page with the widgets behind them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QWidget

from advisorcrm.i18n import _


class ClientTabs(QTabBar):
    """The bar; ``stack`` is what it turns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setAccessibleName(_("标签"))
        self.currentChanged.connect(self.stack.setCurrentIndex)

    def add(self, widget: QWidget, text: str) -> None:
        """Append a tab."""
        self.stack.addWidget(widget)
        self.addTab(text)

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


def side_by_side(main: QWidget, side: QWidget) -> QWidget:
    """One widget of two: what the tab is about, and the column on its right."""
    tab = QWidget()
    row = QHBoxLayout(tab)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(main, 1)
    row.addWidget(side)
    return tab
