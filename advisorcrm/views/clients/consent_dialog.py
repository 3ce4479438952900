"""The consent ledger of one client: what counts, its proof, and a new answer (R117, 2.7a)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, time
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.columns import BRANCH_TIME, branch_date
from advisorcrm.i18n import N_, _, pgettext
from advisorcrm.rules.plain_dates import Direction
from advisorcrm.services.access import Right
from advisorcrm.services.consents.consents import (
    Asked,
    ConsentBook,
    ConsentRow,
    NewConsent,
    Withdrawal,
    wording_for,
)
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.terms import Channel, ConsentState, Purpose
from advisorcrm.views.clients.consent_grid import ConsentGrid
from advisorcrm.views.clients.consent_looks import ledger_looks
from advisorcrm.views.clients.evidence_field import EvidenceField
from advisorcrm.views.clients.file_values import day_reader
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.table_view import RecordTable
from advisorcrm.views.tables import RecordTableModel
from advisorcrm.views.widgets.buttons import plain, primary
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.date_line import DateLine
from advisorcrm.views.widgets.dialog_foot import asking_close_button
from advisorcrm.views.widgets.dialog_head import dialog_column, dialog_head
from advisorcrm.views.widgets.dialog_room import open_large
from advisorcrm.views.widgets.field import Field, show_at_field
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.level import Level
from advisorcrm.views.widgets.upright_area import scrolling

_SIZE = (1000, 720)
_HOWS = (N_("柜台签字"), N_("电话录音"), N_("当面口头"), N_("短信回复"), N_("微信回复"))
_NOON = time(12)


class ConsentDialog(QDialog):
    """``answered(NewConsent)`` and ``withdrawn(Withdrawal)``; the page stores and shows again."""

    answered = Signal(object)
    withdrawn = Signal(object)

    def __init__(
        self, around: Surroundings, file: ClientFile, branch: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._client_id = file.id
        self._branch = branch
        self._may_edit = around.may(Right.EDIT_CLIENTS)
        self._rows: list[ConsentRow] = []
        self._asked: Asked = (Channel.SMS, Purpose.NEWS)
        self._uuid = str(uuid.uuid4())
        self._is_sent = False
        self.setWindowTitle(_("征得同意 – {name}").format(name=file.name))
        self.grid = ConsentGrid(may_edit=self._may_edit)
        self.grid.chosen.connect(self._show_asked)
        self.grid.withdrawn.connect(self._withdraw)
        self.proof = Label("", "text2", "caption", wrap=True)
        self.bar = InlineBar()
        self._make_entry()
        self.model = RecordTableModel(ConsentRow, looks=ledger_looks())
        self.table = RecordTable(self.model, _("同意记录"))
        self._lay_out()
        open_large(self, *_SIZE)
        self.grid.choose(*self._asked)

    def show_ledger(self, rows: Sequence[ConsentRow]) -> None:
        """What counts now and the whole ledger; a stored answer makes room for the next."""
        self._rows = list(rows)
        states = {(row.channel, row.purpose): row.state for row in reversed(self._rows)}
        self.grid.show_book(ConsentBook(states))
        self.model.show_rows(self._rows)
        self._uuid = str(uuid.uuid4())
        self.evidence.clear()
        self._take_as_kept()
        self.bar.hide()
        self._show_asked(*self._asked)

    def answer(self, state: ConsentState) -> None:
        """Ask for the chosen cell's answer to be stored."""
        day = self.day.editor.day() if isinstance(self.day.editor, DateLine) else None
        if day is None or not self.day.check():
            self.day.show_message(Level.ERROR, _("请填答复日期。"))
            self.day.focus()
            return
        self._is_sent = True
        now = self._around.now()
        is_today = day == self._around.today()
        self.answered.emit(
            NewConsent(
                uuid=self._uuid,
                client_id=self._client_id,
                channel=self._asked[0],
                purpose=self._asked[1],
                state=state,
                answered_at=now if is_today else datetime.combine(day, _NOON, BRANCH_TIME),
                how=self.how.value(),
                wording=self.wording.value() if state is ConsentState.GIVEN else "",
                attachment_id=self.evidence.attachment_id(),
            )
        )

    def show_problem(self, error: Exception) -> None:
        """The answer was refused: say it at its field, and stay."""
        self._is_sent = False
        fields = {"how": self.how, "answered_at": self.day, "wording": self.wording,
                  "attachment_id": self.evidence}  # fmt: skip
        if not show_at_field(error, fields):
            self.bar.say(Level.ERROR, str(error))

    def _make_entry(self) -> None:
        self.how = Field(_("怎样答复"), QLineEdit(), hint=_("签字、录音、当面……"))
        self.day = Field(
            _("答复日期"),
            DateLine(day_reader("answered_at", self._around.clock, Direction.PAST)),
        )
        text = QPlainTextEdit()
        text.setTabChangesFocus(True)
        text.setFixedHeight(text.fontMetrics().height() * 3 + 14)
        self.wording = Field(_("告知客户的内容"), text)
        self.evidence = EvidenceField()
        self.give = primary(_("同意"))
        self.refuse = plain(_("拒绝"))
        self.withdraw = plain(pgettext("button", "撤回"))
        for button, state in (
            (self.give, ConsentState.GIVEN),
            (self.refuse, ConsentState.REFUSED),
            (self.withdraw, ConsentState.WITHDRAWN),
        ):
            button.clicked.connect(partial(self._press, state))
        self.day.set_value(self._around.today().isoformat())

    def _take_as_kept(self) -> None:
        """The words of a stored answer may stand for the next cell; nothing of them is lost."""
        if self._is_sent:
            for field in (self.how, self.day, self.wording):
                field.mark_kept()
        self._is_sent = False

    def _press(self, state: ConsentState, _checked: object = None) -> None:
        self.answer(state)

    def _show_asked(self, channel: Channel, purpose: Purpose) -> None:
        """The proof of the chosen cell, and what would be told to the client."""
        changed = self._asked != (channel, purpose) or not self.wording.value()
        self._asked = (channel, purpose)
        found = [row for row in self._rows if (row.channel, row.purpose) == self._asked]
        self.title.setText(f"{channel.label} · {purpose.label}")
        self.proof.setText(_proof(found[0]) if found else _("还没有问过客户。"))
        state = found[0].state if found else ConsentState.NOT_ASKED
        self.withdraw.setVisible(self._may_edit and state is ConsentState.GIVEN)
        self.refuse.setVisible(self._may_edit and state is not ConsentState.GIVEN)
        if changed:
            self.wording.set_value(wording_for(self._branch, channel, [purpose]))

    def _withdraw(self, channel: Channel) -> None:
        self.withdrawn.emit(Withdrawal(str(uuid.uuid4()), self._client_id, channel))

    def _take_how(self, how: str, _checked: object = None) -> None:
        self.how.set_value(how)
        self.how.clear_message()

    def _lay_out(self) -> None:
        head = dialog_head(self, "shield-check", _("只增不改，最近一次答复有效"))
        states = Card(_("现在有效"))
        states.add(self.grid)
        states.body.addStretch(1)
        pair = QHBoxLayout()
        pair.setSpacing(10)
        pair.addWidget(states)
        pair.addWidget(self._chosen_card(), 1)
        ledger = Card(_("全部记录"), margins=(0, 0, 0, 0))
        ledger.add(self.table, 1)
        close = asking_close_button(self)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        whole = dialog_column(self)
        whole.addLayout(head)
        whole.addWidget(self.bar)
        whole.addLayout(pair)
        whole.addWidget(ledger, 1)
        whole.addLayout(foot)

    def _chosen_card(self) -> Card:
        card = Card(" ")
        self.title = card.title
        card.add(self.proof)
        if not self._may_edit:
            card.body.addStretch(1)
            return card
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.how, 3)
        row.addWidget(self.day, 2)
        chips = FlowLayout()
        for how in _HOWS:
            chip = Chip(_(how), checkable=False)
            chip.clicked.connect(partial(self._take_how, _(how)))
            chips.addWidget(chip)
        inside = QWidget()
        entry = QVBoxLayout(inside)
        entry.setContentsMargins(0, 0, 0, 0)
        entry.setSpacing(8)
        entry.addLayout(row)
        entry.addLayout(chips)
        entry.addWidget(self.wording)
        entry.addWidget(self.evidence)
        card.add(scrolling(inside), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.give, self.refuse, self.withdraw):
            buttons.addWidget(button)
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        return card


def _proof(row: ConsentRow) -> str:
    """``同意 · 2026-10-21 · 柜台签字 · 林若溪登记``, and the words that were agreed to."""
    on = branch_date(row.answered_at).isoformat()
    by = _("{name}登记").format(name=row.user_name)
    facts = " · ".join(part for part in (row.state.label, on, row.how, by) if part)
    file = _("证明材料：{name}").format(name=row.attachment_name) if row.attachment_name else ""
    words = _("“{wording}”").format(wording=row.wording) if row.wording else ""
    return "\n".join(part for part in (facts, words, file) if part)
