"""How far a report is, once it takes longer than a moment, with a way to give it up."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.jobs import Progress
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.progress_row import ProgressRow

_SHOWN_AFTER_MS = 400
_WIDE_PX = 520


class ReportProgress(QDialog):
    """Not modal: the page that asked goes on working. ``progress`` is given to the work."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.progress = Progress(self)
        self.row = ProgressRow()
        self.row.cancelled.connect(self.reject)
        self.progress.moved.connect(self.row.show_progress)
        self._shown_later = QTimer(self)
        self._shown_later.setSingleShot(True)
        self._shown_later.timeout.connect(self.show)
        self.setWindowTitle(name)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(8)
        whole.addWidget(Label(name, weight=600))
        whole.addWidget(self.row)
        self.setMinimumWidth(theme.px(_WIDE_PX))
        self.show_stage(_("正在登记"))
        self._shown_later.start(_SHOWN_AFTER_MS)

    def show_stage(self, what: str) -> None:
        """Another part of the work begins."""
        self.row.start(what)

    def reject(self) -> None:
        """Esc and 取消: the work stops at its next step and then says so."""
        self.progress.cancel()
        self.row.start(_("正在取消"))

    def end(self) -> None:
        """Done, failed or given up."""
        self._shown_later.stop()
        self.done(QDialog.DialogCode.Accepted)
        self.deleteLater()
