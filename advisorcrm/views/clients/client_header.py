"""The head of a client's page: who it is, how complete the file is, what he has."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from advisorcrm.columns import Form, show_money, show_number
from advisorcrm.i18n import _, pgettext
from advisorcrm.rules.birthdays import years_lived
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.access import Right
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.terms import ClientKind
from advisorcrm.views.clients.client_badges import PRIVACY, BadgeLook, badges_of
from advisorcrm.views.clients.client_looks import overdue_tone
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.badge_button import BadgeButton, level_with_buttons
from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.label import Label
from advisorcrm.views.widgets.ring import Ring


class ClientHeader(Card):
    """``log_wanted`` and ``print_wanted`` by its buttons, ``proof_wanted(door)`` by badges."""

    log_wanted = Signal()
    print_wanted = Signal()
    proof_wanted = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(margins=(14, 10, 12, 10), parent=parent)
        self._around = around
        self._file: ClientFile | None = None
        self._is_private = False
        self._looks: list[BadgeLook] = []
        self.ring = Ring(58)
        self.name = Label("", size="figure", weight=600)
        self.facts = Label("", "text2")
        self.badges = FlowLayout(gap=5)
        self.assets = Label("", size="subtitle", weight=600)
        self.figures = Label("", "text2", "caption")
        self.since = Label("", "text2", "caption")
        self._lay_out()

    def show_file(self, file: ClientFile) -> None:
        """Everything the head tells."""
        self.ring.show_percent(file.completeness)
        self._file = file
        self._show_name()
        self.facts.setText(facts_of(file, self._around.today()))
        self.assets.setText(show_money(file.assets_fen) if file.assets_fen is not None else "–")
        commission = file.commission_ppm
        self.figures.setText(
            ""
            if commission is None
            else _("佣金 {rate}‰").format(rate=show_number(commission, Form.PERMILLE)) + " · "
        )
        self._show_since(file)
        looks = badges_of(file, self._around.book, self._around.today())
        if looks != self._looks:
            self._looks = looks
            empty_layout(self.badges)
            for look in looks:
                self.badges.addWidget(self._badge(look))

    def set_private(self, *, is_private: bool) -> None:
        """Mask the name too (F9)."""
        self._is_private = is_private
        self._show_name()

    def show_completeness(self, percent: int) -> None:
        """Draw another percentage."""
        self.ring.show_percent(percent)

    def _show_name(self) -> None:
        if self._file is not None:
            name = self._file.name
            self.name.setText(mask_name(name) if self._is_private else name)
            self.name.setToolTip("")

    def _badge(self, look: BadgeLook) -> QWidget:
        """A badge with something behind it is a button."""
        if not look.door:
            return level_with_buttons(Badge(look.text, look.kind, look.icon))
        text = f"{look.text} · {look.deed}" if look.deed else look.text
        button = BadgeButton(text, look.kind, look.icon)
        button.clicked.connect(partial(self._want_proof, look.door))
        return button

    def _want_proof(self, door: str, _checked: object = None) -> None:
        self.proof_wanted.emit(door)

    def _show_since(self, file: ClientFile) -> None:
        if file.days_since is None:
            self.since.setText(_("还没有沟通过"))
            self.since.set_tone("warn")
            return
        days = show_number(file.days_since, Form.DAYS)
        self.since.setText(_("距上次沟通 {days}").format(days=days))
        tone = overdue_tone(file.days_since, file.contact_every_days)
        self.since.set_tone("text2" if tone == "text" else tone)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.ring)
        row.addLayout(self._who(), 1)
        row.addLayout(self._what(), 0)
        row.addSpacing(8)
        row.addWidget(self._buttons(), 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def _who(self) -> QVBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.name)
        top.addWidget(self.facts, 1)
        area = QWidget()
        area.setLayout(self.badges)
        area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout()
        column.setSpacing(5)
        column.addLayout(top)
        column.addWidget(area)
        return column

    def _what(self) -> QVBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(Label(_("总资产"), "text2", "caption"))
        first.addWidget(self.assets)
        first.addStretch(1)
        second = QHBoxLayout()
        second.setSpacing(0)
        second.addWidget(self.figures)
        second.addWidget(self.since)
        second.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(5)
        column.addStretch(1)
        column.addLayout(first)
        column.addLayout(second)
        column.addStretch(1)
        return column

    def _buttons(self) -> ButtonRow:
        buttons = ButtonRow()
        if self._around.may(Right.LOG_CONTACTS):
            log = plain(_("记沟通"), icon="plus", key="N")
            log.clicked.connect(self.log_wanted)
            buttons.add(log)
        if self._around.may(Right.EXPORT):
            printing = plain(_("打印"), icon="printer")
            printing.setToolTip(_("打印客户资料卡  Ctrl+P"))
            printing.clicked.connect(self.print_wanted)
            buttons.add(printing)
        privacy = plain(pgettext("button", "个人信息请求"), icon="shield-check")
        privacy.clicked.connect(partial(self._want_proof, PRIVACY))
        buttons.add(privacy)
        return buttons


def facts_of(file: ClientFile, today: date) -> str:
    """``女 · 57 岁 · 编号 LSL-0231``."""
    facts = []
    if file.kind is ClientKind.PERSON and file.sex is not None:
        facts.append(file.sex.label)
    if file.birthday is not None and file.kind is ClientKind.PERSON:
        facts.append(_("{age} 岁").format(age=years_lived(file.birthday, today)))
    facts.append(_("编号 {number}").format(number=file.client_no))
    return " · ".join(facts)
