"""The bar on 今日: the day's end from 16:30 on, before that a day that was forgotten (R47, R49)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.i18n import _
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.services.access import Right
from advisorcrm.services.days.day_closings import DaySheet, open_day
from advisorcrm.services.days.day_forms import DayItem
from advisorcrm.services.days.day_items import list_day_items
from advisorcrm.services.days.unclosed_days import find_forgotten_day, is_day_to_close
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.buttons import plain
from advisorcrm.views.widgets.inline_bar import InlineBar
from advisorcrm.views.widgets.level import Level

SHOWN_FROM = time(16, 30)


class DayEndBar(InlineBar):
    """``wanted(day)`` leads to the page; hidden when nothing is left to close.

    Before 16:30, once today is closed, and on a day of rest on which nothing was written, a working
    day stands there that nobody closed.
    """

    wanted = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._day: date | None = None
        self._was_evening: bool | None = None
        self.button = plain(_("今日收尾"), icon="check")
        self.button.clicked.connect(self._want)
        self.add_action(self.button)

    def reload(self) -> None:
        """Look again: the page that holds the bar calls it, with its own reading."""
        clock = self._around.now().astimezone(BRANCH_TIME).time()
        self._was_evening = clock >= SHOWN_FROM
        if not self._around.may(Right.LOG_CONTACTS):
            self.hide()
            return
        work = partial(_read, on=self._around.today(), is_evening=self._was_evening)
        self._around.jobs.read(work, then=self._show, key=("day_end_bar", id(self)))

    def follow(self, clock: time) -> None:
        """Time has passed: over 16:30 look again, however long nobody looked or the PC slept."""
        if self._was_evening is not None and (clock >= SHOWN_FROM) is not self._was_evening:
            self.reload()

    def _want(self) -> None:
        self.wanted.emit(self._day)

    def _show(self, found: Found) -> None:
        if found.sheet is not None and found.sheet.closed_at is None:
            self._show_today(found.sheet, found.items)
        elif found.forgotten is not None:
            self._day = found.forgotten
            day = day_label(f"{self._day:%m-%d}", self._day)
            self.button.show_text(_("补收尾"))
            self.say(Level.WARN, _("{day} 没有收尾").format(day=day))
        else:
            self.hide()

    def _show_today(self, sheet: DaySheet, items: Sequence[DayItem]) -> None:
        self._day = sheet.on
        self.button.show_text(_("今日收尾"))
        counted = Counter(item.kind for item in items)
        parts = [f"{kind.label} {count}" for kind, count in counted.items()]
        if not sheet.plans:
            parts.append(_("次日计划未写"))
        told = _("、").join(parts) if parts else _("都写好了，可以收尾")
        said = _("今日收尾：{what}").format(what=told)
        self.say(Level.WARN if parts else Level.OK, said)


@dataclass(frozen=True, slots=True)
class Found:
    """Today, in the evening, with what is left; and the day that was forgotten."""

    sheet: DaySheet | None
    items: Sequence[DayItem]
    forgotten: date | None


def _read(session: Any, actor: Any, on: date, *, is_evening: bool) -> Found:
    is_asked = is_evening and is_day_to_close(session, actor, on=on)
    sheet = open_day(session, actor, on=on) if is_asked else None
    if sheet is not None and sheet.closed_at is None:
        return Found(sheet, list_day_items(session, actor, on=on), None)
    return Found(sheet, (), find_forgotten_day(session, actor, today=on))
