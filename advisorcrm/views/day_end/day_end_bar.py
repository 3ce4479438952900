"""The bar on 今日 that reminds of the day's end from 16:30 on (R47, R49)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import time
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.days.day_closings import DaySheet, open_day
from advisorcrm.services.days.day_forms import DayItem
from advisorcrm.services.days.day_items import list_day_items
from advisorcrm.views.clients.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

SHOWN_FROM = time(16, 30)


class DayEndBar(InlineBar):
    """``wanted`` leads to the page; hidden before 16:30 and once the day is closed."""

    wanted = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.button = plain(_("今日收尾"), icon="check")
        self.button.clicked.connect(self.wanted)
        self.add_action(self.button)

    def reload(self) -> None:
        """Look again: the page that holds the bar calls it, with its own reading."""
        clock = self._around.now().astimezone(BRANCH_TIME).time()
        if clock < SHOWN_FROM or not self._around.may(Right.LOG_CONTACTS):
            self.hide()
            return
        work = partial(_read, on=self._around.today())
        self._around.jobs.read(work, then=self._show, key=("day_end_bar", id(self)))

    def follow(self, clock: time) -> None:
        """A minute has passed: at 16:30 look again."""
        if (clock.hour, clock.minute) == (SHOWN_FROM.hour, SHOWN_FROM.minute):
            self.reload()

    def _show(self, found: tuple[DaySheet, Sequence[DayItem]]) -> None:
        sheet, items = found
        if sheet.closed_at is not None:
            self.hide()
            return
        counted = Counter(item.kind for item in items)
        parts = [f"{kind.label} {count}" for kind, count in counted.items()]
        if not sheet.plans:
            parts.append(_("次日计划未写"))
        told = _("、").join(parts) if parts else _("都写好了，可以收尾")
        said = _("今日收尾：{what}").format(what=told)
        self.say(Level.WARN if parts else Level.OK, said)


def _read(session: Any, actor: Any, on: Any) -> tuple[DaySheet, list[DayItem]]:
    return open_day(session, actor, on=on), list_day_items(session, actor, on=on)
