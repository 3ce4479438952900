"""A fixed height or width that follows the font scale."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from advisorcrm.views import theme


class FixedSize(QObject):
    """Keeps a widget as high and wide as the design says at 100 %; 0 leaves it free.

    What ``may_shrink`` is half as high where its window has no more room: it scrolls.
    """

    def __init__(
        self, widget: QWidget, *, height: int = 0, width: int = 0, may_shrink: bool = False
    ) -> None:
        super().__init__(widget)
        self._widget = widget
        self._height = height
        self._width = width
        self._may_shrink = may_shrink
        theme.current.changed.connect(self.apply)
        self.apply()

    def apply(self) -> None:
        """Take the present scale."""
        if self._height:
            height = theme.px(self._height)
            self._widget.setFixedHeight(height)
            if self._may_shrink:
                self._widget.setMinimumHeight(height // 2)
        if self._width:
            self._widget.setFixedWidth(theme.px(self._width))
