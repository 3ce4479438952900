"""The background helper: everything that touches the database runs here, never in the windows.

One writer thread, one reader thread and one for long work, so that a search never queues behind a
save or an export. Results come back to the GUI thread; an answer that a newer question with the
same key has overtaken is dropped, its read is ended where it stands, and an answer for a widget
that is gone is dropped, too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from advisorcrm.db.stop import Stop
from advisorcrm.errors import AccountClosedError, CancelledError
from advisorcrm.i18n import _
from advisorcrm.views import messages

if TYPE_CHECKING:
    from advisorcrm.db.database import Database, Work

T = TypeVar("T")
_REPORT_EVERY = 0.05


class Worker(Protocol):
    """What runs work: a thread of its own, or at once in tests."""

    def submit(self, call: Callable[[], T], /) -> Future[T]:
        """Run the call some time and answer through the future."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End; what waits may be dropped."""


class AtOnce(ThreadPoolExecutor):
    """A worker for tests: work is done before ``submit`` returns."""

    def __init__(self) -> None:
        super().__init__(max_workers=1)

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run and wait."""
        future = super().submit(fn, *args, **kwargs)
        wait([future])
        return future


class Progress(QObject):
    """How far long work is: called by the work in its thread, seen by a progress row.

    ``progress(done, total)`` raises CancelledError once somebody has pressed 取消.
    """

    moved = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_cancelled = False
        self._told_at = 0.0

    def __call__(self, done: int, total: int = 0) -> None:
        """Tell how much is done; cheap enough for every row."""
        if self._is_cancelled:
            raise CancelledError(_("已取消，没有留下任何结果。"))
        now = time.monotonic()
        if now - self._told_at >= _REPORT_EVERY or done == total:
            self._told_at = now
            self.moved.emit(done, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._is_cancelled = True


class Question:
    """One piece of work with the people who wait for its answer."""

    __slots__ = (
        "failed", "future", "is_quiet", "key", "label", "number", "owner", "stop", "then", "writes",
    )  # fmt: skip

    def __init__(
        self,
        number: int,
        then: Callable[[Any], object] | None,
        failed: Callable[[Exception], object] | None,
        key: Hashable,
        *,
        writes: bool = False,
    ) -> None:
        self.number = number
        self.then = then
        self.failed = failed
        self.key = key
        self.writes = writes
        self.stop = None if key is None else Stop()
        self.label = ""
        self.is_quiet = False
        self.owner = _owner(then) or _owner(failed)
        self.future: Future[Any] | None = None


class Jobs(QObject):
    """Reads, writes and long work for the pages; ``changed`` after each successful write.

    Without a database nothing is asked. ``turned_away`` when the person may not work here any more.
    """

    changed = Signal()
    waiting = Signal(str)
    saved = Signal()
    turned_away = Signal()
    _answered = Signal(object)

    def __init__(
        self,
        database: Database | None,
        *,
        worker: Worker | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._database = database
        self._reader = worker or ThreadPoolExecutor(1, "reader")
        self._writer = worker or ThreadPoolExecutor(1, "writer")
        self._slow = worker or ThreadPoolExecutor(1, "long")
        self._newest: dict[Hashable, int] = {}
        self._asked = 0
        self._open: dict[int, Question] = {}
        self._held: list[Question] = []
        self._is_closed = False
        # Queued also when the work was done before we looked, else it would overtake others.
        queued = Qt.ConnectionType.QueuedConnection
        direct = Qt.ConnectionType.DirectConnection
        at_once = isinstance(worker, AtOnce)
        self._answered.connect(self._deliver, direct if at_once else queued)

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be saved: each ``write`` fails with a sentence."""
        return self._database is not None and self._database.is_read_only

    def read(
        self,
        work: Work[T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        key: Hashable = None,
    ) -> None:
        """Ask the database; of several questions with one ``key`` only the newest is answered."""
        if self._database is None:
            return
        question = self._question(then, failed, key)
        self._send(self._reader, question, partial(self._database.read, work, question.stop))

    def write(
        self,
        work: Work[T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        label: str = "",
        *,
        is_quiet: bool = False,
    ) -> None:
        """Change the database; ``label`` names the work to a save that must wait for it.

        A quiet change (a draft) concerns no other page: only ``saved`` is told.
        """
        if self._database is None:
            return
        before = next((asked.label for asked in self._open.values() if asked.label), "")
        question = self._question(then, failed, None, writes=True)
        question.label = label
        question.is_quiet = is_quiet
        if before:
            self.waiting.emit(before)
        self._send(self._writer, question, partial(self._database.write, work))

    def long(
        self,
        work: Work[T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        key: Hashable = None,
    ) -> None:
        """Read for long (export, print): give the work a ``Progress`` by ``partial``."""
        if self._database is None:
            return
        question = self._question(then, failed, key)
        call = partial(self._database.read, work, question.stop, is_long=True)
        self._send(self._slow, question, call)

    def drop(self, key: Hashable) -> None:
        """Nobody waits any more for what was asked with this key."""
        asked = self._open.get(self._newest.pop(key, 0))
        if asked is not None and asked.stop is not None:
            asked.stop.now()

    def run(
        self,
        call: Callable[[], T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Run something slow that opens no session of ours (parse a file, back up)."""
        if self._is_closed:
            return
        self._send(self._slow, self._question(then, failed, None), call)

    def use(self, database: Database | None) -> None:
        """Work through this door from now on; with None the screen is locked.

        Then nothing is asked, and what is still answered is told when the door is open again.
        """
        self._database = database
        if database is not None:
            held, self._held = self._held, []
            for question in held:
                self._answer(question)
            self.changed.emit()

    def is_idle(self) -> bool:
        """Nothing is asked or being saved."""
        return not self._open

    def wait(self, seconds: float = 30) -> bool:
        """Keep the windows alive until everything is answered; False if that takes too long."""
        deadline = time.monotonic() + seconds
        loop = QEventLoop()
        tick = QTimer()
        tick.timeout.connect(loop.quit)
        tick.start(10)
        while self._open and time.monotonic() < deadline:
            loop.exec()
        return not self._open

    def close(self) -> None:
        """Finish what is being written, drop what is only asked; nobody asks any more."""
        self._is_closed = True
        self._database = None
        self._newest.clear()
        self._reader.shutdown(wait=True, cancel_futures=True)
        self._slow.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def _question(
        self,
        then: Callable[[Any], object] | None,
        failed: Callable[[Exception], object] | None,
        key: Hashable,
        *,
        writes: bool = False,
    ) -> Question:
        if key is not None:
            self.drop(key)
        self._asked += 1
        question = Question(self._asked, then, failed, key, writes=writes)
        self._open[question.number] = question
        if key is not None:
            self._newest[key] = question.number
        return question

    def _send(self, worker: Worker, question: Question, call: Callable[[], Any]) -> None:
        future = worker.submit(partial(self._unless_overtaken, question, call))
        question.future = future
        future.add_done_callback(partial(self._tell, question))

    def _unless_overtaken(self, question: Question, call: Callable[[], T]) -> T | None:
        return None if self._is_overtaken(question) else call()

    def _tell(self, question: Question, future: Future[Any]) -> None:
        """Carry the answer over to the GUI thread (called in the worker's)."""
        question.future = future
        if shiboken6.isValid(self):
            self._answered.emit(question)

    def _deliver(self, question: Question) -> None:
        self._open.pop(question.number, None)
        if self._database is not None and _is_turned_away(question.future):
            self.turned_away.emit()  # the window is locked by it, and the answer held
        if self._database is None:
            self._held.append(question)
        else:
            self._answer(question)

    def _answer(self, question: Question) -> None:
        # The future holds the question by its callback: unlinked, the rows go when they are shown.
        future, question.future = question.future, None
        if future is None or future.cancelled():
            return
        error = future.exception()
        if question.writes:
            self._tell_written(is_kept=error is None, is_quiet=question.is_quiet)
        if self._is_overtaken(question) or _is_gone(question.owner):
            return
        if error is None:
            if question.then:
                question.then(future.result())
        elif isinstance(error, Exception):
            (question.failed or messages.show_problem)(error)

    def _tell_written(self, *, is_kept: bool, is_quiet: bool) -> None:
        if not any(asked.writes for asked in self._open.values()):
            self.waiting.emit("")
        if is_kept:
            self.saved.emit()
            if not is_quiet:
                self.changed.emit()

    def _is_overtaken(self, question: Question) -> bool:
        return question.key is not None and self._newest.get(question.key) != question.number


def _owner(call: object) -> QObject | None:
    """The widget behind a bound method, also inside a ``partial``."""
    while isinstance(call, partial):
        call = call.func
    owner = getattr(call, "__self__", None)
    return owner if isinstance(owner, QObject) else None


def _is_turned_away(future: Future[Any] | None) -> bool:
    if future is None or future.cancelled():
        return False
    return isinstance(future.exception(), AccountClosedError)


def _is_gone(owner: QObject | None) -> bool:
    return owner is not None and not shiboken6.isValid(owner)
