"""What the page of contacts is narrowed down to: period, way, author, client, words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from advisorcrm.i18n import N_
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter
from advisorcrm.terms import Term


class Period(Term):
    """The periods with a chip of their own; 自选 is a range of days."""

    TODAY = "today", N_("今日")
    WEEK = "week", N_("本周")
    MONTH = "month", N_("本月")
    ALL = "all", N_("全部")
    DAYS = "days", N_("自选")


CHIPS = (Period.TODAY, Period.WEEK, Period.MONTH, Period.ALL)


@dataclass(frozen=True, slots=True)
class LogFilters:
    """One choice of everything."""

    period: Period = Period.WEEK
    from_on: date | None = None
    to_on: date | None = None
    way: str = ""
    author_id: int | None = None
    client_id: int | None = None
    client_name: str = ""
    text: str = ""

    def days(self, today: date) -> tuple[date | None, date | None]:
        """First and last day; None where it is open."""
        if self.period is Period.DAYS:
            return self.from_on, self.to_on
        first = {
            Period.TODAY: today,
            Period.WEEK: today - timedelta(days=today.weekday()),
            Period.MONTH: today.replace(day=1),
        }.get(self.period)
        return first, None if first is None else today

    def query(self, today: date) -> ContactLogFilter:
        """The same as a question to the service."""
        first, last = self.days(today)
        return ContactLogFilter(
            client_id=self.client_id,
            author_id=self.author_id,
            from_on=first,
            to_on=last,
            ways=(self.way,) if self.way else (),
            text=self.text,
        )

    def in_period(self, period: Period) -> LogFilters:
        """The whole of another period, for the count on its chip."""
        return replace(self, period=period, way="", text="", from_on=None, to_on=None)

    def without_way_and_text(self) -> LogFilters:
        """What the counts on the ways are taken of."""
        return replace(self, way="", text="")
