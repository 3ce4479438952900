"""Locked: nothing is seen, nothing is asked, the key is gone; the password brings all back."""

from __future__ import annotations

import gc
import time
import weakref
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from advisorcrm.app import Program
from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError
from advisorcrm.services.branch.users import deactivate_user, reopen_user
from advisorcrm.services.drafts import list_drafts
from advisorcrm.views.clients.reveal_dialog import RevealDialog
from advisorcrm.views.contacts.contact_log_dialog import ContactLogDialog
from advisorcrm.views.idle_watch import IdleWatch
from advisorcrm.views.page_names import CLIENT
from advisorcrm.views.sign_in.lock_screen import LockScreen
from tests.e2e.conftest import settled, sign_in, window_of
from tests.e2e.person import Person, focused, shown
from tests.factories import PASSWORD, People, make_client

pytestmark = pytest.mark.req("F31")

NAME, MOBILE, ADDRESS, CONTENT = "欧阳文静", "13900000458", "样例路 8 号", "客户来电"
MINUTE = 60.0


@pytest.fixture
def client_id(behind: Database, people: People) -> int:
    return behind.write(
        lambda session, _actor: make_client(session, people.advisor, name=NAME, mobile=MOBILE)
    )


@pytest.fixture
def program(client_id: int, enter: Callable[[str], Program], person: Person) -> Program:
    """The advisor looks at the client's file."""
    program = enter("LSL0042")
    window_of(program).main_window.go(CLIENT, client_id)
    settled(program, person)
    return program


def lock_by_key(program: Program, person: Person) -> LockScreen:
    person.press("Ctrl+Alt+L")
    assert window_of(program).locking.is_locked()
    return person.sees(LockScreen)


def unlock(program: Program, person: Person, password: str = PASSWORD) -> None:
    person.type(password)
    person.press("Return")
    person.waits_for(lambda: not window_of(program).locking.is_locked())
    settled(program, person)


def words_on_the_screen() -> str:
    """Every text of every visible widget, and the titles of the windows."""
    texts: list[str] = []
    for widget in QApplication.allWidgets():
        if not widget.isVisible():
            continue
        texts += [widget.windowTitle(), widget.accessibleName(), widget.toolTip()]
        if isinstance(widget, QLabel | QLineEdit):
            texts.append(widget.text())
    return "\n".join(texts)


def test_while_locked_nothing_of_the_page_is_left(
    program: Program, person: Person, behind: Database
) -> None:
    window = window_of(program)
    page: Any = window.main_window.page(CLIENT)
    QGuiApplication.clipboard().setText("13900000458")
    assert NAME in words_on_the_screen()
    gone = weakref.ref(window.workplace.database)

    screen = lock_by_key(program, person)

    assert not page.isVisible()
    assert NAME not in words_on_the_screen()
    assert window.main_window.windowTitle() == "已锁定 – 客户服务"
    assert window.main_window.childAt(QPoint(300, 300)) is not None
    assert screen.isAncestorOf(focused())
    assert QGuiApplication.clipboard().text() == ""
    with pytest.raises(NotAllowedError, match="已锁定"):
        _ = window.workplace.database
    gc.collect()
    assert gone() is None, "the door with its key is still somewhere"
    asked: list[Any] = []
    window.jobs.read(lambda session, actor: asked.append(actor))
    window.jobs.write(lambda session, actor: asked.append(actor))
    assert window.jobs.is_idle()
    assert asked == []


@pytest.mark.req("R148")
def test_a_number_that_was_shown_is_masked_again(program: Program, person: Person) -> None:
    person.press("V")
    person.waits_for(person.sees(RevealDialog).isActiveWindow)
    person.press("Return")
    person.waits_for(lambda: MOBILE in words_on_the_screen())
    lock_by_key(program, person)
    assert MOBILE not in words_on_the_screen()
    unlock(program, person)
    assert NAME in words_on_the_screen()
    assert MOBILE not in words_on_the_screen()


def test_keys_do_nothing_to_what_lies_behind(program: Program, person: Person) -> None:
    lock_by_key(program, person)
    person.press("Ctrl+N", "Ctrl+K", "Ctrl+1", "F9", "Escape")
    window = window_of(program)
    assert shown(ContactLogDialog) == []
    assert not window.main_window.omnibox.isVisible()
    assert window.main_window.current_key() == CLIENT
    assert window.locking.is_locked()


def test_the_right_password_brings_page_client_and_drafts_back(
    program: Program, person: Person, client_id: int, behind: Database, people: People
) -> None:
    window = window_of(program)
    page: Any = window.main_window.page(CLIENT)
    page.jump_to("address")
    person.waits_for(lambda: focused().accessibleName() == "联系地址")
    person.type(ADDRESS)
    person.press("Ctrl+N")
    form = person.sees(ContactLogDialog)
    person.waits_for(lambda: form.isActiveWindow() and form.form.way.code())
    person.type(CONTENT)
    screen = lock_by_key(program, person)

    assert not form.isVisible()
    kept = behind.acting_as(people.advisor).read(list_drafts)
    assert sorted(draft.form for draft in kept) == ["client", "contact_log"]
    assert "份草稿已保存" in words_on_the_screen()
    person.type("falsches-pferd")
    person.press("Return")
    person.waits_for(screen.enter.is_waiting)
    assert "还可试 4 次" in words_on_the_screen()
    assert window.locking.is_locked()

    let_the_waiting_be_over(program, screen)
    person.press("Ctrl+A")
    unlock_with_form(program, person, form)
    assert page.isVisible()
    assert window.main_window.windowTitle().startswith("客户档案 – ")
    assert page.client_id == client_id
    assert page.form.fields["address"].field.value() == ADDRESS
    assert form.isVisible()
    assert form.form.content.value() == CONTENT
    assert focused() is form.form.writing


