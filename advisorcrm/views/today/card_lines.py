"""Lines of the small cards beside the day: a word, a remark below it, a way on (R33)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm.views.widgets.buttons import Button
from advisorcrm.views.widgets.label import Label


def card_line(label: Label, button: Button | None = None) -> QWidget:
    """One line with a button at its end."""
    return _line(label, button)


def two_lines(head: Label, under: Label, button: Button | None = None) -> QWidget:
    """A line with a remark below it."""
    words = QWidget()
    column = QVBoxLayout(words)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(head)
    column.addWidget(under)
    return _line(words, button)


def _line(words: QWidget, button: Button | None) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(words, 1)
    if button is not None:
        row.addWidget(button)
    return line
