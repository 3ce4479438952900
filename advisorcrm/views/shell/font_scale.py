"""How large everything is written: larger, smaller and back to normal by key."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from advisorcrm.views import theme

NORMAL = 100


class FontScale(QObject):
    """``changed(scale)`` in percent, after the whole program is dressed in it."""

    changed = Signal(int)

    def larger(self) -> None:
        """The next size up, if there is one."""
        self._step(1)

    def smaller(self) -> None:
        """The next size down, if there is one."""
        self._step(-1)

    def back_to_normal(self) -> None:
        """The size the program comes with."""
        self._use(NORMAL)

    def _step(self, way: int) -> None:
        known = theme.SCALES
        near = min(known, key=lambda size: abs(size - theme.current.scale))
        self._use(known[min(max(known.index(near) + way, 0), len(known) - 1)])

    def _use(self, scale: int) -> None:
        theme.use(theme.current.appearance, scale)
        self.changed.emit(scale)
