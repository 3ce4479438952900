"""The window of the branch, built once for nobody while the password is typed.

Qt makes its classes, fonts, icons and style rules when they are first needed, and Python its
modules: together that takes longer than the window itself. So each part is made, laid out and
painted here once, hidden, with invented rows and without any database, a few milliseconds at a
time, and thrown away. Nothing of a client is known yet and nothing is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.db.actor import Actor
from advisorcrm.services.access import Right
from advisorcrm.services.branch.settings import Settings
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.terms import Role
from advisorcrm.views import rehearsed_rows
from advisorcrm.views.clients.client_looks import client_looks
from advisorcrm.views.clients.client_preview import ClientPreview
from advisorcrm.views.clients.clients_page import ClientsPage
from advisorcrm.views.jobs import Jobs
from advisorcrm.views.main_window import MainWindow
from advisorcrm.views.page_names import CLIENT_LIST, TODAY
from advisorcrm.views.shell.parts import Action, Page, ShellInfo
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.today.branch_today_page import BranchTodayPage
from advisorcrm.views.today.today_page import TodayPage

_BREATH_MS = 5
"""So long between two steps: keys that were typed meanwhile go first."""
_SIZE = (1440, 900)
_PAGES: dict[Callable[[Surroundings, QWidget], QWidget], str] = {
    TodayPage: TODAY, BranchTodayPage: "branch", ClientsPage: CLIENT_LIST,
}  # fmt: skip
Step = Callable[[], object]


class Rehearsal(QObject):
    """Goes on by itself after ``start``; ``stop`` leaves out what is left.

    ``role`` is that of who will most likely sign in; None plays the day of everybody.
    """

    def __init__(self, role: Role | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._jobs = Jobs(None, parent=self)
        self._around = self._around_of(Role.MANAGER)
        self.is_over = False
        self._made: list[QWidget] = []
        self._steps = self._play()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_BREATH_MS)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin when nothing else is to be done."""
        self._timer.start()

    def stop(self) -> None:
        """Clear away; also in the middle."""
        self.is_over = True
        self._timer.stop()
        self._watch(None)
        self._steps = iter(())
        for widget in self._made:
            widget.deleteLater()
        self._made.clear()

    def _go_on(self) -> None:
        step = next(self._steps, None)
        if step is None:
            self.stop()
            return
        step()
        self._timer.start()

    def _play(self) -> Iterator[Step]:
        """What is done, one step after the other; none should be felt at the keyboard."""
        book = self._around.book
        model = RecordTableModel(ClientRow, book=book, looks=client_looks(book), parent=self)
        yield partial(self._watch, self)
        yield partial(self._make, partial(RecordTable, model, ""))
        yield partial(self._watch, None)
        yield partial(self._make, self._window)
        window = self._made[-1]
        yield partial(window.resize, *_SIZE)
        yield from self._play_days()
        yield from self._play_clients()

    def _play_days(self) -> Iterator[Step]:
        """The day of an advisor and that of the branch: one of them comes first for most."""
        leads = None if self._role is None else self._around_of(self._role).may(Right.LEAD_TEAM)
        if leads is not True:
            yield from self._play_own_day()
        if leads is not False:
            yield from self._play_branch_day()
        yield partial(_paint, self._window_made())

    def _play_own_day(self) -> Iterator[Step]:
        rows, now = rehearsed_rows, rehearsed_rows.AT
        yield partial(self._enter, TodayPage)
        page = self._made[-1]
        if isinstance(page, TodayPage):
            yield partial(page.visits.show_board, rows.visit_board())
            yield partial(page.dues.show_board, rows.due_board(), now)
            yield partial(_paint, page)

    def _play_branch_day(self) -> Iterator[Step]:
        rows, now = rehearsed_rows, rehearsed_rows.AT
        yield partial(self._enter, BranchTodayPage)
        page = self._made[-1]
        if isinstance(page, BranchTodayPage):
            yield partial(page.bar.show_day, rows.day_parts(), time(9))
            yield partial(page.advisors.show_day, rows.branch_day(), now)
            yield partial(_paint, page)

    def _play_clients(self) -> Iterator[Step]:
        """The list of clients, where the others begin and everybody goes on."""
        yield partial(self._make, partial(ClientPreview, self._around))
        yield partial(self._enter, ClientsPage)
        page, window = self._made[-1], self._window_made()
        if not isinstance(page, ClientsPage):
            return
        yield partial(page.begin, rehearsed_rows.client_rows())
        yield partial(_paint, page.table)
        for part in (page.preview, page.head, page.views, page.bar, window.rail, window.top):
            yield partial(_paint, part)
        yield partial(_paint, window)

    def _watch(self, watcher: QObject | None) -> None:
        """Let events pass by Python for a moment, as they do once the lock keeps watch.

        With the first of them the binding names every class that could be meant (30 ms).
        """
        app = QApplication.instance()
        if app is None:
            return
        if watcher is None:
            app.removeEventFilter(self)
        else:
            app.installEventFilter(watcher)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Nothing is kept back."""
        return super().eventFilter(watched, event)

    def _make(self, factory: Callable[[], QWidget]) -> None:
        self._made.append(factory())

    def _enter(self, kind: Callable[[Surroundings, QWidget], QWidget]) -> None:
        """Make a page and put it into the window."""
        around = self._around_of(Role.ADVISOR) if kind is TodayPage else self._around
        window = self._window_made()
        self._make(partial(kind, around, window.page_parent()))
        window.go(_PAGES[kind])

    def _around_of(self, role: Role) -> Surroundings:
        """Nobody at a desk where nothing is known."""
        nobody = Actor(user_id=0, employee_no="", name="", role=role)
        return Surroundings(self._jobs, CodeBook(), Settings(), nobody)

    def _page(self, kind: Callable[[Surroundings, QWidget], QWidget]) -> QWidget:
        return next(made for made in self._made if type(made) is kind)

    def _window_made(self) -> MainWindow:
        return next(made for made in self._made if isinstance(made, MainWindow))

    def _window(self) -> MainWindow:
        pages = [
            Page(key, "", icon, partial(self._page, kind))
            for (kind, key), icon in zip(_PAGES.items(), ("sun", "sun", "users"), strict=True)
        ]
        action = Action("log", "", lambda: None, shortcut="Ctrl+N", letter="N")
        return MainWindow(ShellInfo("", "", "", ""), pages, [action])


def _paint(widget: QWidget) -> None:
    widget.grab()
