"""Icons of the program: SVG files of resources/icons, tinted by a token and drawn at any scale.

An icon asks for its colour while it is painted, so a switch of theme needs no new icons. QtSvg is
imported when the first icon is drawn.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from advisorcrm import paths
from advisorcrm.views import theme

SIZE = 16
_STROKE = 1.75
_drawn: dict[tuple[str, str, int, float, float], QPixmap] = {}


class TintedIcon(QIconEngine):
    """Draws one SVG in the colour its token has at the moment."""

    def __init__(self, name: str, token: str, checked: str) -> None:
        super().__init__()
        self._name = name
        self._token = token
        self._checked = checked

    def clone(self) -> QIconEngine:
        """Qt copies icons."""
        return TintedIcon(self._name, self._token, self._checked)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into a rectangle of a widget."""
        ratio = painter.device().devicePixelRatioF()
        size = min(rect.width(), rect.height())
        image = pixmap(self._name, self._tone(mode, state), size, ratio)
        at = rect.center() - QPoint((size - 1) // 2, (size - 1) // 2)
        painter.drawPixmap(at, image)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon as a picture of ``size`` device pixels."""
        return pixmap(self._name, self._tone(mode, state), min(size.width(), size.height()))

    def scaledPixmap(  # noqa: N802 - Qt's name
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """The icon of so many pixels of the design, for a screen of ``scale`` dots each."""
        side = min(size.width(), size.height())
        return pixmap(self._name, self._tone(mode, state), side, scale)

    def _tone(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "ctrl"
        return self._checked if state == QIcon.State.On else self._token


def icon(name: str, tone: str = "text2", *, checked: str = "") -> QIcon:
    """An icon for buttons and menus; ``checked`` is its tone while a button is down."""
    return QIcon(TintedIcon(name, tone, checked or tone))


def pixmap(
    name: str, token: str, size: int = SIZE, ratio: float = 1.0, stroke: float = _STROKE
) -> QPixmap:
    """One icon as a picture, drawn once per colour, size and screen."""
    shade = theme.colour(token).name()
    key = (name, shade, size, ratio, stroke)
    found = _drawn.get(key)
    if found is None:
        found = _drawn[key] = _draw(name, shade, size, ratio, stroke)
    return found


def _draw(name: str, shade: str, size: int, ratio: float, stroke: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    source = _source(name).replace("currentColor", shade)
    source = source.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    side = round(size * ratio)
    image = QPixmap(side, side)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    QSvgRenderer(source.encode()).render(painter)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


@cache
def _source(name: str) -> str:
    return paths.resource("icons", f"{name}.svg").read_text("utf-8")
