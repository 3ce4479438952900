"""When a person is told of something that has a date: lead time, hours and way of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType

from advisorcrm.i18n import N_
from advisorcrm.terms import DueKind, Term

OVER = -1
"""The step of what has several steps and whose day is past."""


class ReminderWay(Term):
    """Where a reminder shows."""

    CENTRE = "centre", N_("通知中心")
    TRAY = "tray", N_("弹出提示")
    BOTH = "both", N_("两者")


@dataclass(frozen=True, slots=True)
class KindRule:
    """How one kind is told: so many days before, from an hour of the day on, in a way.

    What has a time of its own is told ``minutes`` before it instead of at the hour.
    """

    days: tuple[int, ...] = (0,)
    hour: time = time(9)
    minutes: int = 10
    way: ReminderWay = ReminderWay.CENTRE

    @property
    def lead(self) -> int:
        """The first telling, in days before the date."""
        return max(self.days)


DEFAULT_RULES: Mapping[DueKind, KindRule] = MappingProxyType(
    {
        DueKind.NEXT_STEP: KindRule(),
        DueKind.FIRST_CONTACT: KindRule((3, 0)),
        DueKind.NEW_CLIENT_CALL: KindRule((3, 0)),
        DueKind.RISK_TEST: KindRule((60, 30, 7)),
        DueKind.ID_DOCUMENT: KindRule((90, 60, 30, 7, 0)),
        DueKind.SEAT_TRANSITION: KindRule((14, 7, 0)),
        DueKind.DAILY_VISITS: KindRule(minutes=90),
        DueKind.BACKUP: KindRule(),
        DueKind.TASK: KindRule(),
        DueKind.APPOINTMENT: KindRule(way=ReminderWay.BOTH),
        DueKind.CALLBACK: KindRule((1, 0)),
        DueKind.BIRTHDAY: KindRule((7, 2)),
        DueKind.FESTIVAL: KindRule((3,)),
        DueKind.MONTH_ANALYSIS: KindRule(),
        DueKind.MONTH_REVIEW: KindRule((2, 0)),
        DueKind.CHURN_REPORT: KindRule((2, 0)),
        DueKind.FRIDAY_AUDIT: KindRule(way=ReminderWay.BOTH),
    }
)
"""Before anybody chose otherwise: tests 60/30/7 days ahead (2.4c), documents also 90 and on the
day (2.9b), birthdays within 2 to 7 days (R244), the audit at nine on Friday (R21)."""
