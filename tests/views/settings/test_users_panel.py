"""The people: who is entered can sign in, whose account is closed cannot."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.errors import NotFoundError, SignInError
from advisorcrm.services.workplace import desk
from advisorcrm.terms import Role
from advisorcrm.views import messages
from advisorcrm.views.settings.new_password_dialog import NewPasswordDialog
from advisorcrm.views.settings.new_user_dialog import NewUserDialog
from advisorcrm.views.settings.users_panel import UsersPanel
from advisorcrm.views.widgets.level import Level
from tests.conftest import NOW
from tests.factories import PASSWORD
from tests.views.settings.conftest import OpenPage, go_to


@pytest.fixture
def panel(open_page: OpenPage) -> UsersPanel:
    page = open_page("administrator")
    go_to(page, "用户与角色")
    panel = page.findChild(UsersPanel)
    panel.host = page  # the page lives as long as the test
    return panel


def numbers(panel: UsersPanel) -> list[str]:
    return [panel.model.row_at(line).employee_no for line in range(panel.model.rowCount())]


def ask_for(panel: UsersPanel, **values: str) -> NewUserDialog:
    dialog = panel.add_user()
    answers = {"employee_no": "LSL0077", "name": "许清", "password": PASSWORD} | values
    for name, value in answers.items():
        dialog.fields[name].set_value(value)
    return dialog


@pytest.mark.req("R16")
def test_a_new_person_can_sign_in_with_role_and_groups(
    panel: UsersPanel, qtbot: QtBot, place: str
) -> None:
    dialog = ask_for(panel, groups="第二客户组、新客户组")
    dialog.role.set_code(Role.ADVISOR)
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert "LSL0077" in numbers(panel)
    database = desk.sign_in(place, "lsl0077", PASSWORD, now=NOW)
    assert database.actor.role is Role.ADVISOR
    assert set(database.actor.group_names) == {"第二客户组", "新客户组"}
    database.close()


def test_a_number_that_is_taken_is_said_at_its_field_and_the_form_stays(panel: UsersPanel) -> None:
    dialog = ask_for(panel, employee_no="LSL0042")
    dialog.save_button.click()
    assert dialog.isVisible()
    assert dialog.fields["employee_no"].level() is Level.ERROR
    assert "已有人使用" in dialog.fields["employee_no"].message()
    dialog.reject()


def test_a_short_password_is_refused(panel: UsersPanel) -> None:
    dialog = ask_for(panel, password="short")
    dialog.save_button.click()
    assert dialog.isVisible()
    assert "至少 8 位" in dialog.fields["password"].message()
    assert "LSL0077" not in numbers(panel)
    dialog.reject()


@pytest.mark.req("R16")
def test_a_closed_account_opens_nothing_any_more(panel: UsersPanel, place: str) -> None:
    panel.table.go_to(numbers(panel).index("LSL0043"))
    panel.close_button.click()
    row = panel.model.row_at(numbers(panel).index("LSL0043"))
    assert not row.is_active
    with pytest.raises((SignInError, NotFoundError)):
        desk.sign_in(place, "LSL0043", PASSWORD, now=NOW)


@pytest.mark.req("R16")
def test_who_forgot_the_password_is_let_in_again_and_so_is_who_was_closed_by_mistake(
    panel: UsersPanel, place: str, qtbot: QtBot
) -> None:
    panel.table.go_to(numbers(panel).index("LSL0043"))
    panel.close_button.click()
    assert panel.table.current_id() == panel.model.row_at(numbers(panel).index("LSL0043")).id
    qtbot.mouseClick(panel.password_button, Qt.MouseButton.LeftButton)
    dialog = panel.findChild(NewPasswordDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.password.hasFocus)
    qtbot.keyClicks(dialog.password, "short")
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    assert "至少 8 位" in dialog.fields["password"].message()
    qtbot.keyClicks(dialog.password, "-told-in-person")
    with qtbot.waitSignal(panel.told) as told:
        qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    assert told.args[0] == "LSL0043 的密码已重置，请本人登录后修改。"
    assert not dialog.isVisible()
    assert panel.model.row_at(numbers(panel).index("LSL0043")).is_active
    desk.sign_in(place, "LSL0043", "short-told-in-person", now=NOW).close()


def test_the_own_account_cannot_be_closed(
    panel: UsersPanel, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(messages, "show_problem", told.append)
    panel.table.go_to(numbers(panel).index("LSL0001"))
    panel.close_button.click()
    assert [str(error) for error in told] == ["不能停用自己的账号。"]
    desk.sign_in(place, "LSL0001", PASSWORD, now=NOW).close()
