"""Progress of long work: what is done, how much, how long still, and 取消."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from advisorcrm.i18n import _
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.label import Label

_GUESS_AFTER_MS = 2000


class ProgressRow(QWidget):
    """A bar with count, remaining time and a button that emits ``cancelled``."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._what = Label("", "text", "caption", weight=500)
        self._count = Label("", "text2", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._rest = Label("", "text2", "caption")
        self._cancel = quiet(_("取消"), key="Esc")
        self._cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for part in (self._what, self._count):
            row.addWidget(part)
        row.addWidget(self._bar, 1)
        row.addWidget(self._rest)
        row.addWidget(self._cancel)
        self.hide()

    def start(self, what: str, *, can_cancel: bool = True) -> None:
        """Begin: say what is being done, and offer to stop it where that is possible."""
        self._what.setText(what)
        self._count.setText("")
        self._rest.setText("")
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(what)
        self._clock.start()
        self._cancel.setVisible(can_cancel)
        self.show()

    def show_progress(self, done: int, total: int) -> None:
        """Move the bar; an unknown total is 0."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        form = _("{done} / {total}") if total else "{done}"
        self._count.setText(form.format(done=f"{done:,}", total=f"{total:,}"))
        spent = self._clock.elapsed()
        if total and done and spent > _GUESS_AFTER_MS:
            seconds = max(1, round(spent / 1000 * (total - done) / done))
            self._rest.setText(_("约还需 {seconds} 秒").format(seconds=seconds))

    def finish(self, remark: str = "", *, what: str = "") -> None:
        """End: fill the bar and say how it went, or vanish."""
        if not remark:
            self.hide()
            return
        self._bar.setRange(0, 1)
        self._bar.setValue(1)
        if what:
            self._what.setText(what)
            self._count.setText("")
        self._rest.setText(remark)
        self._cancel.hide()
