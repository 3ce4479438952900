"""A dialog grows when a sentence under one of its fields needs a line more.

Qt keeps a window as high as it was as long as its texts are wrapped: the sentence would lie over
the field, or cut the one below.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget


def make_room(widget: QWidget) -> None:
    """Let the dialog around the widget be as high as its content, once that is laid out."""
    window = widget.window()
    if isinstance(window, QDialog):
        QTimer.singleShot(0, window, lambda: _grow(window))


def _grow(dialog: QDialog) -> None:
    layout = dialog.layout()
    if layout is None or not layout.hasHeightForWidth() or not dialog.isVisible():
        return
    wanted = layout.totalHeightForWidth(dialog.width())
    room = dialog.screen().availableGeometry().height()
    if dialog.height() < wanted <= room:
        dialog.resize(dialog.width(), wanted)
