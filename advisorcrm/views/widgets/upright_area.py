"""A part of a page that scrolls up and down only, without a frame and without taking the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolling(content: QWidget) -> QScrollArea:
    """The content in an area of its own."""
    area = QScrollArea()
    make_upright(area, content)
    return area


def make_upright(area: QScrollArea, content: QWidget) -> None:
    """Let an area that is there show the content; what is in it takes the focus and scrolls it."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    content.setAutoFillBackground(False)  # what lies under it shows: a card or the page
