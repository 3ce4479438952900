"""What a person chooses applies at once, and to the next start; people come and go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from advisorcrm import i18n
from advisorcrm.app import Program
from advisorcrm.db.database import Database
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.drafts import list_drafts
from advisorcrm.terms import Role
from advisorcrm.views import theme
from advisorcrm.views.clients.client_page import TIMELINE
from advisorcrm.views.contacts.contact_log_dialog import ContactLogDialog
from advisorcrm.views.page_names import CLIENT, SETTINGS
from advisorcrm.views.remembered import recall
from advisorcrm.views.settings.new_user_dialog import NewUserDialog
from advisorcrm.views.settings.personal_panel import PersonalPanel
from advisorcrm.views.settings.users_panel import UsersPanel
from advisorcrm.views.sign_in.recovery_dialog import RecoveryDialog
from advisorcrm.views.widgets.buttons import Button
from tests.e2e.conftest import Start, make_vault, settled, sign_in, window_of
from tests.e2e.person import Person, focused, shown
from tests.factories import PASSWORD, People, make_client


@pytest.fixture
def client_id(behind: Database, people: People) -> int:
    return behind.write(lambda s, _a: make_client(s, people.advisor, name="欧阳文静"))


def in_english(program: Program) -> bool:
    labels = window_of(program).main_window.findChildren(QLabel)
    return any(label.text() == "Language" for label in labels)


def test_another_language_makes_the_window_anew_on_the_same_page(
    enter: Callable[[str], Program], person: Person, client_id: int, behind: Database,
    people: People,
) -> None:  # fmt: skip
    program = enter("LSL0042")
    old = window_of(program)
    old.main_window.resize(1280, 700)
    person.press("Ctrl+N")
    form = person.sees(ContactLogDialog)
    person.waits_for(form.isActiveWindow)
    person.waits_for(lambda: form.client_id() == client_id and form.form.way.code())
    person.type("half a sentence")
    old.main_window.activateWindow()
    person.waits_for(old.main_window.isActiveWindow)
    person.press("Ctrl+,")
    panel = person.sees(PersonalPanel)
    panel.language.setFocus()
    person.press("Down")
    person.waits_for(lambda: program.window is not old)
    settled(program, person)

    window = window_of(program).main_window
    assert i18n.language() == "en"
    assert window.current_key() == SETTINGS
    assert in_english(program)
    assert window.windowTitle().startswith("Settings")
    assert (window.width(), window.height()) == (1280, 700)
    assert shown(ContactLogDialog) == []
    person.waits_for(lambda: len(window_of(program).chips.drafts()) == 1)
    (draft,) = behind.acting_as(people.advisor).read(list_drafts)
    assert draft.content["content"] == "half a sentence"
    person.press("Ctrl+2")
    person.waits_for(window.status.page.text)
    assert "1 of 1" in window.status.page.text()
    assert recall("language") == "en", "the next sign-in window speaks it too"


def test_a_persons_own_language_and_look_come_with_the_sign_in(
    start: Start, place: Any, person: Person, behind: Database, people: People
) -> None:
    from advisorcrm.services.branch.settings import save_setting

    advisor = behind.acting_as(people.advisor)
    for name, value in (("language", "en"), ("theme", "dark"), ("font_percent", 110)):
        advisor.write(lambda s, a, n=name, v=value: save_setting(s, a, n, v))
    program = start(place)
    assert i18n.language() == "zh_CN"
    sign_in(program, person, "LSL0042")
    assert i18n.language() == "en"
    assert (theme.current.appearance, theme.current.scale) == ("dark", 110)
    person.press("Ctrl++")
    settled(program, person)
    assert advisor.read(load_settings).font_percent == 125


def test_a_language_chosen_at_the_door_is_kept_for_the_person(
    start: Start, place: Any, person: Person, behind: Database, people: People
) -> None:
    program = start(place)
    before = program.entrance.login
    assert before is not None
    person.waits_for(before.isActiveWindow)
    english = next(b for b in before.findChildren(Button) if b.text() == "English")
    person.click(english)
    person.waits_for(lambda: program.entrance.login is not before)
    sign_in(program, person, "LSL0042")
    assert i18n.language() == "en"
    settled(program, person)
    assert behind.acting_as(people.advisor).read(load_settings).language == "en"


@pytest.mark.req("R16")
def test_the_administrator_enters_a_person_who_then_signs_in(
    enter: Callable[[str], Program], person: Person
) -> None:
    program = enter("LSL0001")
    window = window_of(program)
    assert window.main_window.current_key() == SETTINGS
    page: Any = window.main_window.page(SETTINGS)
    for _step in range(page.subjects.count()):
        person.press("Down")
        if page.findChild(UsersPanel).isVisible():
            break
    panel = person.sees(UsersPanel)
    person.waits_for(lambda: panel.model.rowCount() == 7)
    assert page.isAncestorOf(panel)
    person.click(panel.add_button)
    dialog = person.sees(NewUserDialog)
    person.waits_for(dialog.isActiveWindow)
    dialog.fields["employee_no"].focus()
    person.fill_in("LSL0077", "许清")
    person.tab_to_text()
    dialog.role.set_code(Role.ADVISOR)
    person.tab_to_text()
    person.fill_in("第二客户组", PASSWORD)
    person.press("Return")
    person.waits_for(lambda: panel.model.rowCount() == 8)

    person.press("Ctrl+Alt+L")
    window.locking._switch()
    person.waits_for(lambda: program.entrance.login is not None)
    sign_in(program, person, "lsl0077")
    assert window_of(program).workplace.actor.name == "许清"
    assert window_of(program).workplace.actor.role is Role.ADVISOR


def test_the_recovery_sheet_opens_when_a_password_is_forgotten(
    start: Start, place: Any, person: Person
) -> None:
    place.with_suffix(".vault").unlink()
    key = make_vault(place)
    program = start(place)
    login = program.entrance.login
    assert login is not None
    person.waits_for(login.isActiveWindow)
    login.recovery_wanted.emit()
    dialog = person.sees(RecoveryDialog)
    person.waits_for(dialog.isActiveWindow)
    dialog.key.focus()
    person.fill_in("WRNG-" + key[5:], "LSL0042", "brand-new-one")
    person.press("Return")
    person.waits_for(dialog.said.isVisible)
    assert "密钥不对" in dialog.said.text()
    assert dialog.open_button.isEnabled()
    dialog.reject()

    let_the_waiting_be_over(place)
    login.recovery_wanted.emit()
    again = person.sees(RecoveryDialog)
    person.waits_for(again.isActiveWindow)
    again.key.focus()
    person.fill_in(key.replace("-", "").lower(), "LSL0042", "brand-new-one")
    person.press("Return")
    person.waits_for(lambda: program.window is not None)
    settled(program, person)
    assert window_of(program).workplace.actor.name == "林若溪"


def let_the_waiting_be_over(place: Any) -> None:
    """Some minutes later."""
    import json

    vault = place.with_suffix(".vault")
    content = json.loads(vault.read_text("utf-8"))
    content["unknown"] = {}
    vault.write_text(json.dumps(content), "utf-8")


def test_nothing_that_is_typed_in_the_file_is_lost_by_going_away(
    enter: Callable[[str], Program], person: Person, client_id: int, behind: Database,
    people: People,
) -> None:  # fmt: skip
    program = enter("LSL0042")
    window_of(program).main_window.go(CLIENT, client_id)
    settled(program, person)
    page: Any = window_of(program).main_window.page(CLIENT)
    page.jump_to("occupation")
    person.waits_for(lambda: focused().accessibleName() == "职业")
    person.type("医生")
    person.press("Ctrl+1")
    settled(program, person)
    (draft,) = behind.acting_as(people.advisor).read(list_drafts)
    assert draft.content["fields"]
    window_of(program).main_window.go(CLIENT, client_id)
    settled(program, person)
    assert page.form.fields["occupation"].field.value() == "医生"
    page.show_tab(TIMELINE)
    person.press("Ctrl+1")
    settled(program, person)
    person.click(window_of(program).chips.opened[0])
    person.waits_for(page.form.isVisible)
    assert QApplication.activeModalWidget() is None
