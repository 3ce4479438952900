"""Who is called: name, number to be revealed, the hour, the clock, what to do without answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import CodeBook, show_instant
from advisorcrm.i18n import _
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.access import Right
from advisorcrm.services.callbacks.callbacks import CallCard, reveal_callback_phone
from advisorcrm.views.clients.reveal_button import RevealButton
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.fixed_size import FixedSize
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.icon_label import IconLabel
from advisorcrm.views.widgets.label import Label

_WHEN_PX = 172


class CallHead(QWidget):
    """``client_wanted(id)``, ``unanswered``, ``given_up``, ``appointed(text)``, ``assigned``."""

    client_wanted = Signal(int)
    unanswered = Signal()
    given_up = Signal()
    appointed = Signal(str)
    assigned = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book: CodeBook = around.book
        self._card: CallCard | None = None
        self._is_private = False
        self.name = Label("", size="subtitle", weight=600)
        self.state = Badge("", "info")
        self.facts = Label("", "text2", "caption", wrap=True)
        self.hour = IconLabel("", "")
        self.phone = ComboBox()
        self.phone.setAccessibleName(_("电话号码"))
        self.number = Label("", weight=600)
        self.reveal = RevealButton(around, _("电话号码"), small=True)
        self.caller = ComboBox(empty=_("未分派"))
        self.caller.setAccessibleName(_("回访人"))
        self._leads = around.may(Right.LEAD_LISTS)
        self.no_answer = plain(_("未接通"), icon="bell-off", key="U")
        self.give_up = plain(_("联系不上"), icon="user-x")
        self.open_client = plain(_("档案"), icon="user")
        self.when = QLineEdit()
        self.when.setAccessibleName(_("另约时间"))
        self.when.setPlaceholderText(_("另约时间，例如明天 15:30"))
        self.appoint = plain(_("约好"), icon="calendar", key="A")
        self._lay_out()
        self._connect()

    def offer_callers(self, people: Sequence[tuple[int, str]]) -> None:
        """Who may be asked to call (manager)."""
        self.caller.set_choices([(str(key), name) for key, name in people], empty=_("未分派"))

    def set_private(self, *, is_private: bool) -> None:
        """Mask the name too (F9)."""
        self._is_private = is_private
        self._show_name()

    def show_card(self, card: CallCard) -> None:
        """Show whom the call is about."""
        is_new = self._card is None or self._card.id != card.id
        self._card = card
        self._show_name()
        kind = "ok" if card.state.is_closed else "info"
        self.state.show_badge(card.state.label, kind)
        self.facts.setText(self._facts(card))
        self._show_hour(card)
        if is_new:
            self.when.clear()
            self.reveal.hide_again()
            points = [(str(point.id), point.masked) for point in card.points]
            self.phone.set_choices(points)
            self._aim()
        self.caller.set_code(str(card.caller_id or ""))
        self.caller.setEnabled(not card.state.is_closed)
        is_open = card.may_work and not card.state.is_closed
        for widget in (self.no_answer, self.give_up, self.when, self.appoint):
            widget.setEnabled(is_open)
        self.no_answer.show_text(
            _("未接通 {count}").format(count=card.tries) if card.tries else _("未接通")
        )

    def _show_name(self) -> None:
        name = self._card.client_name if self._card else ""
        self.name.setText(mask_name(name) if self._is_private else name)

    def _facts(self, card: CallCard) -> str:
        parts = [
            self._book.label(terms.CALLBACK_KIND, card.kind),
            self._book.label(terms.TIER, card.tier),
            _("账号 {account}").format(account=card.account),
            _("客服专员 {name}").format(name=card.advisor_name or "–"),
            _("回访人 {name}").format(name=card.caller_name or _("未分派")),
            _("应在 {day} 前回访").format(day=card.due_on.isoformat()),
        ]
        if card.appointed_at:
            parts.append(_("约在 {at}").format(at=show_instant(card.appointed_at)))
        if card.convenient_time:
            parts.append(_("方便时间 {time}").format(time=card.convenient_time))
        return " · ".join(part for part in parts if part)

    def _show_hour(self, card: CallCard) -> None:
        if not card.may_work:
            said = _("这类回访须由客户的客服专员以外的人进行。")
            self.hour.show_text("shield-alert", said, "crit")
        elif not card.send.may:
            self.hour.show_text("bell-off", card.send.reason, "crit")
        elif card.suits_client is False:
            self.hour.show_text("clock", _("现在不是客户说的方便时间，最好另约。"), "warn")
        else:
            self.hour.show_text("circle-check", _("现在可以拨打"), "ok")

    def _aim(self) -> None:
        card, point = self._card, self.phone.code()
        if card is None or not point or not card.may_work or card.state.is_closed:
            self.reveal.aim(None)
            return
        self.reveal.aim(partial(reveal_callback_phone, callback_id=card.id, point_id=int(point)))

    def _change_number(self) -> None:
        self.reveal.hide_again()
        self._aim()

    def _open(self) -> None:
        if self._card is not None:
            self.client_wanted.emit(self._card.client_id)

    def _appoint(self) -> None:
        if self.when.text().strip():
            self.appointed.emit(self.when.text())
        else:
            self.when.setFocus()

    def _assign(self) -> None:
        if self.caller.code():
            self.assigned.emit(int(self.caller.code()))

    def _connect(self) -> None:
        self.caller.activated.connect(self._assign)
        self.reveal.shown.connect(self.number.setText)
        self.reveal.masked.connect(self.number.clear)
        self.phone.currentIndexChanged.connect(self._change_number)
        self.no_answer.clicked.connect(self.unanswered)
        self.give_up.clicked.connect(self.given_up)
        self.open_client.clicked.connect(self._open)
        self.appoint.clicked.connect(self._appoint)
        self.when.returnPressed.connect(self._appoint)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), FlowLayout(gap=8)
        first.setSpacing(8)
        first.addWidget(self.name)
        first.addWidget(self.state)
        first.addWidget(self.hour, 1)
        if self._leads:
            self.caller.setMinimumContentsLength(7)
            first.addWidget(self.caller)
        first.addWidget(self.open_client)
        self.phone.setMinimumContentsLength(12)
        second.addWidget(self.phone)
        second.addWidget(self.number)
        second.addWidget(self.reveal)
        second.addWidget(self.no_answer)
        second.addWidget(self.give_up)
        FixedSize(self.when, width=_WHEN_PX)
        second.addWidget(self.when)
        second.addWidget(self.appoint)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(first)
        whole.addWidget(self.facts)
        whole.addLayout(second)
