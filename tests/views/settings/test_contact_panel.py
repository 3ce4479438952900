"""Contact hours, validity of tests and the suitability matrix, as the manager changes them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.rules.suitability import LOWEST
from advisorcrm.services.suitability.suitability import load_matrix
from advisorcrm.terms import ProductRisk
from advisorcrm.views.settings.contact_panel import ContactPanel
from tests.factories import People, set_parameter
from tests.views.settings.conftest import OpenPage, go_to
from tests.views.windows import nameless


@pytest.fixture
def panel(open_page: OpenPage) -> ContactPanel:
    page = open_page("manager")
    go_to(page, "联系与适当性")
    panel = page.findChild(ContactPanel)
    assert isinstance(panel, ContactPanel)
    return panel


def test_hours_and_months_are_shown_and_changed_by_two_persons_elsewhere(
    panel: ContactPanel, file_database: Database, file_people: People
) -> None:
    assert panel.hours.value() == "08:30-12:00，13:00-20:00"
    assert panel.months.value() == "24"
    for field in (panel.hours, panel.months):
        assert isinstance(field.editor, QLineEdit)
        assert field.editor.isReadOnly()
    set_parameter(file_database, file_people, "risk_test_months", "12")
    panel.reload()
    assert panel.months.value() == "12"


def test_a_cell_of_the_matrix_is_kept_at_once_and_the_lowest_cannot_be_widened(
    panel: ContactPanel, qtbot: QtBot, file_database: Database
) -> None:
    cell = panel.cells["C3", ProductRisk.R4]
    assert not cell.isChecked()
    cell.setFocus()
    qtbot.keyClick(cell, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: file_database.read(load_matrix)["C3", ProductRisk.R4])
    assert panel.cells[LOWEST, ProductRisk.R1].isEnabled()
    assert not panel.cells[LOWEST, ProductRisk.R2].isEnabled()
    assert nameless(panel) == []
