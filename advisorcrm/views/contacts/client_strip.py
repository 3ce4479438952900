"""The client a conversation is about: name and badges, number and rhythm, what to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, CodeBook
from advisorcrm.i18n import _
from advisorcrm.rules.lunar import LunarDate
from advisorcrm.rules.sending import SendFacts, is_quiet_at, read_hours, reason_of, send_code
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.terms import BirthdayKept, Channel, PointKind, Purpose
from advisorcrm.views.clients.consent_looks import channel_badges
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.icon_label import IconLabel, IconMark
from advisorcrm.views.widgets.label import Label

_CHANNELS = {channel.value: channel for channel in Channel}
"""Ways of a conversation that are channels of consent too; the codes are the same."""


class ClientStrip(QFrame):
    """Shows one client; ``other_wanted`` by 换客户."""

    other_wanted = Signal()

    def __init__(self, book: CodeBook, hours: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._hours = hours
        self._file: ClientFile | None = None
        self.setProperty("zone", "card")
        self.name = Label("", size="subtitle", weight=600)
        self.tier = Badge("", "mute")
        self.risk = Badge("", "mute")
        self.sms = Badge("", "mute")
        self.facts = Label("", "text2", "caption")
        self.about = Label("", "text3", "caption")
        self.matched = Label("", "text2", "caption")
        self.warning = IconLabel("triangle-alert", "", "warn")
        self.other = quiet(_("换客户"), key="Ctrl+L")
        self.other.clicked.connect(self.other_wanted)
        self._lay_out()

    def show_name(self, name: str, typed: str = "") -> None:
        """The name alone, while the file is being read; ``typed`` found it."""
        self._file = None
        self.name.setText(name)
        self.matched.setText(_("输入 {typed} 命中").format(typed=typed) if typed else "")
        for part in (self.tier, self.risk, self.sms, self.about, self.warning):
            part.hide()
        self.facts.setText("")

    def show_file(self, file: ClientFile) -> None:
        """Everything the strip tells."""
        self._file = file
        self.name.setText(file.name)
        self.tier.show_badge(self._book.label(terms.TIER, file.tier), file.tier or "mute")
        self.tier.setVisible(bool(file.tier))
        if file.risk_level:
            self.risk.show_badge(_("风险等级 {level}").format(level=file.risk_level.value), "mute")
        self.risk.setVisible(file.risk_level is not None)
        sms = channel_badges(file.consents)[0]
        self.sms.show_badge(sms.text, sms.kind)
        self.sms.show()
        self.facts.setText(_facts(file))
        self.about.setText(_about(file))
        self.about.setVisible(bool(self.about.text()))

    def warn(self, way: str, now: datetime) -> None:
        """Say it when a call is not welcome; the client may have called, so nothing is blocked."""
        text = _warning(self._file, way, now, self._hours)
        self.warning.show_text("triangle-alert", text, "warn")
        self.warning.setVisible(bool(text))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        for part in (self.name, self.tier, self.risk, self.sms):
            top.addWidget(part)
        top.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(3)
        left.addLayout(top)
        left.addWidget(self.facts)
        left.addWidget(self.about)
        left.addWidget(self.warning)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.matched, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(self.other, 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(IconMark("user-check", "ok", 20))
        row.addLayout(left, 1)
        row.addLayout(right)


def _facts(file: ClientFile) -> str:
    phone = next((point.masked for point in file.points if point.kind is PointKind.MOBILE), "")
    account = _("账号尾号 {tail}").format(tail=file.account[-4:]) if file.account else ""
    return " · ".join(part for part in (phone, account, _rhythm(file)) if part)


def _rhythm(file: ClientFile) -> str:
    if file.days_since is None:
        return _("还没有沟通过")
    if file.days_since == 0:
        return _("今日已沟通")
    if file.contact_every_days is None:
        return _("距上次 {days} 天").format(days=file.days_since)
    return _("距上次 {days} 天（约定 {agreed} 天）").format(
        days=file.days_since, agreed=file.contact_every_days
    )


def _about(file: ClientFile) -> str:
    """What to know about the person before a call (R112)."""
    parts = (_birthday(file), file.occupation, file.hobbies, file.personality)
    return " · ".join(part for part in parts if part)


def _birthday(file: ClientFile) -> str:
    """The birthday that is kept, by the calendar it is kept by."""
    if file.birthday_kept is BirthdayKept.LUNAR and file.lunar_month and file.lunar_day:
        day = LunarDate(file.lunar_month, file.lunar_day, file.lunar_is_leap).label_zh
    else:
        day = f"{file.birthday:%m-%d}" if file.birthday else file.birthday_month_day or ""
    return _("生日 {day}").format(day=day) if day else ""


def _warning(file: ClientFile | None, way: str, now: datetime, hours: Sequence[str]) -> str:
    """What speaks against contacting the client so now, by the rule that sending asks too."""
    if file is None or way not in _CHANNELS:
        return ""
    channel = _CHANNELS[way]
    facts = SendFacts(
        is_restricted=file.is_restricted,
        wants_quiet=file.service_need == terms.DO_NOT_DISTURB,
        consent=file.consents.state(channel, Purpose.CARE),
        has_point=True,  # somebody is speaking by this way already
    )
    is_quiet = is_quiet_at(read_hours(hours), now.astimezone(BRANCH_TIME))
    code = send_code(facts, channel, Purpose.CARE, is_quiet_hour=is_quiet)
    if code.may:
        return ""
    return _("{reason}客户主动联系的除外。").format(
        reason=reason_of(code, channel, Purpose.CARE, hours)
    )
