"""How errors reach the person: a sentence for what can be mended, a report for what is a bug."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.errors import AdvisorCrmError, CancelledError, SystemTroubleError, UserError
from advisorcrm.i18n import _
from advisorcrm.logs import redact
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.icon_label import IconMark
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level

log = logging.getLogger(__name__)
_LEAST_PX = 420
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def show_problem(error: BaseException, parent: QWidget | None = None) -> None:
    """Tell the person: in a sentence what they or the computer must do, or that we have a bug."""
    if isinstance(error, CancelledError):
        return
    if isinstance(error, AdvisorCrmError):
        if isinstance(error, SystemTroubleError):
            log.warning("system trouble: %s", type(error).__name__)
        open_dialog(ProblemDialog(str(error), parent=_parent(parent), level=level_of(error)))
        return
    log.error("bug", exc_info=error)
    # It is copied and sent to somebody: as little personal as the log.
    details = redact("".join(traceback.format_exception(error)))
    open_dialog(CrashDialog(details, parent=_parent(parent)))


def level_of(error: BaseException) -> Level:
    """How serious the sentence looks: what the person can mend is only amber."""
    return Level.WARN if isinstance(error, UserError) else Level.ERROR


def open_dialog(dialog: QDialog) -> None:
    """Open without stopping the rest of the program."""
    dialog.open()


class ProblemDialog(QDialog):
    """One sentence and 知道了."""

    def __init__(
        self, sentence: str, *, level: Level = Level.WARN, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.sentence = sentence
        self.setWindowTitle(_("提示"))
        self.setAccessibleName(sentence)
        close = primary(_("知道了"), key="⏎")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.text = Label(sentence, wrap=True)
        self.text.setMinimumWidth(_LEAST_PX)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconMark(level.icon, level.tone, 20))
        row.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 16)
        whole.setSpacing(16)
        whole.addLayout(row)
        whole.addLayout(foot)


class CrashDialog(QDialog):
    """Says that this is a fault of the program and lets the details be copied."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.details = details
        self.setWindowTitle(_("程序出错"))
        told = _("程序遇到没有料到的情况。已保存的内容和草稿都在；请把下面的信息交给系统管理员。")
        self.setAccessibleName(told)
        view = QPlainTextEdit(details)
        view.setReadOnly(True)
        view.setAccessibleName(_("出错信息"))
        copy = plain(_("复制出错信息"), icon="copy")
        copy.clicked.connect(self.copy_details)
        close = primary(_("继续使用"), key="⏎")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(copy)
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(Label(told, wrap=True))
        whole.addWidget(view, 1)
        whole.addLayout(foot)
        self.resize(640, 380)

    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details)


class Hooks(QObject):
    """Catches what nobody caught, in any thread, and shows it in the GUI thread."""

    caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.caught.connect(self._show)

    def install(self) -> None:
        """Take over the hooks of Python, of its threads and of Qt's messages."""
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread
        qInstallMessageHandler(log_qt)

    def uninstall(self) -> None:
        """Give them back: the program ends."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def catch(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """``sys.excepthook``: Ctrl+C in a terminal still ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.caught.emit(error)

    def _catch_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.caught.emit(args.exc_value)

    def _show(self, error: BaseException) -> None:
        show_problem(error)


def log_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Write what Qt says into the program's log."""
    log.log(_QT_LEVELS.get(kind, logging.WARNING), "Qt %s: %s", context.category, text)


def _parent(parent: QWidget | None) -> QWidget | None:
    return parent or QApplication.activeWindow()
