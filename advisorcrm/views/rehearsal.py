"""The window of the branch, built once for nobody while the password is typed.

Qt makes its classes, fonts, icons and style rules when they are first needed, and Python its
modules: together that takes longer than the window itself. So each part is made, laid out and
painted here once, hidden, with invented rows and without any database, a few milliseconds at a
time, and thrown away. Nothing of a client is known yet and nothing is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from advisorcrm.columns import CodeBook
from advisorcrm.db.actor import Actor
from advisorcrm.services.branch.settings import Settings
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.terms import ClientFlag, ClientKind, ClientStage, RiskLevel, Role
from advisorcrm.views.branch_pages import CLIENT_LIST
from advisorcrm.views.clients.client_looks import client_looks
from advisorcrm.views.clients.client_preview import ClientPreview
from advisorcrm.views.clients.clients_page import ClientsPage
from advisorcrm.views.clients.surroundings import Surroundings
from advisorcrm.views.jobs import Jobs
from advisorcrm.views.main_window import MainWindow
from advisorcrm.views.shell.parts import Action, Page, ShellInfo
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel

_BREATH_MS = 5
"""So long between two steps: keys that were typed meanwhile go first."""
_ROWS = 50
_SIZE = (1440, 900)
Step = Callable[[], object]


class Rehearsal(QObject):
    """Goes on by itself after ``start``; ``stop`` leaves out what is left."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        nobody = Actor(user_id=0, employee_no="", name="", role=Role.MANAGER)
        self._around = Surroundings(Jobs(None, parent=self), CodeBook(), Settings(), nobody)
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
        yield partial(self._make, partial(ClientPreview, self._around))
        yield partial(self._make, partial(ClientsPage, self._around))
        yield partial(self._make, self._window)
        window, page = self._made[-1], self._made[-2]
        if not isinstance(page, ClientsPage) or not isinstance(window, MainWindow):
            return
        yield partial(window.resize, *_SIZE)
        yield partial(window.go, CLIENT_LIST)
        yield partial(page.begin, _rows())
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

    def _window(self) -> MainWindow:
        page = self._made[-1]
        pages = [Page(CLIENT_LIST, "", "users", lambda: page)]
        action = Action("log", "", lambda: None, shortcut="Ctrl+N", letter="N")
        return MainWindow(ShellInfo("", "", "", ""), pages, [action])


def _paint(widget: QWidget) -> None:
    widget.grab()


def _rows() -> list[ClientRow]:
    """Lines with something in every column that is shown."""
    at = datetime(2026, 1, 5, tzinfo=UTC)
    flags = (ClientFlag.RISK_EXPIRED, ClientFlag.NO_CHANNEL)
    return [
        ClientRow(
            id=number, name="—", tier=None, risk_level=RiskLevel.C3, account="0", mobile="0",
            assets_fen=100 * number, commission_ppm=number, days_since=number, completeness=50,
            flags=flags, client_no="", stage=ClientStage.ACTIVE, advisor_name="", group_name="",
            trading_habit=None, service_need=None, investment_preference="", trading_way=(),
            contact_every_days=None, last_contact_at=at, opened_on=None, updated_at=at, sex=None,
            kind=ClientKind.PERSON, advisor_no="", initials="", risk_expires_on=None, is_mine=False,
        )
        for number in range(1, _ROWS + 1)
    ]  # fmt: skip
