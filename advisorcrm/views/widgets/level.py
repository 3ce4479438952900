"""How serious a message beside a control is, with the icon and colour that say so."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """错误 blocks saving, 提醒 does not, 已核 confirms, 说明 explains."""

    ERROR = "error"
    WARN = "warn"
    OK = "ok"
    INFO = "info"

    @property
    def icon(self) -> str:
        """Name of the icon that stands before the message."""
        return _ICONS[self]

    @property
    def tone(self) -> str:
        """Colour token of the message."""
        return _TONES[self]


_ICONS = {
    Level.ERROR: "triangle-alert",
    Level.WARN: "triangle-alert",
    Level.OK: "circle-check",
    Level.INFO: "info",
}
_TONES = {Level.ERROR: "crit", Level.WARN: "warn", Level.OK: "ok", Level.INFO: "text3"}
