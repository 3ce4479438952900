"""显示 beside a masked value: asks the reason, then tells the value for some seconds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.views.clients.reveal_dialog import RevealDialog
from advisorcrm.views.clients.revealed_value import RevealedValue, RevealRing
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import bare, plain


class RevealButton(QWidget):
    """``shown(value)`` when it may be seen, ``masked`` when the time is over."""

    shown = Signal(str)
    masked = Signal()

    def __init__(
        self,
        around: Surroundings,
        what: str,
        *,
        small: bool = False,
        key: str = "V",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._what = what
        self._is_small = small
        self._key = key
        self._work: Callable[..., str] | None = None
        self.dialog: RevealDialog | None = None
        self.revealed = RevealedValue(around.settings.reveal_seconds, self)
        self.revealed.ended.connect(self._end)
        self.ring = RevealRing(self.revealed)
        self.button = bare("eye", _("显示")) if small else plain(_("显示"), icon="eye")
        self.button.clicked.connect(self.press)
        self._name_button()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.ring)
        row.addWidget(self.button)
        self.aim(None)

    def aim(self, work: Callable[..., str] | None) -> None:
        """``partial(reveal_point, point_id=…)``; None where there is nothing to be revealed."""
        self._work = work
        self.setVisible(work is not None and self._around.may(Right.REVEAL))

    def is_aimed(self) -> bool:
        """Whether there is something this person may reveal."""
        return self._work is not None and self._around.may(Right.REVEAL)

    def is_revealed(self) -> bool:
        """Whether the value is shown at present."""
        return self.revealed.is_running()

    def press(self) -> None:
        """Ask for the value, or copy it while it is shown."""
        if self.is_revealed():
            self.revealed.copy()
            return
        if not self.is_aimed():
            return
        self.dialog = RevealDialog(self._what, self.window(), seconds=self.revealed.seconds)
        self.dialog.reasoned.connect(self._fetch)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def hide_again(self) -> None:
        """Mask before the time is over."""
        self.revealed.end()

    def _fetch(self, reason: object, note: str) -> None:
        work, dialog = self._work, self.dialog
        if work is None or dialog is None:
            return
        self._around.jobs.write(
            partial(work, reason=reason, note=note, now=self._around.now()),
            then=self._show,
            failed=dialog.show_problem,
        )

    def _show(self, value: str) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog = None
        self.revealed.start(value)
        self.ring.show()
        self._name_button()
        self.shown.emit(value)

    def _end(self) -> None:
        self.ring.hide()
        self._name_button()
        self.masked.emit()

    def _name_button(self) -> None:
        verb = _("复制") if self.is_revealed() else _("显示")
        self.button.show_icon("copy" if self.is_revealed() else "eye")
        if not self._is_small:
            self.button.show_text(verb)
        name = _("{verb}{what}").format(verb=verb, what=self._what)
        self.button.setAccessibleName(name)
        self.button.setToolTip(f"{name}  {self._key}")
