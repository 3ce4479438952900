"""The whole program, with its real threads, on an encrypted file of its own."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from advisorcrm.app import Program
from advisorcrm.db.database import Database, open_file
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.views import theme
from advisorcrm.views.branch_window import BranchWindow
from advisorcrm.views.messages import Hooks
from tests.conftest import BRANCH, CHEAP
from tests.e2e.person import Person
from tests.factories import KEY, PASSWORD, PEOPLE, People, people_of

Start = Callable[[Path | str], Program]


theme.prepare()


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    """Back to the look of a first start afterwards, with no window left that would be dressed."""
    gc.disable()
    yield
    for widget in qapp.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.enable()
    theme.use("system", 100)


@pytest.fixture
def person(qtbot: QtBot) -> Person:
    return Person(qtbot)


@pytest.fixture
def place(file_template: Path, tmp_path: Path) -> Path:
    """A branch whose people can sign in, every password the same."""
    path = tmp_path / "branch.db"
    shutil.copyfile(file_template, path)
    make_vault(path)
    return path


def make_vault(path: Path) -> str:
    """Wrap the key of a test's database for its people; returns the recovery key."""
    vault, recovery_key = Vault.create(vault_path(path), secret=KEY, cost=CHEAP)
    for one in PEOPLE:
        vault.set_password(one.employee_no, PASSWORD, KEY)
    vault.tell_about(branch=BRANCH.name, administrator="秦越")
    return recovery_key


@pytest.fixture
def behind(place: Path) -> Iterator[Database]:
    """A second door to the same file, for looking and preparing behind the program's back."""
    database = open_file(place, KEY)
    yield database
    database.close()


@pytest.fixture
def people(behind: Database) -> People:
    return behind.read(lambda session, _actor: people_of(session))


@pytest.fixture
def start(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts the program; it is ended properly afterwards."""
    # What nobody catches shall fail the test, not open the crash dialog.
    monkeypatch.setattr(Hooks, "install", lambda self: None)
    programs: list[Program] = []

    def begin(location: Path | str) -> Program:
        program = Program(qapp, str(location))
        programs.append(program)
        assert program.start()
        return program

    yield begin
    for program in programs:
        program.stop()


@pytest.fixture
def enter(start: Start, place: Path, person: Person) -> Callable[[str], Program]:
    """Starts the program and signs somebody in by keys."""

    def come_in(employee_no: str) -> Program:
        program = start(place)
        sign_in(program, person, employee_no)
        return program

    return come_in


def sign_in(program: Program, person: Person, employee_no: str, password: str = PASSWORD) -> None:
    """Number, Enter, password, Enter; then the window is there and has read its first page."""
    login = program.entrance.login
    assert login is not None
    person.waits_for(login.isActiveWindow)
    login.number.setFocus()
    login.number.selectAll()
    person.type(employee_no)
    person.press("Return")
    person.type(password)
    person.press("Return")
    person.waits_for(lambda: program.window is not None)
    settled(program, person)


def settled(program: Program, person: Person) -> None:
    """Everything that was asked is answered."""
    window = window_of(program)
    person.waits_for(lambda: window.jobs.is_idle() and window.main_window.isActiveWindow())


def window_of(program: Program) -> BranchWindow:
    window = program.window
    assert window is not None
    return window
