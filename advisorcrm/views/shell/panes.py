"""F6: the focus goes from pane to pane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def first_focus(pane: QWidget) -> QWidget | None:
    """The first widget of a pane that takes the Tab key."""
    for widget in pane.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isVisible() and widget.isEnabled():
            return widget
    return None


def turn_pane(panes: Sequence[QWidget], way: int) -> None:
    """Focus the next pane that has something to focus, around the window."""
    focused = QApplication.focusWidget()
    here = [at for at, pane in enumerate(panes) if focused and pane.isAncestorOf(focused)]
    start = here[0] if here else -1
    for step in range(1, len(panes) + 1):
        target = first_focus(panes[(start + way * step) % len(panes)])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return