def let_the_waiting_be_over(program: Program, screen: LockScreen) -> None:
    """Some seconds later."""
    workplace = window_of(program).workplace
    workplace._clock = lambda: datetime.now(UTC) + timedelta(minutes=1)
    screen.enter._until = 0
    screen.enter._tick()


class Later:
    """The clocks of the idle watch, turned by hand."""

    def __init__(self, watch: IdleWatch) -> None:
        self.watch = watch
        self.idle = self.slept = 0.0
        watch._monotonic = lambda: time.monotonic() + self.idle
        watch._wall = lambda: time.time() + self.idle + self.slept

    def after(self, seconds: float) -> None:
        """So long nobody touched anything; the watch looked each second meanwhile."""
        until = self.idle + seconds
        while self.idle < until:
            self.idle = min(self.idle + 20, until)
            self.watch.look()

    def sleep(self, seconds: float) -> None:
        """The lid was closed: only the wall clock went on."""
        self.slept += seconds


@pytest.fixture
def later(program: Program) -> Later:
    return Later(window_of(program).locking.watch)


def test_after_five_idle_minutes_it_counts_down_and_locks(
    program: Program, person: Person, later: Later
) -> None:
    window = window_of(program)
    later.after(4 * MINUTE)
    assert not window.locking.is_locked()
    later.after(40)
    assert "秒后锁定" in window.main_window.status.saved.label.text()
    person.press("Shift")
    later.after(40)
    assert not window.locking.is_locked(), "somebody was there"
    later.after(5 * MINUTE)
    assert window.locking.is_locked()
    assert "空闲满 5 分钟" in words_on_the_screen()
    unlock(program, person)
    assert window.main_window.current_key() == CLIENT


def test_an_open_form_delays_the_lock_by_half_an_hour_at_most(
    program: Program, person: Person, later: Later
) -> None:
    window = window_of(program)
    person.press("Ctrl+N")
    form = person.sees(ContactLogDialog)
    settled_form(program, person, form)
    later.after(29 * MINUTE)
    assert not window.locking.is_locked()
    later.after(1.1 * MINUTE)
    assert window.locking.is_locked()
    assert shown(ContactLogDialog) == []
    unlock_with_form(program, person, form)
    person.press("Escape")
    person.waits_for(lambda: not form.isVisible())
    later.after(5.1 * MINUTE)
    assert window.locking.is_locked()


def settled_form(program: Program, person: Person, form: ContactLogDialog) -> None:
    person.waits_for(lambda: form.isActiveWindow() and window_of(program).jobs.is_idle())


def unlock_with_form(program: Program, person: Person, form: QWidget) -> None:
    person.type(PASSWORD)
    person.press("Return")
    person.waits_for(lambda: form.isVisible() and form.isActiveWindow())


def test_a_closed_lid_locks_at_once(program: Program, later: Later) -> None:
    window = window_of(program)
    later.sleep(45 * MINUTE)
    window.locking.watch.look()
    assert window.locking.is_locked()
    assert "电脑休眠过" in words_on_the_screen()


def test_the_key_that_wakes_the_computer_locks_and_does_nothing_else(
    program: Program, person: Person, later: Later
) -> None:
    later.sleep(45 * MINUTE)
    person.press("Ctrl+N")
    assert window_of(program).locking.is_locked()
    assert shown(ContactLogDialog) == []


def test_a_clock_that_is_set_back_locks_nothing(program: Program, later: Later) -> None:
    later.sleep(-3 * 60 * MINUTE)
    later.after(MINUTE)
    assert not window_of(program).locking.is_locked()


def test_somebody_else_may_sign_in_and_finds_no_draft_of_the_first(
    program: Program, person: Person, behind: Database, people: People
) -> None:
    person.press("Ctrl+N")
    form = person.sees(ContactLogDialog)
    settled_form(program, person, form)
    person.type(CONTENT)
    screen = lock_by_key(program, person)
    screen.switch_wanted.emit()
    person.waits_for(lambda: program.entrance.login is not None)
    sign_in(program, person, "LSL0043")
    window = window_of(program)
    assert window.workplace.actor.name == "周岚"
    assert window.chips.drafts() == ()
    assert len(behind.acting_as(people.advisor).read(list_drafts)) == 1


@pytest.mark.req("R16")
def test_an_account_closed_elsewhere_locks_the_open_window_at_its_next_action(
    program: Program, person: Person, behind: Database, people: People
) -> None:
    window = window_of(program)
    administrator = behind.acting_as(people.administrator)
    administrator.write(partial(deactivate_user, user_id=people.advisor.user_id))
    assert NAME in words_on_the_screen()

    person.press("Ctrl+2")

    screen = person.sees(LockScreen)
    person.waits_for(window.jobs.is_idle)
    assert NAME not in words_on_the_screen()
    assert "工号已停用" in words_on_the_screen()
    person.type(PASSWORD)
    person.press("Return")
    person.waits_for(screen._said.isVisible)
    assert "已停用" in screen._said.text()

    administrator.write(partial(reopen_user, user_id=people.advisor.user_id))
    person.type(PASSWORD)
    person.press("Return")
    person.waits_for(lambda: not window.locking.is_locked())
