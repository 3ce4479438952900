"""The views that come with the program, as chips with live counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from advisorcrm import terms
from advisorcrm.i18n import N_, _
from advisorcrm.services.clients import ClientFilter
from advisorcrm.services.settings import Settings
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.flow import FlowLayout

FULL_ENOUGH = 85
"""Files below this are listed as 档案待补."""


@dataclass(frozen=True, slots=True)
class View:
    """A filter with a name."""

    key: str
    label: str
    query: ClientFilter


def built_in_views(settings: Settings, *, is_mine: bool) -> tuple[View, ...]:
    """All views of the program; ``is_mine`` where the list holds own clients only."""
    high_end = N_("我的高端客户") if is_mine else N_("高端客户")
    return (
        View("all", N_("全部"), ClientFilter()),
        View("high_end", high_end, ClientFilter(tiers=settings.high_end_tiers)),
        View("not_contacted", N_("14 天未联系"), ClientFilter(not_contacted_days=14)),
        View("test_expires", N_("测评 60 天内到期"), ClientFilter(risk_expires_within=60)),
        View("incomplete", N_("档案待补"), ClientFilter(completeness_below=FULL_ENOUGH)),
        View("do_not_disturb", N_("免打扰"), ClientFilter(service_needs=(terms.DO_NOT_DISTURB,))),
    )


class ViewChips(QWidget):
    """``chosen`` with the view when its chip is pressed."""

    chosen = Signal(object)

    def __init__(self, views: Sequence[View], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views = tuple(views)
        self.chips: dict[str, Chip] = {}
        flow = FlowLayout(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for view in self.views:
            chip = Chip(_(view.label))
            chip.clicked.connect(self._choose)
            self.chips[view.key] = chip
            flow.addWidget(chip)

    def show_count(self, key: str, count: int) -> None:
        """How many clients a view holds."""
        self.chips[key].show_count(count)

    def mark(self, query: ClientFilter) -> None:
        """Light the view that is shown, if the filter is one."""
        for view in self.views:
            self.chips[view.key].setChecked(view.query == query)

    def _choose(self) -> None:
        pressed = self.sender()
        for view in self.views:
            if self.chips[view.key] is pressed:
                self.chosen.emit(view)
