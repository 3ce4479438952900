"""A day as people write it, with what was understood beside it: ``3d``, 明天, 下月5 (R81)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import N_, _
from advisorcrm.rules.plain_dates import PlainMoment, echo_text, read_plain_date
from advisorcrm.rules.workdays import DayKind, day_kind
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.field import Field, Verdict
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.level import Level

_QUICK = (
    (N_("今天"), "0d"),
    (N_("明天"), "1d"),
    (N_("3 天后"), "3d"),
    (N_("周五"), "fri"),
    (N_("一周后"), "1w"),
)


class DayField(QWidget):
    """Field, echo and quick choices; ``changed`` after every change."""

    changed = Signal()

    def __init__(
        self, label: str, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        line = QLineEdit()
        line.setPlaceholderText(_("3d、周二 14:30"))
        self.field = Field(label, line, required=True, judge=self._judge)
        self.echo = IconLabel("", "", "text3")
        self.chips: list[Chip] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(self.field)
        whole.addWidget(self.echo)
        row = FlowLayout()
        for text, plain in _QUICK:
            chip = Chip(_(text), checkable=False)
            chip.clicked.connect(partial(self._take, plain))
            row.addWidget(chip)
            self.chips.append(chip)
        whole.addLayout(row)
        self.field.changed.connect(self._show_echo)
        self.setFocusProxy(self.field.editor)

    def moment(self) -> PlainMoment | None:
        """The day and time that are meant; None if the text is not understood."""
        try:
            return read_plain_date(self.field.value(), self._clock(), field="due_on")
        except InvalidFieldError:
            return None

    def show_moment(self, moment: PlainMoment) -> None:
        """Show a day."""
        at = f" {moment.at:%H:%M}" if moment.at else ""
        self.field.set_value(f"{moment.on.isoformat()}{at}")
        self._show_echo()

    def _judge(self, text: str) -> Verdict | None:
        try:
            read_plain_date(text, self._clock(), field="due_on")
        except InvalidFieldError as error:
            return Verdict(Level.ERROR, error.reason)
        return None

    def _take(self, plain: str, _checked: object = None) -> None:
        moment = read_plain_date(plain, self._clock())
        before = self.moment()
        self.show_moment(PlainMoment(moment.on, before.at if before else None))
        self.changed.emit()

    def _show_echo(self) -> None:
        moment = self.moment()
        if moment is None:
            self.echo.show_text("", "", "text3")
        else:
            day = day_kind(moment.on)
            tone = "warn" if day.kind is DayKind.REST else "ok"
            self.echo.show_text("arrow-right", echo_text(moment, day), tone)
        self.changed.emit()
