"""The way of the tour: which window, what is done in it, under which name the picture lies."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import product
from pathlib import Path

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QSize,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from advisorcrm import i18n
from advisorcrm.cli.tour.calendar import make_appointments, visit_calendar
from advisorcrm.cli.tour.callbacks import plan_callbacks, visit_callbacks
from advisorcrm.cli.tour.care import visit_care
from advisorcrm.cli.tour.client import TourClient
from advisorcrm.cli.tour.clock import tour_instant
from advisorcrm.cli.tour.day_end import end_day
from advisorcrm.cli.tour.dialogs import visit_dialogs
from advisorcrm.cli.tour.dialogs_of_manager import (
    visit_as_administrator,
    visit_dialogs_of_manager,
)
from advisorcrm.cli.tour.entrance import visit_entrance
from advisorcrm.cli.tour.fields import define_fields, fill_fields, visit_fields
from advisorcrm.cli.tour.file_changes import change_file
from advisorcrm.cli.tour.imports import import_beforehand
from advisorcrm.cli.tour.manager import visit_as_manager
from advisorcrm.cli.tour.meetings import make_meetings, visit_meetings
from advisorcrm.cli.tour.papers import TourPapers
from advisorcrm.cli.tour.reminders import visit_reminders
from advisorcrm.cli.tour.samples import make_samples
from advisorcrm.cli.tour.standards import visit_standards
from advisorcrm.cli.tour.tasks import make_tasks, visit_tasks
from advisorcrm.db.database import open_for_reading
from advisorcrm.services.branch.branches import BranchInfo
from advisorcrm.services.seats.client_rooms import NewRoom, add_room
from advisorcrm.services.workplace.desk import NewUser, set_up
from advisorcrm.services.workplace.sample_data import fill_with_samples
from advisorcrm.services.workplace.start import load_start
from advisorcrm.services.workplace.workplace import Workplace, sign_in_at
from advisorcrm.terms import Role
from advisorcrm.views import theme
from advisorcrm.views.branch_window import BranchWindow
from advisorcrm.views.messages import log_qt
from advisorcrm.views.widgets.toast import Toast

SIZES = ((1440, 900), (1366, 768))
LOOKS = ("light", "dark")
LANGUAGES = ("zh_CN", "en")
_PASSWORD = "tour-password"  # noqa: S105 - of a branch that lives for a minute
_SETTLE_MS = 60
_SOON_MS = 15
_QUALITY = 60
"""A picture loses nothing by it; packing it harder takes as long as everything else."""
_TITLE_PX = 40
_NO_NEWS = "does not support propagateSizeHints"
"""What the platform without a screen says at every window."""
# chinese: data (invented people of an invented branch)
_PEOPLE = (
    NewUser("LSL0001", "秦越", Role.ADMINISTRATOR, _PASSWORD),
    NewUser("LSL0010", "方静", Role.MANAGER, _PASSWORD),
    NewUser("LSL0045", "周岚", Role.ADVISOR, _PASSWORD, ("第一客户组",)),  # chinese: data
    NewUser("LSL0042", "林若溪", Role.ADVISOR, _PASSWORD, ("第二客户组",)),  # chinese: data
)
_BRANCH = BranchInfo(  # chinese: data
    name="历山路证券营业部",
    company="示例证券",
    code="LSL",
    short_name="历山路",
    address="济南市历下区历山路 136 号 3 层",
    postcode="250014",
    phone="0531-86951100",
    complaint_phone="0531-86951111",
    manager_name="方静",
    form_footer="投资决策由客户作出，本表仅供营业部内部使用。",
)
_SHEET = (  # chinese: data
    ("客户姓名", "资金账号", "手机", "客户类型", "总资产（万元）", "佣金现状", "备注"),
    ("何健康", "010000006037", "13900010037", "金卡", "186.43", "万8", "柜台转来"),
    ("陆小满", "010000006045", "139-0001-0045", "银卡", "52.10", "0.80‰", ""),
    ("赵立欣", "010000006052", "13900010", "金卡", "109.6", "万10", "电话少几位"),
    ("孙晓桐", "1.00E+11", "13900010060", "金卡", "104.8", "万12", "账号被改成科学计数"),
    ("温若水", "010000006068", "13900010068", "钻石卡", "--", "万5", "类型不认识"),
)


class TourGuide:
    """Walks the tour once for each language, look and size."""

    def __init__(self, home: Path, out: Path) -> None:
        self.home = home
        self.out = out
        self.files: list[Path] = []
        app = QApplication.instance() or QApplication([])
        if not isinstance(app, QApplication):
            raise TypeError("the tour needs windows")
        self.app = app
        self._variant = ""
        self._size = SIZES[0]
        self.now = tour_instant(datetime.now(UTC))

    def walk(self) -> list[Path]:
        """Take every picture; returns the files in order."""
        qInstallMessageHandler(_log_platform)  # what the platform says belongs into the log
        theme.start(self.app, appearance="light")
        workplace = self._make_branch()
        manager = sign_in_at(workplace.location, "LSL0010", _PASSWORD)
        define_fields(manager)
        fill_fields(workplace, self.now)
        make_tasks(workplace, manager, self.now)
        make_appointments(workplace, self.now)
        end_day(workplace, manager, self.now)
        plan_callbacks(manager, self.now)
        make_meetings(manager, self.now)
        make_samples(workplace, manager, self.now)
        sheet = self._write_sheet()
        administrator = sign_in_at(workplace.location, "LSL0001", _PASSWORD)
        for language, look, size in product(LANGUAGES, LOOKS, SIZES):
            self._enter_variant(language, look, size)
            visit_entrance(self, self._size, _BRANCH)
            self._inside(workplace, sheet)
            self._inside_as_manager(manager)
            self._inside_as_administrator(administrator)
            self._on_a_protected_disk(workplace)
        i18n.use_language("zh_CN")
        client_id = TourClient(workplace, self.out).client_id()
        self.files += TourPapers(workplace, manager, self.out, self.now).take(client_id)
        workplace.lock()
        manager.lock()
        administrator.lock()
        return self.files

    @property
    def has_least_room(self) -> bool:
        """A dialog is as large everywhere: it is looked at where it has the least room."""
        return self._size == SIZES[-1]

    def look_at(self, window: BranchWindow, name: str, ask: Callable[[], object]) -> None:
        """What a deed opens over the page; it is left again without one.

        Raises TypeError where no dialog opened: the deed is not offered any more.
        """
        ask()
        for _round in range(2):  # it asks, and its answers ask
            window.jobs.wait()
            self.settle(_SOON_MS)
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            raise TypeError(name)
        self.picture(name, dialog)
        dialog.done(QDialog.DialogCode.Rejected)
        window.jobs.wait()

    def picture(self, name: str, widget: QWidget) -> None:
        """Let the window settle, then keep what it shows; no dialog is larger than the screen."""
        room = QSize(*self._size) - QSize(0, _TITLE_PX)
        if isinstance(widget, QDialog) and widget.size().boundedTo(room) != widget.size():
            widget.resize(widget.size().boundedTo(room))
        self.settle()
        path = self.out / f"{name}-{self._variant}.png"
        widget.grab().save(str(path), "PNG", _QUALITY)
        self.files.append(path)

    def rest(self, window: BranchWindow) -> None:
        """Wait for the answers that lead to further questions: a few rounds."""
        for _round in range(4):
            window.jobs.wait()
            self.settle()

    def settle(self, milliseconds: int = _SETTLE_MS) -> None:
        """Give timers and answers their turn."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def _make_branch(self) -> Workplace:
        place = str(self.home / "branch_lsl.db")
        set_up(place, _BRANCH, _PEOPLE)
        self._set_up_room(place)
        workplace = sign_in_at(place, "LSL0042", _PASSWORD)
        workplace.database.write(
            partial(fill_with_samples, advisor_id=workplace.actor.user_id, now=self.now)
        )
        import_beforehand(workplace, self.home, self.now)
        change_file(workplace, self.now)
        return workplace

    def _set_up_room(self, place: str) -> None:
        """The manager sets up a client room, in which the samples sit."""
        manager = sign_in_at(place, "LSL0010", _PASSWORD)
        room = NewRoom("二楼大户室", 4, 6)  # chinese: data
        manager.database.write(partial(add_room, new=room))
        manager.lock()

    def _write_sheet(self) -> Path:
        path = self.home / "khmx_20261119.csv"
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows(_SHEET)
        return path

    def _enter_variant(self, language: str, look: str, size: tuple[int, int]) -> None:
        i18n.use_language(language)
        theme.use(look, 100)
        self._size = size
        self._variant = f"{language[:2]}-{look}-{size[0]}x{size[1]}"

    def _inside(self, workplace: Workplace, sheet: Path) -> None:
        window = self._open(workplace)
        TourClient(workplace, self.out).visit(self, window, sheet)
        visit_reminders(self, window)
        visit_calendar(self, window)
        visit_dialogs(self, window)
        self._close(window)

    def _inside_as_manager(self, workplace: Workplace) -> None:
        window = self._open(workplace)
        visit_as_manager(self, window)
        visit_standards(self, window)
        visit_fields(self, window)
        visit_tasks(self, window)
        visit_care(self, window)
        visit_callbacks(self, window)
        visit_meetings(self, window)
        visit_dialogs_of_manager(self, window)
        self._close(window)

    def _inside_as_administrator(self, workplace: Workplace) -> None:
        window = self._open(workplace)
        visit_as_administrator(self, window)
        self._close(window)

    def _on_a_protected_disk(self, workplace: Workplace) -> None:
        database = open_for_reading(Path(workplace.location), workplace.database.key)
        database.actor = workplace.actor
        window = self._open(Workplace(workplace.location, database))
        self.picture("02-read-only", window.main_window)
        self._close(window)
        database.close()

    def _open(self, workplace: Workplace) -> BranchWindow:
        window = BranchWindow(
            workplace, workplace.database.read(load_start), clock=lambda: self.now
        )
        window.open()
        window.locking.watch.stop()  # nobody types here: on a slow machine that is no absence
        window.main_window.resize(*self._size)
        window.jobs.wait()
        window.reminding.attend()
        self.rest(window)
        for toast in window.main_window.findChildren(Toast):
            toast.hide()  # what was told at the start would lie over the first pages
        return window

    def _close(self, window: BranchWindow) -> None:
        window.leave(keep_jobs=True)
        window.jobs.wait()
        window.jobs.close()
        self.settle()


def _log_platform(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if _NO_NEWS not in text:
        log_qt(kind, context, text)
