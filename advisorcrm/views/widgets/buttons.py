"""Buttons of the house: one filled per screen, outlined, soft, quiet and bare icons.

A button shows the key that does the same (``记沟通  N``); its accessible name is the text alone.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QPushButton, QWidget

from advisorcrm.views import icons, theme
from advisorcrm.views.widgets.fixed_size import FixedSize

_ICON_TONES = {"primary": "on_accent", "soft": "accent", "quiet": "accent", "small": "accent"}


class Button(QPushButton):
    """A push button of one kind, with an icon and a key hint."""

    def __init__(
        self,
        text: str,
        kind: str = "plain",
        *,
        icon: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = text
        self._key = key
        self._icon_px = icons.SIZE
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.show_text(text)
        if icon:
            self.show_icon(icon)

    def show_text(self, text: str) -> None:
        """Change the words; the key hint stays behind them."""
        self._words = text
        lead = "" if self.icon().isNull() or not text else " "
        gap = "  " if self._key and text else ""
        self.setText(f"{lead}{text}{gap}{self._key}")
        self.setAccessibleName(text.replace("&", ""))

    def show_icon(self, name: str, tone: str = "") -> None:
        """Put an icon before the words, in the tone of the button's kind."""
        kind = str(self.property("kind"))
        self.setIcon(icons.icon(name, tone or _ICON_TONES.get(kind, "text2")))
        self.setIconSize(QSize(theme.px(self._icon_px), theme.px(self._icon_px)))
        if self._words:
            self.show_text(self._words)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setIconSize(QSize(theme.px(self._icon_px), theme.px(self._icon_px)))


def primary(text: str, *, icon: str = "", key: str = "") -> Button:
    """The one filled button of a screen."""
    return Button(text, "primary", icon=icon, key=key)


def soft(text: str, *, icon: str = "", key: str = "") -> Button:
    """The quick action of the top bar."""
    return Button(text, "soft", icon=icon, key=key)


def plain(text: str, *, icon: str = "", key: str = "") -> Button:
    """An outlined button."""
    return Button(text, "plain", icon=icon, key=key)


def wired(text: str, icon: str, call: Callable[..., object]) -> Button:
    """An outlined button that needs no name: what it does is said where it is made."""
    button = plain(text, icon=icon)
    button.clicked.connect(call)
    return button


def quiet(text: str, *, icon: str = "", key: str = "") -> Button:
    """A button without a frame, for what is seldom wanted."""
    return Button(text, "quiet", icon=icon, key=key)


def bare(icon: str, name: str, *, key: str = "") -> Button:
    """An icon alone; ``name`` is its tooltip and its accessible name."""
    button = Button("", "icon")
    button.show_icon(icon)
    button.setAccessibleName(name)
    button.setToolTip(f"{name}  {key}" if key else name)
    FixedSize(button, height=theme.CONTROL_PX, width=theme.CONTROL_PX)
    return button
