"""The branch's window of one person, everything answered at once, and a walk over its widgets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.services.workplace.start import load_start
from advisorcrm.services.workplace.workplace import Workplace
from advisorcrm.views.branch_window import BranchWindow
from advisorcrm.views.contacts.log_filters import Period
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.page_names import CLIENT, CLIENT_LIST, CONTACT_LOGS, IMPORT, SETTINGS, TODAY
from tests.factories import People, make_client, make_log

NAME, MOBILE, ACCOUNT = "欧阳文静", "13900000458", "010000007715"
ID_NUMBER, EMAIL = "370102196203180021", "wenjing@example.com"

_SPOKEN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


@contextmanager
def branch_window(database: Database, actor: Actor) -> Iterator[BranchWindow]:
    """As after sign-in; ended properly."""
    door = database.acting_as(actor)
    workplace = Workplace(str(database.path), door)
    window = BranchWindow(workplace, door.read(load_start), Jobs(door, worker=AtOnce()))
    window.open()
    try:
        yield window
    finally:
        window.leave(keep_jobs=True)  # the test's own database stays open
        window.jobs.close()


def make_wenjing(database: Database, people: People) -> int:
    """The advisor's client, with every number that must not be seen whole, and a conversation."""
    client_id = database.write(
        lambda s, a: make_client(
            s, people.advisor, name=NAME, mobile=MOBILE, account=ACCOUNT, tier="gold",
            id_number=ID_NUMBER, address="济南市历下区样例路 8 号",
        )
    )  # fmt: skip
    database.acting_as(people.advisor).write(lambda s, a: make_log(s, a, client_id))
    return client_id


def every_page(window: BranchWindow, client_id: int) -> list[QWidget]:
    """Each page, made and filled."""
    main = window.main_window
    for key in (TODAY, CLIENT_LIST, CONTACT_LOGS, IMPORT, SETTINGS):
        main.go(key)
    main.go(CLIENT, client_id)
    logs: Any = main.page(CONTACT_LOGS)
    main.go(CONTACT_LOGS)
    logs.narrow(replace(logs.bar.filters(), period=Period.ALL))
    return [main.page(key) for key in (TODAY, CLIENT_LIST, CLIENT, CONTACT_LOGS, IMPORT, SETTINGS)]


class Strays(QObject):
    """Parts of a page that were shown before they had a place: they flash as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Nothing of a page but the window itself is one."""
        is_shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        own = QMainWindow | QDialog | QMenu
        if is_shown and watched.isWindow() and not isinstance(watched, own):
            self.seen.append(f"{type(watched).__name__} {name_of(watched)}")
        return False


@contextmanager
def strays(application: QApplication) -> Iterator[list[str]]:
    """What was shown as a window meanwhile and should not have been."""
    watch = Strays()
    application.installEventFilter(watch)
    try:
        yield watch.seen
    finally:
        application.removeEventFilter(watch)


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def nameless(root: QWidget) -> list[str]:
    """Widgets that Tab reaches and a screen reader cannot name."""
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in (root, *root.findChildren(QWidget))
        if _takes_tab(widget) and not name_of(widget)
    ]


def _takes_tab(widget: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and not _is_in_popup(widget)
    )


def _is_in_popup(widget: QObject | None) -> bool:
    """Lists that drop down belong to their box."""
    while isinstance(widget, QWidget):
        if widget.windowType() == Qt.WindowType.Popup:
            return True
        widget = widget.parent()
    return False


def words_of(root: QWidget) -> str:
    """Everything that can be read, pointed at or heard in a window, shown or not."""
    told: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        told += [widget.toolTip(), name_of(widget), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QLineEdit):
            told.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            told.append(widget.toPlainText())
        elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            told += _words_of_model(widget)
    return "\n".join(word for word in told if word)


def _words_of_model(view: QAbstractItemView) -> list[str]:
    model = view.model()
    width = getattr(model, "columnCount", None)
    columns = range(width()) if width and not _is_a_list(view) else range(1)
    return [
        str(model.index(row, column).data(role) or "")
        for row in range(model.rowCount())
        for column in columns
        for role in _SPOKEN
    ]


def _is_a_list(view: QAbstractItemView) -> bool:
    return type(view.model()).__name__ in ("QStandardItemModel", "QListModel", "QAbstractListModel")
