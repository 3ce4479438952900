"""Buttons in a row: what finds no room folds, what a page hides stays hidden."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import plain


def test_a_button_that_its_page_hides_stays_hidden_and_takes_no_room(qtbot: QtBot) -> None:
    page = QWidget()
    row = ButtonRow(page)
    qtbot.addWidget(page)
    first, second = plain("保存"), plain("撤销整批")
    for button in (first, second):
        row.add(button)
    second.hide()
    narrow = row.sizeHint().width()
    row.resize(600, 40)
    page.show()
    assert (first.isVisible(), second.isVisible()) == (True, False)

    second.show()
    qtbot.waitUntil(lambda: second.isVisible() and row.sizeHint().width() > narrow)
    row.resize(row.minimumSizeHint().width() + 4, 40)
    assert not second.isVisible()
    row.resize(600, 40)
    assert second.isVisible()
