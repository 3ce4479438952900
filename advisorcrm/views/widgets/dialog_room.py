"""How large a dialog opens, and that one with more to say than when it opened grows by it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from advisorcrm.views import theme

_AROUND = (40, 60)


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


def open_large(dialog: QDialog, wide: int, high: int) -> None:
    """As large as the design says at 100 %, at the chosen font scale, within the screen."""
    room = dialog.screen().availableGeometry().size()
    size = (theme.px(wide), theme.px(high))
    most = (room.width() - _AROUND[0], room.height() - _AROUND[1])
    dialog.resize(min(size[0], most[0]), min(size[1], most[1]))
