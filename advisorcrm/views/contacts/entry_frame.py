"""The frame of the contact form: head and foot stay, the two columns scroll by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from advisorcrm.views import theme
from advisorcrm.views.widgets.line import Line
from advisorcrm.views.widgets.upright_area import scrolling

_RIGHT_PX = 314
_HEAD_PX, _FOOT_PX = 48, 54


def lay_out_frame(
    dialog: QWidget, head: QWidget, columns: tuple[QWidget, QWidget], foot: QWidget
) -> None:
    """Head on top, two columns between, foot below."""
    left, right = columns
    right.setFixedWidth(theme.px(_RIGHT_PX))
    middle = QHBoxLayout()
    middle.setSpacing(0)
    middle.addWidget(left, 1)
    middle.addWidget(right)
    whole = QVBoxLayout(dialog)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(head)
    whole.addWidget(Line())
    whole.addLayout(middle, 1)
    whole.addWidget(Line())
    whole.addWidget(foot)


def column(parts: Sequence[QWidget]) -> QScrollArea:
    """A column of parts of which the last takes the room that is left."""
    content = QWidget()
    content.setProperty("zone", "page")
    lines = QVBoxLayout(content)
    lines.setContentsMargins(16, 12, 14, 12)
    lines.setSpacing(8)
    for part in parts:
        lines.addWidget(part)
    lines.setStretch(len(parts) - 1, 1)
    return scrolling(content)


def head_bar(left: Sequence[QWidget], right: Sequence[QWidget]) -> QWidget:
    """The row on top."""
    return _bar(_HEAD_PX, left, right)


def foot_bar(left: Sequence[QWidget], right: Sequence[QWidget]) -> QWidget:
    """The row of buttons."""
    return _bar(_FOOT_PX, left, right)


def _bar(height: int, left: Sequence[QWidget], right: Sequence[QWidget]) -> QWidget:
    bar = QWidget()
    bar.setFixedHeight(theme.px(height))
    row = QHBoxLayout(bar)
    row.setContentsMargins(16, 0, 16, 0)
    row.setSpacing(12)
    for part in left:
        row.addWidget(part)
    row.addStretch(1)
    for part in right:
        row.addWidget(part)
    return bar
