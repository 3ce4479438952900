"""A present to a client: what, of what value, and how it stands to the limits (R120, 2.11)."""

from __future__ import annotations

import uuid
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from advisorcrm.columns import show_yuan
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.rules.amounts import read_money
from advisorcrm.rules.plain_dates import Direction
from advisorcrm.services.care.gifts import GiftLimits, NewGift, check_gift
from advisorcrm.views import messages, theme
from advisorcrm.views.clients.file_values import day_reader
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import primary
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.dialog_foot import dialog_foot
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.entry_dialog import EntryDialog
from advisorcrm.views.widgets.field import Field, Verdict
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

_WIDE_PX = 560


class GiftDialog(EntryDialog):
    """``submitted(NewGift)``; the limits are told while it is filled."""

    submitted = Signal(object)

    def __init__(
        self, around: Surroundings, client: tuple[int, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self.client_id = client[0]
        self._uuid = str(uuid.uuid4())
        self.setWindowTitle(_("登记礼品 – {name}").format(name=client[1]))
        self.item = Field(_("礼品"), QLineEdit(), required=True)
        self.value = Field(_("价值（元）"), QLineEdit(), required=True, judge=_judge_value)
        reader = day_reader("given_on", around.clock, Direction.PAST)
        self.day = Field(_("日期"), DateLine(reader), required=True)
        self.occasion = Field(_("事由"), QLineEdit(), hint=_("如 生日、中秋；可空"))
        self.reason = Field(_("超限原因"), QLineEdit(), required=True)
        self.reason.hide()
        self.bar = InlineBar()
        self.button = primary(_("登记"), key="Ctrl+Enter")
        self._lay_out()
        self.day.set_value(around.today().isoformat())
        self.button.clicked.connect(self.submit)
        self.value.changed.connect(self._check)
        self.day.changed.connect(self._check)
        self._check()
        self.item.focus()

    def submit(self) -> None:
        """Give what was entered; the first wrong field is told."""
        fields = [self.item, self.value, self.day]
        if self.reason.isVisibleTo(self):
            fields.append(self.reason)
        wrong = [field for field in fields if not field.check()]
        day = self._day()
        if wrong or day is None:
            (wrong or [self.day])[0].focus()
            return
        self.button.setEnabled(False)
        self.submitted.emit(
            NewGift(
                self._uuid,
                self.client_id,
                day,
                self.item.value(),
                self._fen(),
                self.occasion.value(),
                self.reason.value(),
            )
        )

    def accept_answer(self, _answer: object) -> None:
        """It is stored."""
        self.accept()

    def show_problem(self, error: Exception) -> None:
        """Nothing was stored: say why, where it belongs."""
        self.button.setEnabled(True)
        fields = {"item": self.item, "value_fen": self.value, "given_on": self.day,
                  "over_limit_reason": self.reason}  # fmt: skip
        if isinstance(error, InvalidFieldError) and error.field in fields:
            fields[error.field].show()
            fields[error.field].show_message(Level.ERROR, error.reason)
            fields[error.field].focus()
        else:
            messages.show_problem(error, self)

    def _check(self) -> None:
        day = self._day()
        if day is not None:
            read = partial(
                check_gift, client_id=self.client_id, given_on=day, value_fen=self._fen()
            )
            self._around.jobs.read(read, then=self._tell)

    def _tell(self, limits: GiftLimits) -> None:
        """The year's total always; beyond a limit a reason is asked for."""
        told = _("{year} 年已送 {count} 件，累计 {total}；上限每件 {once}，全年 {whole}。").format(
            year=limits.year,
            count=limits.count,
            total=show_yuan(limits.total_fen),
            once=show_yuan(limits.once_fen),
            whole=show_yuan(limits.year_fen),
        )
        is_over = bool(limits.warnings)
        if is_over:
            self.bar.say(Level.WARN, _("；").join((*limits.warnings, told)))
        else:
            self.bar.say(Level.INFO, told)
        self.reason.setVisible(is_over)
        self.resize(self.width(), max(self.height(), self.sizeHint().height()))

    def _day(self) -> date | None:
        editor = self.day.editor
        return editor.day() if isinstance(editor, DateLine) else None

    def _fen(self) -> int:
        try:
            return read_money(self.value.value()) or 0
        except InvalidFieldError:
            return 0

    def _lay_out(self) -> None:
        whole = dialog_column(self)
        whole.addLayout(dialog_head(self, "gift", _("须由另一位经理或负责人批准")))
        whole.addWidget(self.bar)
        for pair in ((self.item, self.value), (self.day, self.occasion)):
            row = QHBoxLayout()
            row.setSpacing(16)
            for field in pair:
                row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            whole.addLayout(row)
        whole.addWidget(self.reason)
        whole.addStretch(1)
        whole.addLayout(dialog_foot(self, self.button))
        self.setMinimumWidth(theme.px(_WIDE_PX))


def _judge_value(text: str) -> Verdict | None:
    try:
        fen = read_money(text) if text else None
    except InvalidFieldError as error:
        return Verdict(Level.ERROR, error.reason)
    return None if fen else Verdict(Level.ERROR, _("请填大于 0 的金额。"))
