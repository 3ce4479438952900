"""The background helper with real threads: order, overtaken answers, deleted widgets, close."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.db.stop import Stop
from advisorcrm.errors import CancelledError, DatabaseBusyError, NotFoundError
from advisorcrm.views import messages
from advisorcrm.views.jobs import AtOnce, Jobs, Progress

Call = Callable[[Any, Any], Any]


class Door:
    """Stands for ``Database``: what is asked here is which thread comes through."""

    def __init__(self) -> None:
        self.threads: list[str] = []
        self.stops: list[Stop | None] = []
        self.long: list[bool] = []

    def read(self, work: Call, stop: Stop | None = None, *, is_long: bool = False) -> Any:
        self.stops.append(stop)
        self.long.append(is_long)
        self.threads.append(threading.current_thread().name)
        return work("session", "actor")

    def write(self, work: Call) -> Any:
        return self.read(work)


class Page(QWidget):
    """Takes answers."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []
        self.thread_names: list[str] = []

    def take(self, answer: Any) -> None:
        self.got.append(answer)
        self.thread_names.append(threading.current_thread().name)


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def jobs(door: Door, qtbot: QtBot) -> Any:
    made = Jobs(door)  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    return made


def gives(value: Any) -> Call:
    return lambda session, actor: value


def raises(error: Exception) -> Call:
    def work(session: Any, actor: Any) -> None:
        raise error

    return work


def waits(gate: threading.Event, value: Any) -> Call:
    def work(session: Any, actor: Any) -> Any:
        assert gate.wait(10)
        return value

    return work


def test_answers_come_back_in_the_thread_of_the_windows(jobs: Jobs, page: Page, door: Door) -> None:
    jobs.read(gives(42), then=page.take)
    assert jobs.wait()
    assert page.got == [42]
    assert page.thread_names == [threading.main_thread().name]
    assert door.threads[0].startswith("reader")


def test_long_work_is_told_apart_at_the_door(jobs: Jobs, page: Page, door: Door) -> None:
    jobs.read(gives(1), then=page.take)
    assert jobs.wait()
    jobs.long(gives(2), then=page.take)
    assert jobs.wait()
    assert door.long == [False, True]
    assert door.threads[1].startswith("long")


def test_an_answer_is_let_go_once_it_is_shown(jobs: Jobs, qtbot: QtBot) -> None:
    class Rows:
        """Stands for a page of a list."""

    answers: list[weakref.ref[Rows]] = []
    gc.disable()
    try:
        jobs.read(
            lambda _session, _actor: Rows(), then=lambda rows: answers.append(weakref.ref(rows))
        )  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: bool(answers) and answers[0]() is None)
    finally:
        gc.enable()


def test_a_search_does_not_wait_for_a_save(jobs: Jobs, page: Page, qtbot: QtBot) -> None:
    gate = threading.Event()
    jobs.write(waits(gate, "saved"), then=page.take)
    jobs.read(gives("found"), then=page.take)
    qtbot.waitUntil(lambda: page.got == ["found"])
    gate.set()
    assert jobs.wait()
    assert page.got == ["found", "saved"]


def test_an_overtaken_answer_is_dropped(jobs: Jobs, page: Page) -> None:
    gate = threading.Event()
    jobs.read(waits(gate, "z"), then=page.take, key="search")
    jobs.read(gives("zy"), then=page.take, key="search")
    jobs.read(gives("zyh"), then=page.take, key="search")
    jobs.read(gives("totals"), then=page.take, key="totals")
    gate.set()
    assert jobs.wait()
    assert page.got == ["zyh", "totals"]


def test_an_overtaken_read_is_ended_where_it_stands(
    jobs: Jobs, page: Page, door: Door, qtbot: QtBot
) -> None:
    gate = threading.Event()
    jobs.read(waits(gate, "order"), then=page.take, key="list")
    qtbot.waitUntil(lambda: len(door.stops) == 1)
    jobs.read(gives("page"), then=page.take, key="list")
    jobs.long(waits(gate, "totals"), then=page.take, key="totals")
    qtbot.waitUntil(lambda: len(door.stops) == 2)
    jobs.drop("totals")
    jobs.drop("what nobody asked")
    assert [stop.is_asked for stop in door.stops if stop] == [True, True]
    gate.set()
    assert jobs.wait()
    assert page.got == ["page"]


def test_an_answer_for_a_deleted_page_is_dropped(jobs: Jobs, door: Door) -> None:
    gate = threading.Event()
    page = Page()
    jobs.read(waits(gate, 1), then=page.take)
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    gate.set()
    assert jobs.wait()
    assert page.got == []


def test_every_kept_write_tells_all_pages_and_a_failed_one_none(
    jobs: Jobs, page: Page, qtbot: QtBot
) -> None:
    told: list[int] = []
    jobs.changed.connect(lambda: told.append(1))
    jobs.write(gives(1))
    jobs.write(raises(NotFoundError("没有这位客户。")), failed=page.take)
    assert jobs.wait()
    assert told == [1]
    assert [str(error) for error in page.got] == ["没有这位客户。"]


def test_writes_keep_their_order(jobs: Jobs, page: Page) -> None:
    for number in range(20):
        jobs.write(gives(number), then=page.take)
    assert jobs.wait()
    assert page.got == list(range(20))


def test_a_save_that_must_wait_says_for_what(jobs: Jobs, page: Page, qtbot: QtBot) -> None:
    heard: list[str] = []
    jobs.waiting.connect(heard.append)
    gate = threading.Event()
    jobs.write(waits(gate, 0), label="导入")
    jobs.write(gives(1), then=page.take)
    assert heard == ["导入"]
    gate.set()
    assert jobs.wait()
    assert heard == ["导入", ""]
    assert page.got == [1]


def test_an_error_nobody_takes_reaches_the_person(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(messages, "show_problem", shown.append)
    jobs.read(raises(DatabaseBusyError("数据库正被另一程序使用。")))
    assert jobs.wait()
    assert [str(error) for error in shown] == ["数据库正被另一程序使用。"]


def test_long_work_tells_its_progress_and_can_be_stopped(
    jobs: Jobs, page: Page, qtbot: QtBot
) -> None:
    progress = Progress(page)
    halfway = threading.Event()

    def export(session: Any, actor: Any) -> None:
        progress(1, 2)
        halfway.set()
        while True:
            progress(1, 2)

    with qtbot.waitSignal(progress.moved) as told:
        jobs.long(export, then=page.take, failed=page.take)
    assert told.args == [1, 2]
    assert halfway.wait(5)
    progress.cancel()
    assert jobs.wait()
    assert isinstance(page.got[0], CancelledError)


def test_slow_calls_without_a_session_run_beside(jobs: Jobs, page: Page, door: Door) -> None:
    jobs.run(lambda: threading.current_thread().name, then=page.take)
    assert jobs.wait()
    assert page.got[0].startswith("long")
    assert door.threads == []


def test_closing_finishes_what_is_being_written(door: Door, page: Page) -> None:
    jobs = Jobs(door)  # type: ignore[arg-type]
    done: list[int] = []
    for number in range(5):
        jobs.write(lambda session, actor, number=number: done.append(number))
    jobs.close()
    assert done == list(range(5))


def test_tests_get_their_answers_at_once(door: Door, page: Page) -> None:
    jobs = Jobs(door, worker=AtOnce())  # type: ignore[arg-type]
    jobs.read(gives(1), then=page.take, key="a")
    jobs.write(gives(2), then=page.take)
    assert page.got == [1, 2]
    assert jobs.is_idle()
    jobs.close()
