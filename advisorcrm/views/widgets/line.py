"""A hairline between two zones."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget


class Line(QFrame):
    """One pixel, lying or standing."""

    def __init__(self, *, standing: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("zone", "line")
        if standing:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
