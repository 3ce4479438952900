"""The client screens on the encrypted file, each person at a desk, everything answered at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.views.clients.client_page import ClientPage
from advisorcrm.views.clients.clients_page import ClientsPage
from advisorcrm.views.surroundings import Surroundings
from tests.factories import People

MakeDesk = Callable[[str], Surroundings]


@pytest.fixture
def people(file_people: People) -> People:
    """In this folder everybody works on the encrypted file."""
    return file_people


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
