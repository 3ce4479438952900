"""How the windows look: tokens for light and dark, palette, style sheet, fonts and their scale.

Every colour comes from ``resources/style/tokens.json`` and every shape from
``resources/style/advisorcrm.qss``; widgets that paint ask ``colour``, ``font`` and ``px`` here
while they paint, so that a change of theme or scale needs no more than a repaint.

The login window is painted with this alone. Naming ``Qt`` makes PySide build a hundred
enumerations (15 ms), naming ``QStyle`` some more; modules on the way to the login window
therefore name them only inside the functions that need them.
"""

from __future__ import annotations

import os
import re
from typing import Any

from PySide6.QtCore import QJsonDocument, QObject, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from advisorcrm import paths

APPEARANCES = ("system", "light", "dark")
SCALES = (90, 100, 110, 125, 150, 175, 200)
FAMILIES = ["Segoe UI", "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC",
            "WenQuanYi Micro Hei"]  # fmt: skip
PAPER_FAMILIES = ["SimSun", "Songti SC", "Noto Serif CJK SC"]
CONTROL_PX = 30
_RADIO_PX, _RADIO_RING_PX = 8, 5
ROW_PX = {"compact": 26, "standard": 32, "two_line": 44}
_TYPE_PX = {"hint": 11, "caption": 12, "body": 13, "card_title": 14, "brand": 15, "subtitle": 16,
            "page_title": 18, "figure": 20, "clock": 60}  # fmt: skip
_STYLE = "Fusion"
_DARK_BELOW = 128
_PLACEHOLDER = re.compile(r"@([a-z0-9_]+)@")
_ROLES = {
    QPalette.ColorRole.Window: "app", QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface", QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text", QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text", QPalette.ColorRole.BrightText: "crit",
    QPalette.ColorRole.Highlight: "accent_fill", QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent", QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.PlaceholderText: "text3", QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text", QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "sunken", QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "ctrl", QPalette.ColorRole.Shadow: "border",
    QPalette.ColorRole.Accent: "accent_fill",
}  # fmt: skip


class Theme(QObject):
    """The look chosen at present; ``changed`` after every switch of theme or scale."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.appearance = "system"
        self.scale = 100
        self.is_dark = False
        self.is_system_dark = False
        self.is_dressed = False
        self._both: dict[str, dict[str, str]] = {}
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, int], QFont] = {}

    def tokens(self) -> dict[str, str]:
        """Name and value of every colour of the present theme."""
        return self.both()["dark" if self.is_dark else "light"]

    def both(self) -> dict[str, dict[str, str]]:
        """The tokens of both themes, read once."""
        if not self._both:
            self._both = read_tokens()
        return self._both

    def colour(self, token: str) -> QColor:
        """A colour by its token; the object is shared, do not change it."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(self.tokens()[token])
        return found

    def font(self, size: str, weight: int) -> QFont:
        """A font of the house by the name of its size; the object is shared."""
        key = (size, weight)
        found = self._fonts.get(key)
        if found is None:
            found = QFont()
            found.setFamilies(FAMILIES)
            found.setPixelSize(self.px(_TYPE_PX[size]))
            found.setWeight(QFont.Weight(weight))
            self._fonts[key] = found
        return found

    def px(self, size: float) -> int:
        """A length at the chosen font scale."""
        return round(size * self.scale / 100)

    def apply(self) -> None:
        """Dress the whole program again: palette, font and style sheet."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        self.is_dressed = True
        self.is_dark = self._wants_dark()
        self._colours.clear()
        self._fonts.clear()
        app.setPalette(self._palette())
        app.setFont(self.font("body", QFont.Weight.Normal))
        app.setStyleSheet(self.sheet())
        self.changed.emit()

    def sheet(self) -> str:
        """The style sheet with every ``@token@`` and ``@13px@`` filled in."""
        text = paths.resource("style", "advisorcrm.qss").read_text("utf-8")
        return _PLACEHOLDER.sub(self._fill, text)

    def follow_system(self) -> None:
        """The desktop changed between light and dark."""
        from PySide6.QtCore import Qt

        scheme = QGuiApplication.styleHints().colorScheme()
        self.is_system_dark = scheme == Qt.ColorScheme.Dark
        if self.appearance == "system" and self.is_dark != self._wants_dark():
            self.apply()

    def follow_choice(self) -> None:
        """Let title bars and file dialogs follow the choice of the person."""
        hints = QGuiApplication.styleHints()
        if self.appearance == "system":
            hints.unsetColorScheme()
            return
        from PySide6.QtCore import Qt

        is_dark = self.appearance == "dark"
        hints.setColorScheme(Qt.ColorScheme.Dark if is_dark else Qt.ColorScheme.Light)

    def _wants_dark(self) -> bool:
        if self.appearance != "system":
            return self.appearance == "dark"
        return self.is_system_dark

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText,
                     QPalette.ColorRole.WindowText):  # fmt: skip
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text3"))
        return palette

    def _fill(self, match: re.Match[str]) -> str:
        name = match.group(1)
        if name.startswith("radio_"):
            return f"{self._radio(name)}px"
        if name.endswith("px"):
            return f"{self.px(int(name[:-2]))}px"
        return self.tokens()[name]

    def _radio(self, name: str) -> int:
        """Lengths of a radio button; one that is not twice its radius Qt draws as a square."""
        radius, ring = self.px(_RADIO_PX), self.px(_RADIO_RING_PX)
        borders = {"radio_off": 1, "radio_focus": 2, "radio_on": ring}
        lengths = {name: 2 * (radius - border) for name, border in borders.items()}
        return {**lengths, "radio_radius": radius, "radio_ring": ring}[name]


current = Theme()


def prepare() -> None:
    """Choose the style before the application is made: that is cheaper than changing it."""
    os.environ["QT_STYLE_OVERRIDE"] = _STYLE


def start(app: QApplication, *, appearance: str = "system", scale: int = 100) -> None:
    """Dress the program for the first time and follow the desktop from now on."""
    if os.environ.get("QT_STYLE_OVERRIDE") != _STYLE:
        app.setStyle(_STYLE)
    current.is_system_dark = app.palette().window().color().lightness() < _DARK_BELOW
    QGuiApplication.styleHints().colorSchemeChanged.connect(current.follow_system)
    use(appearance, scale)


def use(appearance: str, scale: int) -> None:
    """Switch theme and font scale at once (个人设置); nothing happens if nothing changes."""
    wanted = appearance if appearance in APPEARANCES else "system"
    size = min(max(scale, SCALES[0]), SCALES[-1])
    if current.is_dressed and (wanted, size) == (current.appearance, current.scale):
        return
    current.appearance, current.scale = wanted, size
    current.follow_choice()
    current.apply()


def colour(token: str) -> QColor:
    """A colour of the present theme by its token."""
    return current.colour(token)


def light_colour(token: str) -> QColor:
    """A colour of the light theme: what lies on white paper."""
    return QColor(current.both()["light"][token])


def font(size: str = "body", weight: int = 400) -> QFont:
    """A font of the house by the name of its size (caption, body …) and weight (400–600)."""
    return current.font(size, weight)


def px(size: float) -> int:
    """A length at the chosen font scale."""
    return current.px(size)


def read_tokens() -> dict[str, dict[str, str]]:
    """Both themes as written in ``tokens.json``."""
    document: Any = QJsonDocument.fromJson(paths.resource("style", "tokens.json").read_bytes())
    return {name: dict(document.object()[name]) for name in ("light", "dark")}
