"""Colours: every pair can be read, every colour is a token."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication, QRadioButton, QStyle, QStyleOptionButton
from pytestqt.qtbot import QtBot

from advisorcrm import paths
from advisorcrm.views import icons, theme

PAPER = {"paper.py", "print_preview.py"}
"""Ink is black and paper white, whatever the theme."""
PAIRS = [
    line.split()
    for line in """
    text surface 4.5|text app 4.5|text selected 4.5|text2 surface 4.5|text2 rail 4.5
    text2 sunken 4.5|text3 surface 4.5|text3 app 4.5|text3 sunken 4.5|text3 selected 4.5
    accent surface 4.5|accent app 4.5|accent accent_soft 4.5|on_accent accent_fill 4.5
    up surface 4.5|up selected 4.5|up app 4.5|down surface 4.5|down selected 4.5|down app 4.5
    crit surface 4.5|crit crit_soft 4.5|crit selected 4.5|warn surface 4.5|warn warn_soft 4.5
    warn selected 4.5|ok surface 4.5|ok ok_soft 4.5|ok selected 4.5|tier_pt tier_pt_bg 4.5
    tier_au tier_au_bg 4.5|tier_ag tier_ag_bg 4.5|text tier_au_bg 4.5|surface text 4.5
    text hover 4.5|text2 hover 4.5|accent hover 4.5|accent selected 4.5|ctrl surface 3
    ctrl app 3|focus surface 3|s1 surface 3|s2 surface 3|s3 surface 3
    """.replace("\n", "|").split("|")
    if line.strip()
]


def _light(colour: str) -> float:
    parts = [part / 255 for part in QColor(colour).getRgb()[:3]]
    lines = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * lines[0] + 0.7152 * lines[1] + 0.0722 * lines[2]


def _contrast(front: str, back: str) -> float:
    high, low = sorted((_light(front), _light(back)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_pair_of_tokens_can_be_read(name: str) -> None:
    tokens = theme.read_tokens()[name]
    poor = [
        (front, back, round(_contrast(tokens[front], tokens[back]), 2))
        for front, back, needed in PAIRS
        if _contrast(tokens[front], tokens[back]) < float(needed)
    ]
    assert poor == []


def test_no_colour_is_written_outside_the_tokens() -> None:
    literal = re.compile(
        r"#[0-9A-Fa-f]{6}\b|rgba?\(|QColor\(\s*([1-9]|\"[a-z#])|Qt\.GlobalColor\.(?!transparent)"
    )
    places = [*paths.resource("style").glob("*.qss")]
    places += (paths.resource().parent / "advisorcrm" / "views").rglob("*.py")
    found = {place.name for place in places if literal.search(place.read_text("utf-8"))}
    assert found - PAPER == set()


def test_the_style_sheet_names_only_tokens_that_exist() -> None:
    for name in theme.APPEARANCES[1:]:
        theme.use(name, 150)
        assert "@" not in theme.current.sheet()


def test_a_switch_of_theme_recolours_icons_without_new_ones(qapp: QApplication) -> None:
    icon = icons.icon("users", "accent")
    light = icon.pixmap(QSize(16, 16)).toImage()
    theme.use("dark", 100)
    assert icon.pixmap(QSize(16, 16)).toImage() != light
    assert qapp.palette().window().color().name() == theme.colour("app").name()


@pytest.mark.parametrize("dots", [1.0, 1.25, 2.0])
def test_an_icon_of_a_button_is_sharp_on_every_screen(qapp: QApplication, dots: float) -> None:
    icon = icons.icon("users", "accent")
    shot = icon.pixmap(QSize(16, 16), dots, QIcon.Mode.Normal, QIcon.State.Off)
    assert shot.size() == QSize(round(16 * dots), round(16 * dots))


def test_the_font_scale_stays_between_90_and_200_percent() -> None:
    theme.use("light", 400)
    assert theme.px(10) == 20
    theme.use("light", 10)
    assert theme.px(10) == 9


@pytest.mark.parametrize("scale", theme.SCALES)
def test_a_radio_button_is_round_at_every_font_scale(qtbot: QtBot, scale: int) -> None:
    """A side shorter than two radii Qt draws with square corners."""
    theme.use("light", scale)
    radio = QRadioButton("否")
    qtbot.addWidget(radio)
    radio.show()
    for is_on in (False, True):
        radio.setAutoExclusive(False)
        radio.setChecked(is_on)
        option = QStyleOptionButton()
        radio.initStyleOption(option)
        part = QStyle.SubElement.SE_RadioButtonIndicator
        box = radio.style().subElementRect(part, option, radio)
        shot = radio.grab().toImage()
        ground = shot.pixelColor(shot.width() - 1, 0).name()
        corners = {
            shot.pixelColor(x, y).name()
            for x in (box.left(), box.right())
            for y in (box.top(), box.bottom())
        }
        assert corners == {ground}
        assert shot.pixelColor(box.center().x(), box.top()).name() != ground


def test_every_icon_asked_for_is_there() -> None:
    there = {place.stem for place in paths.resource("icons").glob("*.svg")}
    asked = set()
    for place in (paths.resource().parent / "advisorcrm" / "views").rglob("*.py"):
        text = place.read_text("utf-8")
        asked |= set(re.findall(r"icon=\"([a-z0-9-]+)\"", text))
        asked |= set(
            re.findall(
                r"(?:icon|pixmap|IconMark|IconLabel|bare|EmptyState)\(\s*\"([a-z0-9-]+)\"", text
            )
        )
    assert asked - there == set()
    assert (paths.resource("icons") / "LICENSE").is_file()
