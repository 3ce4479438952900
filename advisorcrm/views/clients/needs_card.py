"""Card 个性化需求: what 客户明细表 asks of each client (R71–R77)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from advisorcrm import terms
from advisorcrm.i18n import _
from advisorcrm.rules.file_conditions import is_filled
from advisorcrm.services.access import COMMISSION, reads_commission
from advisorcrm.views.clients.field_grid import FieldGrid
from advisorcrm.views.clients.field_maker import FieldMaker
from advisorcrm.views.clients.file_field import FileField
from advisorcrm.views.widgets.badge import Badge
from advisorcrm.views.widgets.card import Card
from advisorcrm.views.widgets.field import Verdict
from advisorcrm.views.widgets.level import Level

SIX: tuple[tuple[str, ...], ...] = (
    ("investment_preference",),
    ("trading_habit",),
    ("service_need",),
    ("wealth_content", "wealth_way"),
    ("trading_way",),
    ("commission_ppm",),
)
"""The six matters; 理财需求 counts as one and wants both its parts."""


class NeedsCard(Card):
    """Its badge counts the matters that are filled in."""

    def __init__(self, maker: FieldMaker, parent: QWidget | None = None) -> None:
        super().__init__(_("个性化需求（客户明细表六项）"), parent=parent)
        self.badge = Badge("", "mute")
        self.add_right(self.badge)
        self._fields = [
            maker.code("tier", required=True),
            maker.text("investment_preference", required=True),
            maker.code("trading_habit", required=True),
            maker.code("service_need", required=True, advise=advise_service),
            maker.codes("wealth_content", required=True),
            maker.codes("wealth_way", required=True),
            maker.codes("trading_way", required=True),
            maker.text("commission_ppm", required=True, hint=_("如 0.8 或 万8")),
            maker.text("contact_every_days"),
            maker.code("commission_attitude"),
        ]
        self._six = SIX
        if not reads_commission(maker.around.actor):
            self._fields = [one for one in self._fields if one.names[0] not in COMMISSION]
            self._six = tuple(matter for matter in SIX if matter[0] not in COMMISSION)
        grid = FieldGrid()
        for field in self._fields:
            grid.add(field.field)
        self.add(grid)

    def fields(self) -> list[FileField]:
        """All fields of the card."""
        return self._fields

    def count(self, present: Mapping[str, Any]) -> None:
        """Say how many of the six are there."""
        done = sum(all(is_filled(present[name]) for name in matter) for matter in self._six)
        told = f"{done} / {len(self._six)}"
        self.badge.show_badge(told, "ok" if done == len(self._six) else "warn")


def advise_service(values: Mapping[str, Any]) -> Verdict | None:
    """Who does not want to be disturbed is not called and gets no bulk message (R74)."""
    if values["service_need"] == terms.DO_NOT_DISTURB:
        return Verdict(Level.WARN, _("免打扰：不主动致电，不列入群发"))
    return None
