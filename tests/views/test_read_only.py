"""Fault 5 in the windows: a database that can only be read, from the sign-in to the lock."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database, open_file
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.errors import DatabaseReadOnlyError
from advisorcrm.services.access import Right
from advisorcrm.services.workplace.start import load_start
from advisorcrm.services.workplace.workplace import Workplace, sign_in_at
from advisorcrm.views.branch_window import BranchWindow
from advisorcrm.views.clients.client_page import ClientPage
from advisorcrm.views.jobs import Jobs
from advisorcrm.views.page_names import CLIENT, CONTACT_LOGS, SETTINGS
from tests.conftest import CHEAP
from tests.factories import KEY, PASSWORD, make_client, make_log, people_of

pytestmark = pytest.mark.req("F5")

WRITES = ("记沟通", "新客户", "导入", "导出", "打印", "显示", "写更正", "记下一位", "编辑")


@pytest.fixture
def place(file_template: Path, tmp_path: Path) -> Path:
    """A branch with one client, its people able to sign in."""
    folder = tmp_path / "disk"
    folder.mkdir()
    path = Path(shutil.copyfile(file_template, folder / "branch.db"))
    vault, _key = Vault.create(vault_path(path), secret=KEY, cost=CHEAP)
    for number in ("LSL0042", "LSL0021"):
        vault.set_password(number, PASSWORD, KEY)
    database = open_file(path, KEY)

    def fill(session, _actor):  # type: ignore[no-untyped-def]
        advisor = people_of(session).advisor
        client = make_client(session, advisor, name="欧阳文静", mobile="13900000458")
        make_log(session, advisor, client, content="过热")

    database.write(fill)
    database.close()
    return path


@pytest.fixture
def protected(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """What the system says about the disk; the real disks are tried in ``tests/faults``."""

    def protect(is_protected: bool) -> None:
        monkeypatch.setattr("advisorcrm.db.database.is_writable", lambda path: not is_protected)

    return protect


@pytest.fixture
def window(place: Path, protected: Callable[[bool], None], qtbot: QtBot) -> Iterator[BranchWindow]:
    protected(True)
    workplace = sign_in_at(str(place), "LSL0042", PASSWORD)
    made = BranchWindow(workplace, workplace.database.read(load_start))
    made.open()
    settle(qtbot, made.jobs)
    yield made
    made.leave()


def settle(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(jobs.is_idle)


def shown_buttons(page: QWidget) -> list[str]:
    return [
        button.accessibleName() or button.text()
        for button in page.findChildren(QAbstractButton)
        if button.isVisible()
    ]


def client_id_of(database: Database) -> int:
    return int(
        database.read(
            lambda s, a: (
                s.connection()
                .exec_driver_sql(
                    "SELECT id FROM client WHERE account IS NOT NULL OR id > 0 LIMIT 1"
                )
                .scalar_one()
            )
        )
    )


LISTS = [
    "rounds",
    "duties",
    "notifications",
    "calendar",
    "first_contacts",
    "counter",
    "periods",
    "sales",
    "on_site",
    "seat_plan",
    "transitions",
]
"""What may be looked at; everything that only writes is absent."""


def test_the_window_opens_with_a_bar_and_says_so_at_the_foot(
    qtbot: QtBot, window: BranchWindow
) -> None:
    assert window.read_only.isVisible()
    assert "只读" in window.read_only.text()
    assert window.main_window.status.database.label.text() == "只读 branch.db"
    assert [action.key for action in window.pages.actions()] == LISTS
    assert "import" not in [page.key for page in window.pages.pages()]


def test_clients_are_found_and_read_and_nothing_offers_to_write(
    qtbot: QtBot, window: BranchWindow
) -> None:
    client_id = client_id_of(window.workplace.database)
    for go in (
        partial(window.main_window.go, "today"),
        partial(window.main_window.go, "clients"),
        partial(window.pages.show_client, client_id),
        partial(window.main_window.go, CONTACT_LOGS),
        partial(window.main_window.go, SETTINGS),
    ):
        go()
        settle(qtbot, window.jobs)
        page = window.main_window.page(window.main_window.current_key())
        offered = [name for name in shown_buttons(page) if name.startswith(WRITES)]
        assert offered == [], window.main_window.current_key()
    page = window.main_window.page(CLIENT)
    assert isinstance(page, ClientPage)
    assert page.header.name.text() == "欧阳文静"


def test_keys_that_would_write_do_nothing(qtbot: QtBot, window: BranchWindow) -> None:
    window.pages.show_client(client_id_of(window.workplace.database))
    settle(qtbot, window.jobs)
    for key in (Qt.Key.Key_N, Qt.Key.Key_E, Qt.Key.Key_V):
        QTest.keyClick(window.main_window.page(CLIENT), key)
    window.pages.log_contact()
    assert not window.pages.contacts.is_open()


def test_a_save_is_refused_with_the_sentence(qtbot: QtBot, window: BranchWindow) -> None:
    told: list[Exception] = []
    window.jobs.write(lambda s, a: None, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], DatabaseReadOnlyError)
    assert str(told[0]).startswith("没有保存：现在是只读模式")


@pytest.mark.req("R16")
def test_who_looked_is_noted_in_the_local_log(
    qtbot: QtBot, window: BranchWindow, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "advisorcrm")
    client_id = client_id_of(window.workplace.database)
    window.pages.show_client(client_id)
    assert f"read only: LSL0042 views client {client_id}" in caplog.text
    assert not window.around.may(Right.REVEAL)


def test_the_look_can_be_changed_without_being_kept(qtbot: QtBot, window: BranchWindow) -> None:
    window.main_window.scale_changed.emit(125)
    settle(qtbot, window.jobs)
    window.main_window.go(SETTINGS)
    page = window.main_window.page(SETTINGS)
    wanted = []
    page.settings_changed.connect(lambda: wanted.append(True))  # type: ignore[attr-defined]
    panel = page.panel()  # type: ignore[attr-defined]
    panel._choose_keys(False)
    assert wanted == [True]


def test_unlocked_on_a_mended_disk_the_window_is_made_anew(
    qtbot: QtBot, window: BranchWindow, protected: Callable[[bool], None]
) -> None:
    window.locking.lock()
    protected(False)
    with qtbot.waitSignal(window.rebuild_wanted):
        window.jobs.use(window.workplace.unlock(PASSWORD))
        window.locking.unlocked.emit()


def test_a_disk_that_takes_everything_shows_no_bar(
    qtbot: QtBot, place: Path, protected: Callable[[bool], None]
) -> None:
    workplace: Workplace = sign_in_at(str(place), "LSL0042", PASSWORD)
    window = BranchWindow(workplace, workplace.database.read(load_start))
    window.open()
    settle(qtbot, window.jobs)
    assert not window.read_only.isVisible()
    assert window.main_window.status.database.label.text() == "已连接 branch.db"
    window.leave()
