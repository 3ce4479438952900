"""The telephone rings while something else is being written: by keys, nothing lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from advisorcrm.app import Program
from advisorcrm.db.database import Database
from advisorcrm.views.contacts.contact_log_dialog import ContactLogDialog
from advisorcrm.views.omnibox import OmniLine
from advisorcrm.views.page_names import CLIENT_LIST
from advisorcrm.views.table_view import RecordTable
from tests.e2e.conftest import settled, window_of
from tests.e2e.person import Person, focused, shown
from tests.factories import People, make_client


@pytest.fixture
def program(
    behind: Database, people: People, enter: Callable[[str], Program], person: Person
) -> Program:
    """The list of an advisor with two clients."""

    def two_clients(session: object, actor: object) -> None:
        for name in ("欧阳文静", "曾繁荣"):
            make_client(session, people.advisor, name=name)  # type: ignore[arg-type]

    behind.write(two_clients)
    program = enter("LSL0042")
    person.press("Ctrl+2")
    settled(program, person)
    assert window_of(program).main_window.current_key() == CLIENT_LIST
    return program


def pick_up(program: Program, person: Person, typed: str, name: str) -> ContactLogDialog:
    """Somebody calls: found by the initials, the form is there."""
    person.press("Ctrl+K")
    assert isinstance(focused(), OmniLine)
    person.type(typed)
    omnibox = window_of(program).main_window.omnibox
    person.waits_for(lambda: omnibox.query() == typed and name in omnibox.titles())
    person.press("Ctrl+Return")
    return form_about(person, name)


def form_about(person: Person, name: str) -> ContactLogDialog:
    form = person.sees(ContactLogDialog)
    person.waits_for(lambda: form.isActiveWindow() and form.entry().client_name == name)
    person.waits_for(form.form.way.code)
    return form


@pytest.mark.req("R35", "R80")
def test_another_client_calls_while_a_conversation_is_being_written(
    program: Program, person: Person
) -> None:
    window = window_of(program)
    pick_up(program, person, "oywj", "欧阳文静")
    person.type("正在谈仓位，")
    form = pick_up(program, person, "zfr", "曾繁荣")
    assert shown(ContactLogDialog) == [form]
    person.type("客户来电，约明天面谈。")
    person.press("Ctrl+Return")
    person.waits_for(lambda: window.main_window._toast.text() == "已记沟通：曾繁荣")
    settled(program, person)
    assert isinstance(focused(), RecordTable), "back where it began, not in the search"

    (draft,) = window.chips.drafts()
    person.press("F9")
    assert window.chips.opened[0].text().startswith("记沟通 · 欧*")
    person.press("F9")
    person.click(window.chips.opened[0])
    form = form_about(person, "欧阳文静")
    assert form.form.content.value() == "正在谈仓位，"
    person.press("Ctrl+N")
    person.waits_for(lambda: [one.client_id() for one in shown(ContactLogDialog)] == [None])
    person.press("Escape")
    settled(program, person)
    assert [one.title for one in window.chips.drafts()] == [draft.title]
