"""A drop-down: what it takes of the keyboard, and what it leaves to its page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.views.widgets.combo_box import ComboBox

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Page(QWidget):
    """Notes the keys that come to it."""

    def __init__(self) -> None:
        super().__init__()
        self.box = ComboBox([("a", "一"), ("s", "s 二"), ("c", "三")])
        QVBoxLayout(self).addWidget(self.box)
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Everything the box leaves over."""
        if event.key() not in (Qt.Key.Key_Control, Qt.Key.Key_Alt):
            self.keys.append(event.key())


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_S, CTRL), (Qt.Key.Key_PageDown, CTRL), (Qt.Key.Key_Return, CTRL),
        (Qt.Key.Key_N, ALT), (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
    ],
)  # fmt: skip
def test_a_chord_is_the_pages_and_changes_no_choice(
    qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    page = Page()
    qtbot.addWidget(page)
    QTest.keyClick(page.box, key, held)
    assert page.keys == [key]
    assert page.box.code() == "a"


def test_arrows_and_letters_choose(qtbot: QtBot) -> None:
    page = Page()
    qtbot.addWidget(page)
    QTest.keyClick(page.box, Qt.Key.Key_Down)
    assert page.box.code() == "s"
    QTest.keyClick(page.box, Qt.Key.Key_End)
    QTest.keyClick(page.box, Qt.Key.Key_S)
    assert page.box.code() == "s"
    assert page.keys == []


def test_the_wheel_scrolls_the_page_and_changes_no_choice(qtbot: QtBot) -> None:
    page = Page()
    qtbot.addWidget(page)
    page.show()
    qtbot.waitActive(page)
    page.box.setFocus()
    place = QPointF(page.box.rect().center())
    turned = QWheelEvent(
        place, page.box.mapToGlobal(place), QPoint(0, 0), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.box, turned)
    assert page.box.code() == "a"
    assert not turned.isAccepted()
