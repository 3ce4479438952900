"""The branch as it is printed: read, changed, refused at its field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.branch.branches import get_branch
from advisorcrm.views.settings.branch_panel import BranchPanel
from advisorcrm.views.settings.settings_page import SettingsPage
from advisorcrm.views.widgets.level import Level
from tests.views.settings.conftest import OpenPage, go_to


@pytest.fixture
def page(open_page: OpenPage) -> SettingsPage:
    page = open_page("manager")
    go_to(page, "营业部")
    return page


@pytest.mark.req("R68")
def test_the_branch_is_changed_and_kept_by_ctrl_s(
    page: SettingsPage, qtbot: QtBot, file_database: Database
) -> None:
    panel = page.findChild(BranchPanel)
    assert panel.fields["name"].value() == "历山路证券营业部"
    panel.fields["address"].editor.setFocus()
    panel.fields["address"].set_value("济南市历下区历山路 138 号")
    qtbot.keyClick(
        panel.fields["address"].editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier
    )
    qtbot.waitUntil(lambda: file_database.read(get_branch).address.endswith("138 号"))
    assert file_database.read(get_branch).name == "历山路证券营业部"


def test_a_branch_without_a_name_is_refused_at_the_field(
    page: SettingsPage, file_database: Database
) -> None:
    panel = page.findChild(BranchPanel)
    panel.fields["name"].set_value("")
    panel.save_button.click()
    assert panel.fields["name"].level() is Level.ERROR
    assert file_database.read(get_branch).name == "历山路证券营业部"
