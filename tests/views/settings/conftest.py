"""A place whose people can sign in, and the settings page of one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.workplace import desk
from advisorcrm.services.workplace.workplace import Workplace
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.settings.settings_page import SettingsPage
from tests.conftest import CHEAP
from tests.factories import KEY, PASSWORD, PEOPLE, People

OpenPage = Callable[[str], SettingsPage]


@pytest.fixture
def place(file_database: Database, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database with its vault; cheap keys, else each password costs 0.1 s."""
    monkeypatch.setattr(desk, "PASSWORD_COST", CHEAP)
    for function in (desk.sign_in, desk.enter_user, desk.reset_password):
        monkeypatch.setitem(function.__kwdefaults__, "cost", CHEAP)
    assert file_database.path is not None
    vault, _key = Vault.create(vault_path(file_database.path), secret=KEY, cost=CHEAP)
    for one in PEOPLE:
        vault.set_password(one.employee_no, PASSWORD, KEY)
    return str(file_database.path)


@pytest.fixture
def open_page(
    place: str, file_database: Database, file_people: People, qtbot: QtBot
) -> Iterator[OpenPage]:
    """Opens the settings of a role; the page is kept until the test is over."""
    opened: list[tuple[SettingsPage, Jobs]] = []

    def open_settings(role: str) -> SettingsPage:
        door = file_database.acting_as(getattr(file_people, role))
        jobs = Jobs(door, worker=AtOnce())
        page = SettingsPage(jobs, Workplace(place, door), door.read(load_settings))
        opened.append((page, jobs))
        qtbot.addWidget(page)
        page.resize(1100, 600)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    yield open_settings
    for _page, jobs in opened:
        jobs.close()


def go_to(page: SettingsPage, title: str) -> None:
    """Choose a subject by its name."""
    titles = [page.subjects.item(row).text() for row in range(page.subjects.count())]
    page.subjects.setCurrentRow(titles.index(title))
