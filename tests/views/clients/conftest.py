"""The client screens on the encrypted file, each person at a desk, everything answered at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import Settings
from advisorcrm.views.clients.client_page import ClientPage
from advisorcrm.views.clients.clients_page import ClientsPage
from advisorcrm.views.clients.surroundings import Surroundings
from advisorcrm.views.jobs import AtOnce, Jobs
from tests.conftest import NOW, TODAY
from tests.factories import People, make_client

MakeDesk = Callable[[str], Surroundings]


@pytest.fixture
def people(file_people: People) -> People:
    return file_people


@pytest.fixture
def desk_of(file_database: Database, people: People) -> Iterator[MakeDesk]:
    """A desk for a role: ``desk_of("manager")``."""
    opened: list[Jobs] = []

    def make(role: str) -> Surroundings:
        database = file_database.acting_as(getattr(people, role))
        opened.append(Jobs(database, worker=AtOnce()))
        book = database.read(load_code_book)
        return Surroundings(opened[-1], book, Settings(), database.actor, lambda: NOW)

    yield make
    for jobs in opened:
        jobs.close()


@pytest.fixture
def desk(desk_of: MakeDesk) -> Surroundings:
    """The advisor's desk."""
    return desk_of("advisor")


@pytest.fixture
def clients(file_database: Database, people: People) -> dict[str, int]:
    """Four clients of the advisor and one of a colleague, by name."""
    records: tuple[tuple[Any, dict[str, Any]], ...] = (
        (people.advisor, {"name": "陈国梁", "tier": "platinum", "assets_fen": 628_400_000_00 // 100,
                              "mobile": "13800006612", "account": "600100003320",
                              "last_contact_at": NOW, "contact_every_days": 14}),
        (people.advisor, {"name": "欧阳文静", "tier": "platinum", "assets_fen": 455_700_000_00 // 100,
                              "mobile": "13900000458", "account": "600100017715",
                              "last_contact_at": NOW - timedelta(days=23), "contact_every_days": 14}),
        (people.advisor, {"name": "王秀兰", "tier": "gold", "assets_fen": 218_900_000_00 // 100,
                              "mobile": "13700002290", "account": "600100035586",
                              "last_contact_at": NOW - timedelta(days=16),
                              "risk_expires_on": TODAY + timedelta(days=30)}),
        (people.advisor, {"name": "曾繁荣", "tier": "silver", "assets_fen": 1_000_000_00,
                              "mobile": "18900005562", "account": "600100048840",
                              "service_need": "do_not_disturb"}),
        (people.colleague, {"name": "许志刚", "tier": "gold", "assets_fen": 500_000_00,
                                "mobile": "13500001111", "account": "600100099999"}),
    )  # fmt: skip

    def fill(session: Any, _actor: Any) -> dict[str, int]:
        return {values["name"]: make_client(session, owner, **values) for owner, values in records}

    return file_database.write(fill)


class WindowSpy(QObject):
    """Notes every window that opens: a child shown before it has its parent flashes as one."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.opened: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(type(watched).__name__)
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[list[str]]:
    """The windows that opened during the test."""
    spy = WindowSpy(qapp)
    yield spy.opened
    qapp.removeEventFilter(spy)


def settle(qtbot: QtBot, desk: Surroundings) -> None:
    """Until every answer has come, also what is asked in a moment of quiet or when painted."""
    qtbot.waitUntil(desk.jobs.is_idle)
    QApplication.processEvents()
    for page in QApplication.topLevelWidgets():
        if isinstance(page, ClientsPage) and page.isVisible():
            qtbot.waitUntil(page.listing.is_settled)
    qtbot.waitUntil(desk.jobs.is_idle)
    QApplication.processEvents()


def opened_list(qtbot: QtBot, desk: Surroundings) -> ClientsPage:
    page = ClientsPage(desk)
    show(qtbot, page, 1280, 760)
    settle(qtbot, desk)
    names_of(page)
    settle(qtbot, desk)
    return page


def opened_client(qtbot: QtBot, desk: Surroundings, client_id: int) -> ClientPage:
    page = ClientPage(desk)
    show(qtbot, page, 1280, 760)
    page.open_record(client_id)
    settle(qtbot, desk)
    return page


def show(qtbot: QtBot, page: QWidget, width: int, height: int) -> None:
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def names_of(page: ClientsPage) -> list[str]:
    """The names in the list, from top to bottom."""
    section = page.model.section_of("name")
    return [page.model.index(row, section).data() for row in range(page.model.rowCount())]


def press(widget: QWidget, keys: str) -> None:
    """Press keys one after the other where the focus is: ``J J Return``."""
    if isinstance(widget, QDialog):
        for _round in range(100):
            if widget.isActiveWindow():
                break
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
    for name in keys.split():
        target = QApplication.focusWidget() or widget
        *held, key = name.split("+")
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= getattr(Qt.KeyboardModifier, f"{_HELD.get(one, one)}Modifier")
        QTest.keyClick(target, getattr(Qt.Key, f"Key_{key}"), modifiers)


_HELD = {"Ctrl": "Control"}


def type_text(widget: QWidget, text: str) -> None:
    """Type a text by keys into what has the focus; Chinese comes as an input method gives it."""
    target = QApplication.focusWidget() or widget
    if text.isascii():
        QTest.keyClicks(target, text)
        return
    from PySide6.QtGui import QInputMethodEvent

    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)
