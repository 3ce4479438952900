"""The program with somebody typing in it, to be killed: ``python -m tests.e2e.typist PLACE WHAT``.

``drafts`` types digit after digit into a contact form and tells each; ``saves`` saves one contact
after the other and tells each that the status bar has confirmed. ``round`` goes once through all
windows that follow each other and closes the last.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from advisorcrm.app import Program
from advisorcrm.views import theme
from advisorcrm.views.branch_window import BranchWindow
from advisorcrm.views.contacts.contact_log_dialog import ContactLogDialog
from tests.factories import PASSWORD

TICK_MS = 20
CLIENT_ID = 1


def tell(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201 - what the trial listens to


def key(pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), pressed, held)


def sign_in(program: Program, number: str = "LSL0042") -> Iterator[None]:
    login = program.entrance.login
    assert login is not None
    login.number.setText(number)
    login.password.setText(PASSWORD)
    login.enter.press()
    while program.window is None or not program.window.jobs.is_idle():
        yield


def form_of(window: BranchWindow) -> Iterator[ContactLogDialog | None]:
    form = window.pages.contacts.open(CLIENT_ID)
    while not (form.isActiveWindow() and form.form.way.code() and window.jobs.is_idle()):
        yield None
    yield form


def drafts(window: BranchWindow) -> Iterator[None]:
    for form in form_of(window):
        if form is None:
            yield
    number = 0
    while True:
        QTest.keyClicks(QApplication.focusWidget(), str(number % 10))
        number += 1
        tell("typed", number)
        yield


def saves(window: BranchWindow) -> Iterator[None]:
    number = 0
    while True:
        number += 1
        for form in form_of(window):
            if form is None:
                yield
        window.main_window.status.saved.hide()
        QTest.keyClicks(QApplication.focusWidget(), f"{sys.argv[3]}-{number}")
        key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        while not window.main_window.status.saved.isVisibleTo(window.main_window):
            yield
        assert window.main_window.status.saved.label.text().startswith("已保存")
        tell("saved", f"{sys.argv[3]}-{number}")
        yield


def go_round(program: Program) -> Iterator[None]:
    """Another language at the door and inside, the lock, somebody else, the end."""
    login = program.entrance.login
    assert login is not None
    login.language_chosen.emit("en")
    while program.entrance.login is login:
        yield
    yield from sign_in(program)
    first = program.window
    assert first is not None
    tell("in", first.workplace.actor.employee_no)
    first.rebuild_wanted.emit()
    while program.window is first:
        yield
    second = program.window
    assert second is not None
    while not second.jobs.is_idle():
        yield
    second.locking.lock()
    second.locking.left.emit(False)
    while program.entrance.login is None:
        yield
    for _moment in range(10):  # whatever would end the program has its chance
        yield
    yield from sign_in(program, "LSL0043")
    assert program.window is not None
    tell("in", program.window.workplace.actor.employee_no)
    program.window.main_window.close()
    while True:
        yield


def script(program: Program) -> Iterator[None]:
    if sys.argv[2] == "round":
        yield from go_round(program)
    yield from sign_in(program)
    assert program.window is not None
    yield from {"drafts": drafts, "saves": saves}[sys.argv[2]](program.window)


def main() -> None:
    theme.prepare()
    app = QApplication([])
    program = Program(app, sys.argv[1])
    program.start()
    steps = script(program)
    timer = QTimer()
    timer.timeout.connect(lambda: next(steps))
    timer.start(TICK_MS)
    status = app.exec()
    timer.stop()
    program.stop()
    sys.exit(status)


if __name__ == "__main__":
    main()
