"""Measuring and breaking text for paper, in millimetres and the same on every device.

Everything is measured in one large unhinted face and scaled: what fits on the screen fits on
the printer. A text that is too wide becomes a little smaller, then breaks into lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

FAMILIES = ["SimSun", "Noto Serif CJK SC", "Noto Sans CJK SC"]
MM_PER_POINT = 25.4 / 72
EM = 100
"""Pixels of the face in which everything is measured."""

LINE_SPACING = 1.28
_SMALLEST_CODE = 0.62  # numbers and addresses shrink rather than break
_SMALLEST_TEXT = 0.82
_REMEMBERED = 500  # broken texts: each is asked for at planning and at painting


@dataclass(frozen=True, slots=True)
class FittedText:
    """A text as it stands in its place: lines, size in points, room it takes in millimetres."""

    lines: tuple[str, ...]
    points: float
    width: float

    @property
    def line_height(self) -> float:
        """Millimetres from one line to the next."""
        return self.points * MM_PER_POINT * LINE_SPACING

    @property
    def height(self) -> float:
        """Millimetres that all lines take."""
        return len(self.lines) * self.line_height

    def part(self, first: int, last: int) -> FittedText:
        """Some of the lines, for a row that goes over several pages."""
        return FittedText(self.lines[first:last], self.points, self.width)


@cache
def face(*, bold: bool = False) -> QFont:
    """The face of all paper, at the size in which it is measured."""
    font = QFont(FAMILIES)
    font.setPixelSize(EM)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


class TextMeasure:
    """Fits texts; one for each layout, since metrics belong to the thread that made them."""

    def __init__(self) -> None:
        self._metrics = {bold: QFontMetricsF(face(bold=bold)) for bold in (False, True)}
        self._broken_before: dict[tuple[str, float, float, bool], FittedText] = {}

    def fit(self, text: str, width: float, points: float, *, bold: bool = False) -> FittedText:
        """The text in at most ``width`` millimetres: as it is, a little smaller, or broken."""
        if not text:
            return FittedText((), points, 0)
        lines = tuple(text.split("\n"))
        needed = max(self._advance(line, points, bold=bold) for line in lines)
        if needed <= width:
            return FittedText(lines, points, needed)
        smallest = _SMALLEST_CODE if text.isascii() else _SMALLEST_TEXT
        if width / needed >= smallest:
            return FittedText(lines, points * width / needed, width)
        if text.isascii():
            points *= _SMALLEST_CODE + (1 - _SMALLEST_CODE) / 2
        return self._broken(lines, width, points, bold=bold)

    def stacked(self, text: str, height: float, points: float) -> FittedText:
        """The text downwards, a character a line, smaller where the block is low."""
        lines = tuple(text)
        room = height / (len(lines) * MM_PER_POINT * LINE_SPACING)
        points = min(points, room)
        return FittedText(lines, points, points * MM_PER_POINT)

    def _advance(self, line: str, points: float, *, bold: bool) -> float:
        return self._metrics[bold].horizontalAdvance(line) / EM * points * MM_PER_POINT

    def _broken(
        self, lines: tuple[str, ...], width: float, points: float, *, bold: bool
    ) -> FittedText:
        key = ("\n".join(lines), width, points, bold)
        if key not in self._broken_before:
            room = width / (points * MM_PER_POINT) * EM
            broken = [part for line in lines for part in _break(line, room, bold=bold)]
            widest = max(self._advance(line, points, bold=bold) for line in broken)
            self._broken_before[key] = FittedText(tuple(broken), points, min(widest, width))
            if len(self._broken_before) > _REMEMBERED:
                self._broken_before.pop(next(iter(self._broken_before)))
        return self._broken_before[key]


def _break(line: str, room: float, *, bold: bool) -> list[str]:
    """Lines by the rules of the writing: no full stop begins one, words stay whole."""
    if not line:
        return [""]
    layout = QTextLayout(line, face(bold=bold))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = line.encode("utf-16-le")  # Qt counts in UTF-16: a rare character (𠮷) is two
    parts = []
    layout.beginLayout()
    while (part := layout.createLine()).isValid():
        part.setLineWidth(room)
        start, end = 2 * part.textStart(), 2 * (part.textStart() + part.textLength())
        parts.append(units[start:end].decode("utf-16-le", "replace").rstrip())
    layout.endLayout()
    return parts
