"""A person's own choices: kept and in force at once."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm import i18n
from advisorcrm.db.database import Database
from advisorcrm.errors import DatabaseReadOnlyError, SignInError
from advisorcrm.services.branch.settings import Settings, load_settings
from advisorcrm.services.workplace import desk
from advisorcrm.views import messages, theme
from advisorcrm.views.settings.personal_panel import PersonalPanel
from advisorcrm.views.widgets.buttons import Button
from tests.conftest import NOW
from tests.factories import PASSWORD, People
from tests.views.settings.conftest import OpenPage


@pytest.fixture
def panel(open_page: OpenPage) -> PersonalPanel:
    page = open_page("advisor")
    panel = page.findChild(PersonalPanel)
    panel.host = page  # the page lives as long as the test
    return panel


@pytest.fixture
def kept(file_database: Database, file_people: People) -> Any:
    """The advisor's settings as they are stored now."""
    door = file_database.acting_as(file_people.advisor)
    return lambda: door.read(load_settings)


def test_the_look_changes_at_once_and_is_kept(panel: PersonalPanel, kept: Any) -> None:
    panel.theme.set_code("dark")
    panel.scale.set_code("125")
    assert theme.current.is_dark
    assert theme.current.scale == 125
    assert (kept().theme, kept().font_percent) == ("dark", 125)


def test_another_language_asks_for_the_window_to_be_made_anew(
    panel: PersonalPanel, kept: Any, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.settings_changed):
        panel.language.set_code("en")
    assert i18n.language() == "en"
    assert kept().language == "en"


def test_a_language_that_cannot_be_kept_is_not_used(
    panel: PersonalPanel, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(messages, "show_problem", told.append)

    def refuse(*_arguments: object, **_named: object) -> None:
        raise DatabaseReadOnlyError("数据库只读。")

    monkeypatch.setattr("advisorcrm.services.branch.settings.save_setting", refuse)
    with qtbot.assertNotEmitted(panel.settings_changed):
        panel.language.set_code("en")
    assert i18n.language() == "zh_CN"
    assert [str(error) for error in told] == ["数据库只读。"]


def test_row_height_and_single_keys_are_the_persons_own(
    panel: PersonalPanel, kept: Any, file_database: Database, file_people: People
) -> None:
    panel.rows.set_code("two_line")
    panel.single_keys.setChecked(False)
    assert (kept().row_height, kept().single_keys) == ("two_line", False)
    manager = file_database.acting_as(file_people.manager).read(load_settings)
    assert (manager.row_height, manager.single_keys) == ("standard", True)
    assert kept().lock_after_minutes == Settings().lock_after_minutes


def change_password(panel: PersonalPanel, qtbot: QtBot, old: str, new: str) -> None:
    panel.old_password.setText(old)
    panel.new_password.setText(new)
    change = next(b for b in panel.findChildren(Button) if b.accessibleName() == "修改密码")
    qtbot.mouseClick(change, Qt.MouseButton.LeftButton)


@pytest.mark.req("R148")
def test_the_password_is_changed_by_who_knows_the_old_one(
    panel: PersonalPanel, qtbot: QtBot, place: str
) -> None:
    change_password(panel, qtbot, "wrong-horse", "brand-new-one")
    assert "密码不对" in panel.said.text()
    change_password(panel, qtbot, PASSWORD, "short")
    assert "至少 8 位" in panel.said.text()


@pytest.mark.req("R148")
def test_the_new_password_opens_and_the_old_one_does_not(
    panel: PersonalPanel, qtbot: QtBot, place: str
) -> None:
    change_password(panel, qtbot, PASSWORD, "brand-new-one")
    assert panel.said.text() == "密码已修改，下次登录起用新密码。"
    assert (panel.old_password.text(), panel.new_password.text()) == ("", "")
    desk.sign_in(place, "LSL0042", "brand-new-one", now=NOW).close()
    with pytest.raises(SignInError):
        desk.sign_in(place, "LSL0042", PASSWORD, now=NOW)
