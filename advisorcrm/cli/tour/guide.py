"""Opens the windows of the tour, waits until they have settled and takes their pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
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
from advisorcrm.cli.tour.clock import tour_instant
from advisorcrm.services.workplace.start import load_start
from advisorcrm.services.workplace.workplace import Workplace
from advisorcrm.views import theme
from advisorcrm.views.branch_window import BranchWindow
from advisorcrm.views.messages import log_qt
from advisorcrm.views.widgets.toast import Toast

SIZES = ((1440, 900), (1366, 768))
LOOKS = ("light", "dark")
LANGUAGES = ("zh_CN", "en")
_SETTLE_MS = 60
_SOON_MS = 15
_QUALITY = 60
"""A picture loses nothing by it; packing it harder takes as long as everything else."""
_TITLE_PX = 40
_NO_NEWS = "does not support propagateSizeHints"
"""What the platform without a screen says at every window."""


class TourGuide:
    """Leads through the windows, in one language, look and size after the other."""

    def __init__(self, home: Path, out: Path) -> None:
        self.home = home
        self.out = out
        self.files: list[Path] = []
        app = QApplication.instance() or QApplication([])
        if not isinstance(app, QApplication):
            raise TypeError("the tour needs windows")
        self.app = app
        self._variant = ""
        self.size = SIZES[0]
        self.now = tour_instant(datetime.now(UTC))
        qInstallMessageHandler(_log_platform)  # what the platform says belongs into the log
        theme.start(self.app, appearance="light")

    def variants(self) -> Iterator[None]:
        """Put on each language, look and size in turn; Chinese again at the end."""
        for language, look, size in product(LANGUAGES, LOOKS, SIZES):
            i18n.use_language(language)
            theme.use(look, 100)
            self.size = size
            self._variant = f"{language[:2]}-{look}-{size[0]}x{size[1]}"
            yield
        i18n.use_language("zh_CN")

    @contextmanager
    def window(self, workplace: Workplace) -> Iterator[BranchWindow]:
        """The window of a person, closed again when everything was looked at."""
        window = self._open(workplace)
        yield window
        self._close(window)

    @property
    def has_least_room(self) -> bool:
        """A dialog is as large everywhere: it is looked at where it has the least room."""
        return self.size == SIZES[-1]

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
        room = QSize(*self.size) - QSize(0, _TITLE_PX)
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

    def _open(self, workplace: Workplace) -> BranchWindow:
        window = BranchWindow(
            workplace, workplace.database.read(load_start), clock=lambda: self.now
        )
        window.open()
        window.locking.watch.stop()  # nobody types here: on a slow machine that is no absence
        window.main_window.resize(*self.size)
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
