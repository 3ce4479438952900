"""Chips that wrap: their height follows from the width and from what is shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.views.widgets.flow import FlowLayout


@pytest.fixture
def area(qtbot: QtBot) -> QWidget:
    """An area of three chips, 100 × 20 each."""
    area = QWidget()
    qtbot.addWidget(area)
    flow = FlowLayout(area, gap=6)
    for _each in range(3):
        chip = QWidget()
        chip.setFixedSize(100, 20)
        flow.addWidget(chip)
    area.resize(330, 100)
    area.show()
    qtbot.waitExposed(area)
    return area


def flow_of(area: QWidget) -> FlowLayout:
    flow = area.layout()
    assert isinstance(flow, FlowLayout)
    return flow


def chip(area: QWidget, place: int) -> QWidget:
    item = flow_of(area).itemAt(place)
    assert item is not None
    return item.widget()


def test_chips_go_on_below_when_the_line_is_full(area: QWidget) -> None:
    flow = flow_of(area)
    assert [flow.heightForWidth(width) for width in (312, 311, 205, 90)] == [20, 46, 72, 72]


def test_the_height_follows_a_chip_that_grows_or_goes(area: QWidget) -> None:
    flow = flow_of(area)
    assert flow.heightForWidth(312) == 20
    chip(area, 0).setFixedSize(120, 30)
    assert flow.heightForWidth(312) == 56
    chip(area, 1).hide()
    assert flow.heightForWidth(312) == 30
