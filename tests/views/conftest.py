"""Windows of tests wear the house's clothes and leave nothing behind."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from advisorcrm.db.database import Database
from advisorcrm.views import theme
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW, TODAY
from tests.factories import People, make_client
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
def advisor(file_database: Database, file_people: People) -> Database:
    """The database in the hands of the advisor, behind the window's back."""
    return file_database.acting_as(file_people.advisor)


@pytest.fixture
def desk_of(
    file_database: Database, file_people: People
) -> Iterator[Callable[[str], Surroundings]]:
    """Makes the surroundings of somebody by the role."""
    with desks(file_database) as desk:
        yield lambda role: desk(getattr(file_people, role))


@pytest.fixture
def desk(desk_of: Callable[[str], Surroundings]) -> Surroundings:
    """The advisor's desk."""
    return desk_of("advisor")


@pytest.fixture
def clients(file_database: Database, file_people: People) -> dict[str, int]:
    """Four clients of the advisor and one of a colleague, by name."""
    records: tuple[tuple[Any, dict[str, Any]], ...] = (
        (file_people.advisor, {"name": "陈国梁", "tier": "platinum", "assets_fen": 628_400_000_00 // 100,
                              "mobile": "13800006612", "account": "600100003320",
                              "last_contact_at": NOW, "contact_every_days": 14}),
        (file_people.advisor, {"name": "欧阳文静", "tier": "platinum", "assets_fen": 455_700_000_00 // 100,
                              "mobile": "13900000458", "account": "600100017715",
                              "last_contact_at": NOW - timedelta(days=23), "contact_every_days": 14}),
        (file_people.advisor, {"name": "王秀兰", "tier": "gold", "assets_fen": 218_900_000_00 // 100,
                              "mobile": "13700002290", "account": "600100035586",
                              "last_contact_at": NOW - timedelta(days=16),
                              "risk_expires_on": TODAY + timedelta(days=30)}),
        (file_people.advisor, {"name": "曾繁荣", "tier": "silver", "assets_fen": 1_000_000_00,
                              "mobile": "18900005562", "account": "600100048840",
                              "service_need": "do_not_disturb"}),
        (file_people.colleague, {"name": "许志刚", "tier": "gold", "assets_fen": 500_000_00,
                                "mobile": "13500001111", "account": "600100099999"}),
    )  # fmt: skip

    def fill(session: Any, _actor: Any) -> dict[str, int]:
        return {values["name"]: make_client(session, owner, **values) for owner, values in records}

    return file_database.write(fill)
