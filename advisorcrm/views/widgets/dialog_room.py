"""A dialog that has more to say than when it opened grows by it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def grow(dialog: QDialog) -> None:
    """Make it as high as its contents are at its width.

    Qt keeps the least height only of contents that do not wrap: a wrapped sentence that comes
    later would take its lines from the fields.
    """
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    high = layout.totalHeightForWidth(dialog.width())
    if high > dialog.height():
        dialog.resize(dialog.width(), high)
