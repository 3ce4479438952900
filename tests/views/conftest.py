"""Windows of tests wear the house's clothes and leave nothing behind."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from advisorcrm.db.database import Database
from advisorcrm.views import theme
from advisorcrm.views.clients.surroundings import Surroundings
from tests.factories import People
from tests.views.desks import desks

OFFSCREEN = "This plugin does not support"
"""What Qt says of every window that has no screen; nothing of ours."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Windows without a screen are what these tests want."""
    for item in items:
        if "views" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN, extend=True))


@pytest.fixture(scope="session")
def wardrobe(qapp: QApplication) -> None:
    """Dress the program once: it is the slow part."""
    theme.start(qapp, appearance="light")


@pytest.fixture(autouse=True)
def dressed(wardrobe: None) -> Iterator[None]:
    """Light theme at 100 %; the windows of the test before are really gone.

    ``deleteLater`` waits for an event loop that no test runs.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    theme.use("light", 100)
    yield
    theme.use("light", 100)


@pytest.fixture(autouse=True)
def _collected_between_tests(qapp: QApplication) -> Iterator[None]:
    """As in the program (``views/garbage.py``): never while Qt paints what may be garbage."""
    gc.disable()
    yield
    for widget in qapp.topLevelWidgets():
        widget.close()
    gc.enable()


@pytest.fixture
def desk_of(
    file_database: Database, file_people: People
) -> Iterator[Callable[[str], Surroundings]]:
    """Makes the surroundings of somebody by the role."""
    with desks(file_database) as desk:
        yield lambda role: desk(getattr(file_people, role))
