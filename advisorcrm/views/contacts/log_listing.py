"""Feeds the page of contacts: lines page by page, counts on chips, figures of days."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from advisorcrm.services.contacts.contact_days import count_days
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter, ContactLogRow
from advisorcrm.services.contacts.contact_logs import (
    ContactLogTotals,
    count_contact_logs,
    list_contact_logs,
)
from advisorcrm.views.contacts.log_filters import CHIPS, LogFilters, Period
from advisorcrm.views.contacts.log_lines import day_of
from advisorcrm.views.surroundings import Surroundings

PAGE = 200


class LogListing(QObject):
    """``listed`` with all conversations held, ``counted_days``, ``totalled`` and chip counts."""

    listed = Signal()
    totalled = Signal()
    period_counted = Signal(str, int)
    day_counted = Signal(object)

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = around.jobs
        self._around = around
        self.filters = LogFilters()
        self.logs: list[ContactLogRow] = []
        self.days: dict[date, ContactLogTotals] = {}
        self.shown: ContactLogTotals | None = None
        self.base: ContactLogTotals | None = None
        self.has_more = False

    def narrow(self, filters: LogFilters) -> None:
        """Show another choice from its newest entry on."""
        self.filters = filters
        self.days = {}
        query = self._query()
        self._jobs.read(
            partial(list_contact_logs, query=query, limit=PAGE),
            then=self._take_first,
            key="contacts.rows",
        )
        self._count(query, self._take_shown, "contacts.shown")
        base = filters.without_way_and_text().query(self._around.today())
        self._count(base, self._take_base, "contacts.base")

    def refresh(self) -> None:
        """Read the same again, with the counts on the periods."""
        self.narrow(self.filters)
        self.count_periods()

    def count_periods(self) -> None:
        """How many entries each period holds for this author and client."""
        today = self._around.today()
        for period in CHIPS:
            query = self.filters.in_period(period).query(today)
            then = partial(self._take_period, period)
            self._count(query, then, ("contacts.period", period))
        mine = ContactLogFilter(author_id=self._around.actor.user_id, from_on=today, to_on=today)
        self._count(mine, self._take_today, "contacts.today")

    def read_more(self) -> None:
        """Go on below the last line."""
        if not self.has_more or not self.logs:
            return
        self.has_more = False
        last = self.logs[-1]
        self._jobs.read(
            partial(
                list_contact_logs,
                query=self._query(),
                limit=PAGE,
                before=(last.contacted_at, last.id),
            ),
            then=self._take_more,
            key="contacts.rows",
        )

    def _query(self) -> ContactLogFilter:
        return self.filters.query(self._around.today())

    def _count(
        self,
        query: ContactLogFilter,
        then: Callable[[ContactLogTotals], None],
        key: Hashable,
    ) -> None:
        self._jobs.read(partial(count_contact_logs, query=query), then=then, key=key)

    def _take_first(self, logs: Sequence[ContactLogRow]) -> None:
        self.logs = list(logs)
        self._took(len(logs))

    def _take_more(self, logs: Sequence[ContactLogRow]) -> None:
        self.logs += logs
        self._took(len(logs))

    def _took(self, count: int) -> None:
        self.has_more = count == PAGE
        self.listed.emit()
        wanted = {day_of(log) for log in self.logs} - set(self.days)
        if wanted:
            self._jobs.read(
                partial(count_days, query=self._query(), days=sorted(wanted)),
                then=self._take_days,
                key="contacts.days",
            )

    def _take_days(self, days: dict[date, ContactLogTotals]) -> None:
        self.days |= days
        self.listed.emit()

    def _take_shown(self, totals: ContactLogTotals) -> None:
        self.shown = totals
        self.totalled.emit()

    def _take_base(self, totals: ContactLogTotals) -> None:
        self.base = totals
        self.totalled.emit()

    def _take_period(self, period: Period, totals: ContactLogTotals) -> None:
        self.period_counted.emit(str(period), totals.entries)

    def _take_today(self, totals: ContactLogTotals) -> None:
        self.day_counted.emit(totals)
