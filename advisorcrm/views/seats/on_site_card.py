"""Card 现场机位: room, seat, pass and transition of a client who trades on site (R105-R107)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.seats.seat_uses import OnSite, SeatUseRow, open_on_site
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.label import Label


class OnSiteCard(Card):
    """``plan_wanted`` by its button; hidden for who has nothing to do with the rooms."""

    plan_wanted = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(_("现场机位"), parent=parent)
        self._around = around
        self._client_id = -1
        self.badge = Badge("", "mute")
        self.plan_button = quiet(_("机位图"), icon="monitor")
        self.plan_button.clicked.connect(self.plan_wanted)
        self.add_right(self.badge)
        self.add_right(self.plan_button)
        names = (
            ("place", _("客户室与机位")), ("pass", _("入室凭证")), ("entered", _("进入日期")),
            ("conditions", _("条件是否符合")), ("ends", _("过渡期截止")), ("note", _("跟踪")),
        )  # fmt: skip
        self.facts: dict[str, Label] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for at, (key, name) in enumerate(names):
            self.facts[key] = Label("", wrap=key == "note")
            grid.addWidget(Label(name, "text2", "caption"), at // 3 * 2, at % 3)
            grid.addWidget(self.facts[key], at // 3 * 2 + 1, at % 3)
            grid.setColumnStretch(at % 3, 1)
        self.body.addLayout(grid)
        self.hide()

    def show_client(self, client_id: int) -> None:
        """Another client."""
        self._client_id = client_id
        self.hide()

    def reload(self) -> None:
        """Read the seat again."""
        if self._client_id >= 0:
            work = partial(open_on_site, client_id=self._client_id)
            self._around.jobs.read(work, then=self.show_on_site, key="client.on_site")

    def show_on_site(self, on_site: OnSite) -> None:
        """The present stay, or how the last one ended."""
        if on_site.client_id != self._client_id:
            return
        self.setVisible(on_site.is_relevant)
        self._show_use(on_site.use)
        self.badge.show_badge(*self._said_state(on_site))

    def _said_state(self, on_site: OnSite) -> tuple[str, str, str]:
        use = on_site.use
        if on_site.is_barred:
            return _("不再安排机位，继续跟踪"), "crit", "x"
        if use is None or not on_site.is_present:
            return _("没有机位"), "mute", "circle"
        if use.transition_ends_on is None:
            return _("条件符合"), "ok", "circle-check"
        days = (use.transition_ends_on - self._around.today()).days
        if days < 0:
            return _("过渡期已满 {days} 天").format(days=-days), "crit", "timer"
        return _("过渡期还有 {days} 天").format(days=days), "warn", "timer"

    def _show_use(self, use: SeatUseRow | None) -> None:
        said = dict.fromkeys(self.facts, "—")
        if use is not None:
            said["place"] = f"{use.room_name} {use.seat_label}"
            said["pass"] = use.pass_no or "—"
            said["entered"] = use.entered_on.isoformat()
            if use.left_on is not None:
                said["entered"] += _("，{day} 离开").format(day=use.left_on)
            said["conditions"] = _("符合") if use.meets_conditions else _("不符合")
            said["ends"] = use.transition_ends_on.isoformat() if use.transition_ends_on else "—"
            said["note"] = use.note or "—"
        for key, text in said.items():
            self.facts[key].setText(text)
