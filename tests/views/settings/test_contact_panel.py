"""Contact hours, validity of tests and the suitability matrix, as the manager changes them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.rules.suitability import LOWEST
from advisorcrm.services.settings import load_settings
from advisorcrm.services.suitability import load_matrix
from advisorcrm.terms import ProductRisk
from advisorcrm.views.settings.contact_panel import ContactPanel
from advisorcrm.views.widgets.level import Level
from tests.views.settings.conftest import OpenPage, go_to
from tests.views.windows import nameless


@pytest.fixture
def panel(open_page: OpenPage) -> ContactPanel:
    page = open_page("manager")
    go_to(page, "联系与适当性")
    panel = page.findChild(ContactPanel)
    assert isinstance(panel, ContactPanel)
    return panel


@pytest.mark.req("R221")
def test_hours_and_months_are_kept_by_ctrl_s(
    panel: ContactPanel, qtbot: QtBot, file_database: Database
) -> None:
    assert panel.hours.value() == "08:30-12:00，13:00-20:00"
    assert panel.months.value() == "24"
    panel.hours.focus()
    panel.hours.set_value("9:00-12:00、14:00-18:00")
    panel.months.set_value("12")
    qtbot.keyClick(panel.hours.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: file_database.read(load_settings).risk_test_months == 12)
    assert file_database.read(load_settings).contact_hours == ("9:00-12:00", "14:00-18:00")


def test_what_is_no_hour_and_no_number_of_months_is_refused_at_its_field(
    panel: ContactPanel, file_database: Database
) -> None:
    panel.hours.set_value("早上")
    panel.months.set_value("0")
    panel.save_button.click()
    assert panel.hours.level() is Level.ERROR
    assert panel.months.level() is Level.ERROR
    assert file_database.read(load_settings).risk_test_months == 24


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
