"""The next step agreed with a client: a plain date, its echo, way and note (R35)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import N_, _
from advisorcrm.rules.plain_dates import echo_text, read_plain_date
from advisorcrm.rules.workdays import DayKind, day_kind
from advisorcrm.views import theme
from advisorcrm.views.contacts.phrase_edit import PhraseLine
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.icon_label import IconLabel

_DATE_PX = 150
_WAY_PX = 104
_QUICK = (
    (N_("明天"), "1d"),
    (N_("3 天后"), "3d"),
    (N_("周五"), "fri"),
    (N_("两周后"), "2w"),
)
NEVER_MIND = N_("不需要")


class NextStep(Card):
    """Date, way and note; ``changed`` after every change by hand or by chip."""

    changed = Signal()

    def __init__(
        self, book: CodeBook, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("下一步  Alt+N"), margins=(12, 8, 12, 8), spacing=8, parent=parent)
        self._clock = clock
        self._is_composing = False
        self.date = QLineEdit()
        self.date.setFixedWidth(theme.px(_DATE_PX))
        self.date.setPlaceholderText(_("3d、周二 14:30"))
        self.date.setAccessibleName(_("下一步日期"))
        self.echo = IconLabel("", "", "text3")
        self.way = ComboBox(
            (code, book.label(terms.CONTACT_WAY, code)) for code in book.codes(terms.CONTACT_WAY)
        )
        self.way.setFixedWidth(theme.px(_WAY_PX))
        self.way.setAccessibleName(_("下一步方式"))
        self.note = PhraseLine()
        self.note.setPlaceholderText(_("做什么；;hf 展开常用语"))
        self.note.setAccessibleName(_("下一步内容"))
        self.chips: list[Chip] = []
        self._lay_out()
        self._connect()
        self._show_echo()

    def fill(self, text: str, way: str, note: str) -> None:
        """Show what a draft holds."""
        self.date.setText(text)
        self.way.set_code(way)
        self.note.setText(note)
        self._show_echo()

    def show_problem(self, error: InvalidFieldError) -> None:
        """Say what is wrong with the date and bring the cursor there."""
        self._say("triangle-alert", str(error), "crit")
        self.date.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A date is judged when it is left; nothing is while an input method composes."""
        if isinstance(event, QInputMethodEvent):
            self._is_composing = bool(event.preeditString())
        elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._is_composing = False
            self._show_echo(is_left=True)
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.date)
        self.echo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        top.addWidget(self.echo, 1)
        top.addWidget(self.way)
        self.body.addLayout(top)
        self.add(self.note)
        row = FlowLayout()
        for label, plain in _QUICK:
            self._add_chip(row, _(label)).clicked.connect(partial(self._take, plain))
        self._add_chip(row, _(NEVER_MIND)).clicked.connect(self._clear)
        self.body.addLayout(row)
        for first, second in ((self.date, self.note), (self.note, self.way)):
            QWidget.setTabOrder(first, second)

    def _add_chip(self, row: FlowLayout, label: str) -> Chip:
        chip = Chip(label, checkable=False)
        row.addWidget(chip)
        self.chips.append(chip)
        return chip

    def _connect(self) -> None:
        self.date.installEventFilter(self)
        self.date.textChanged.connect(self._date_changed)
        self.way.currentIndexChanged.connect(self.changed)
        self.note.textChanged.connect(self.changed)

    def _take(self, plain: str) -> None:
        """A chip stands for a plain date; the field shows the day itself."""
        self.date.setText(read_plain_date(plain, self._clock()).on.isoformat())
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _clear(self) -> None:
        self.date.clear()
        self.note.clear()

    def _date_changed(self) -> None:
        if not self._is_composing:
            self._show_echo()
        self.changed.emit()

    def _show_echo(self, *, is_left: bool = False) -> None:
        text = self.date.text().strip()
        if not text:
            self._say("", "", "text3")
            return
        try:
            moment = read_plain_date(text, self._clock(), field="next_on")
        except InvalidFieldError as error:
            if is_left:
                self._say("triangle-alert", str(error), "crit")
            else:
                self._say("", "", "text3")
            return
        day = day_kind(moment.on)
        tone = "warn" if day.kind is DayKind.REST else "ok"
        self._say("arrow-right", echo_text(moment, day), tone)

    def _say(self, icon: str, text: str, tone: str) -> None:
        self.echo.show_text(icon, text, tone)
        self.date.setAccessibleDescription(text)
