"""The line in which something is searched, by keys."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from advisorcrm.views.widgets.search_line import SearchLine


@pytest.mark.parametrize("key", ["", "Ctrl+F"])
def test_a_line_that_is_emptied_shows_nothing_beside_itself(qtbot: QtBot, key: str) -> None:
    line = SearchLine("找客户", key=key)
    qtbot.addWidget(line)
    line.show()
    before = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    qtbot.keyClicks(line, "oy")
    line.clear()
    assert {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()} == before
    told = [label.text() for label in line.findChildren(QLabel) if label.isVisible()]
    assert told == ([key] if key else [])
