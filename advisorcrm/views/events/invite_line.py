"""Whom to invite: a client type or one client, by which way; who is left out is said before."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from advisorcrm import terms
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.sending import SendCode
from advisorcrm.services.clients.client_search import FoundClient
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_ids
from advisorcrm.services.meetings.event_guests import Invitations, preview_invitations
from advisorcrm.terms import Channel
from advisorcrm.views.contacts.client_finder import ClientFinder
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain, soft
from advisorcrm.views.widgets.combo_box import ComboBox
from advisorcrm.views.widgets.label import Label


class InviteLine(QWidget):
    """``invited(ids, channel)`` for those who may be asked, ``visitor_given(name)``."""

    invited = Signal(object, object)
    visitor_given = Signal(str)

    def __init__(self, around: Surroundings, event_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._event_id = event_id
        self.found = Invitations()
        book = around.book
        tiers = [(code, book.label(terms.TIER, code)) for code in book.codes(terms.TIER)]
        self.tier = ComboBox(tiers, empty=_("选客户类型"))
        self.tier.setAccessibleName(_("邀请哪类客户"))
        self.channel = ComboBox([(way.value, way.label) for way in Channel])
        self.channel.setAccessibleName(_("邀请方式"))
        self.channel.set_code(Channel.PHONE.value)
        self.told = Label("", "text2", "caption", wrap=True)
        self.button = soft(_("发出邀请"), icon="user-plus")
        self.finder = ClientFinder(around.jobs, book)
        self.visitor = QLineEdit()
        self.visitor.setAccessibleName(_("来客姓名"))
        self.visitor.setPlaceholderText(_("不是客户的来客姓名"))
        self.visitor_button = plain(_("登记来客"), icon="plus")
        self._lay_out()
        self.tier.currentIndexChanged.connect(self.ask)
        self.channel.currentIndexChanged.connect(self.ask)
        self.button.clicked.connect(self._invite)
        self.finder.chosen.connect(self._take)
        self.visitor.returnPressed.connect(self._visit)
        self.visitor_button.clicked.connect(self._visit)
        self._show(Invitations())

    def ask(self) -> None:
        """Who of the chosen type could be invited this way."""
        if not self.tier.code():
            self._show(Invitations())
            return
        work = partial(
            _preview, event_id=self._event_id, tier=self.tier.code(), channel=self.way(),
            now=self._around.now(), today=self._around.today(),
        )  # fmt: skip
        self._around.jobs.read(work, then=self._show, key=("invite", id(self)))

    def way(self) -> Channel:
        """The chosen way."""
        return Channel(self.channel.code())

    def _take(self, client: FoundClient, _typed: str) -> None:
        if client.id is not None:
            self.invited.emit((client.id,), self.way())
            self.finder.start()

    def _invite(self) -> None:
        if self.found.ids:
            self.invited.emit(self.found.ids, self.way())

    def _visit(self) -> None:
        name = self.visitor.text().strip()
        if name:
            self.visitor_given.emit(name)
            self.visitor.clear()

    def _show(self, found: Invitations) -> None:
        self.found = found
        self.button.setEnabled(bool(found.ids))
        self.told.setText(said_of(found) if self.tier.code() else _("先选类型，会说明谁不能邀请"))

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        for box in (self.tier, self.channel):
            box.setMinimumContentsLength(8)
            first.addWidget(box)
        first.addWidget(self.button)
        first.addWidget(self.told, 1)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.finder, 3)
        top = Qt.AlignmentFlag.AlignTop
        second.addWidget(self.visitor, 2, top)
        second.addWidget(self.visitor_button, 0, top)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(first)
        whole.addLayout(second)


def said_of(found: Invitations) -> str:
    """``可邀请 12 人；已在名单 1 人；不能邀请：免打扰 2、拒绝 1``."""
    parts = [
        ngettext("可邀请 {count} 人", "可邀请 {count} 人", len(found.ids)).format(
            count=len(found.ids)
        )
    ]
    if found.known:
        parts.append(_("已在名单 {count} 人").format(count=found.known))
    words = {
        SendCode.RESTRICTED: _("限制处理"), SendCode.DO_NOT_DISTURB: _("免打扰"),
        SendCode.REFUSED: _("拒绝"), SendCode.WITHDRAWN: _("撤回"),
        SendCode.NO_POINT: _("没有号码"), SendCode.NOT_ASKED: _("未征得同意"),
        SendCode.QUIET_HOURS: _("休息时间"),
    }  # fmt: skip
    left = [f"{words[code]} {count}" for code, count in found.excluded.items() if code in words]
    if left:
        parts.append(_("不能邀请：{reasons}").format(reasons=_("、").join(left)))
    return _("；").join(parts)


def _preview(  # noqa: PLR0913 - what the line asks
    session: Any, actor: Any, event_id: int, tier: str, channel: Channel, now: datetime,
    today: date,
) -> Invitations:  # fmt: skip
    query = ClientFilter(tiers=(tier,))
    ids = list_client_ids(session, actor, query, ClientOrder(), today=today)
    return preview_invitations(session, actor, event_id, list(ids), channel, now=now)
