"""When a person is told of something that has a date: lead time, hours and way of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
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

    @property
    def pops(self) -> bool:
        """Whether it is shown beside the centre, too."""
        return self.way is not ReminderWay.CENTRE


DEFAULT_RULES: Mapping[DueKind, KindRule] = MappingProxyType(
    {
        DueKind.NEXT_STEP: KindRule(),
        DueKind.FIRST_CONTACT: KindRule((3, 0)),
        DueKind.NEW_CLIENT_CALL: KindRule((3, 0)),
        DueKind.RISK_TEST: KindRule((60, 30, 7)),
        DueKind.ID_DOCUMENT: KindRule((90, 60, 30, 7, 0)),
        DueKind.SEAT_TRANSITION: KindRule((14, 7, 0)),
        DueKind.DAILY_VISITS: KindRule(minutes=90),
        DueKind.STAND_IN: KindRule(),
        DueKind.BACKUP: KindRule(minutes=0),
        DueKind.TASK: KindRule(),
        DueKind.APPOINTMENT: KindRule(way=ReminderWay.BOTH),
        DueKind.CALLBACK: KindRule((1, 0)),
        DueKind.BIRTHDAY: KindRule((7, 2)),
        DueKind.FESTIVAL: KindRule((3,)),
        DueKind.MONTH_ANALYSIS: KindRule(),
        DueKind.MONTH_REVIEW: KindRule((2, 0)),
        DueKind.CHURN_REPORT: KindRule((2, 0)),
        DueKind.FRIDAY_AUDIT: KindRule(minutes=0, way=ReminderWay.BOTH),
        DueKind.EVENT: KindRule((1, 0), minutes=30),
        DueKind.SHIFT: KindRule(),
        DueKind.DAY_END: KindRule(),
        DueKind.TODAY_END: KindRule(minutes=30),
    }
)
"""Before anybody chose otherwise: tests 60/30/7 days ahead (2.4c), documents also 90 and on the
day (2.9b), birthdays within 2 to 7 days (R244), the audit at nine on Friday (R21),
the day's end at half past four (R49)."""

PRESCRIBED = frozenset({DueKind.RISK_TEST, DueKind.ID_DOCUMENT})
"""Kinds whose lead times are compliance parameters, changed by two persons (2.4c, 2.9b)."""

SYSTEM_KINDS = frozenset({DueKind.BACKUP})
"""About the program, not about the branch's work."""


def tell_at(due_on: date, clock: time | None, step: int, rule: KindRule) -> datetime:
    """From when one telling is due, by the clock of the branch.

    What has a time is told minutes before it, what has none at the hour of its kind; what is
    over is told on the day after. A kind that is told once has step 0, however long before.
    """
    ahead = rule.lead if len(rule.days) == 1 else step
    if ahead == 0 and clock is not None:
        return datetime.combine(due_on, clock) - timedelta(minutes=rule.minutes)
    return datetime.combine(due_on - timedelta(days=ahead), rule.hour)


def does_pop(kind: DueKind, clock: str, rules: Mapping[DueKind, KindRule]) -> bool:
    """Whether it is shown beside the centre, too.

    A next step with an hour is an appointment with the client, and pops up where those do.
    """
    kinds = {kind, DueKind.APPOINTMENT} if kind is DueKind.NEXT_STEP and clock else {kind}
    return any(rules.get(one, DEFAULT_RULES[one]).pops for one in kinds)


def write_rule(kind: DueKind, rule: KindRule) -> str:
    """A rule as the settings keep it: ``risk_test 60,30,7 09:00 10 centre``."""
    days = ",".join(str(day) for day in rule.days)
    return f"{kind.value} {days} {rule.hour:%H:%M} {rule.minutes} {rule.way.value}"


def default_rules(birthday_days: tuple[int, int]) -> dict[DueKind, KindRule]:
    """Before the person chose otherwise: birthdays at both ends of the branch's window (R244)."""
    days = tuple(sorted(set(birthday_days), reverse=True))
    birthday = replace(DEFAULT_RULES[DueKind.BIRTHDAY], days=days)
    return {**DEFAULT_RULES, DueKind.BIRTHDAY: birthday}


def read_rules(
    texts: Iterable[str],
    prescribed: Mapping[DueKind, tuple[int, ...]] = MappingProxyType({}),
    defaults: Mapping[DueKind, KindRule] = DEFAULT_RULES,
) -> dict[DueKind, KindRule]:
    """The rules in force: those that were chosen, the defaults for the rest.

    The lead times of ``PRESCRIBED`` kinds are the branch's (``prescribed``), not the person's.
    Raises ValueError for a text that is no rule.
    """
    rules = dict(defaults)
    for text in texts:
        kind, days, hour, minutes, way = text.split()
        rules[DueKind(kind)] = KindRule(
            tuple(sorted({int(day) for day in days.split(",")}, reverse=True)),
            time.fromisoformat(hour),
            int(minutes),
            ReminderWay(way),
        )
    for known, steps in prescribed.items():
        rules[known] = replace(rules[known], days=steps)
    return rules
