"""When a client may be met or called: opening hours, rest, convenient time, free times (R29, R221).

All warnings are warnings: a client who asks for another hour gets it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from advisorcrm.i18n import N_
from advisorcrm.rules.sending import Hours, is_quiet_at
from advisorcrm.rules.workdays import BranchDay
from advisorcrm.terms import AppointmentKind, Term

MARKET_HOURS: Hours = ((time(9, 30), time(11, 30)), (time(13), time(15)))
"""While the market is open (开盘时间)."""
LUNCH = (time(11, 30), time(13))
STEP = timedelta(minutes=30)
DEFAULT_MINUTES = {
    AppointmentKind.MEETING: 60,
    AppointmentKind.CALL: 30,
    AppointmentKind.ROUTINE: 30,
}
_FIRST, _LAST = time(9, 30), time(17)
_HALVES: dict[str, Hours] = {
    "上午": ((time(8), time(12)),),
    "中午": ((time(11, 30), time(13, 30)),),
    "下午": ((time(12), time(18)),),
    "收盘后": ((time(15), time(18)),),
    "开盘前": ((time(8), time(9, 30)),),
    "晚上": ((time(18), time(21)),),
    "傍晚": ((time(17), time(19)),),
}
_CLOCK = r"(\d{1,2})(?:[:：点时](\d{2})?(半)?分?)"
_SPAN = re.compile(rf"{_CLOCK}\s*[-–—~～至到]\s*{_CLOCK}")
_FROM = re.compile(rf"{_CLOCK}\s*(?:以后|之后|后)")
_UNTIL = re.compile(rf"{_CLOCK}\s*(?:以前|之前|前)")
_NOON = 12


class AppointmentWarning(Term):
    """What speaks against a time, the weightiest first."""

    RESTRICTED = "restricted", N_("资料限制处理中，不得主动联系。")
    DO_NOT_DISTURB = "do_not_disturb", N_("客户不愿打扰。")
    OVERLAP = "overlap", N_("与 {other} 的预约时间重叠。")
    CLOSED_DAY = "closed_day", N_("这天休市，可以约，请与客户说好。")
    QUIET_HOURS = "quiet_hours", N_("这是客户休息时间，可联系时段 {hours}。")
    NOT_CONVENIENT = "not_convenient", N_("客户方便的时间是：{convenient}。")
    MARKET_HOURS = "market_hours", N_("开盘时间以预约在营业部面谈为主，请约在营业部或改到收盘后。")
    PAST = "past", N_("这个时间已经过去。")


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of the branch's clock, from and up to."""

    starts: datetime
    ends: datetime

    @classmethod
    def of(cls, starts: datetime, minutes: int) -> Slot:
        """So many minutes from a time."""
        return cls(starts, starts + timedelta(minutes=minutes))

    def overlaps(self, other: Slot) -> bool:
        """Whether the two share a minute; one that begins when the other ends does not."""
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True, slots=True)
class Wish:
    """An arranged time and what matters for it."""

    slot: Slot
    kind: AppointmentKind
    is_at_branch: bool = True
    convenient: Hours | None = None


def time_warnings(
    wish: Wish, contact_hours: Hours, *, now: datetime, on: BranchDay
) -> list[AppointmentWarning]:
    """What the clock and the calendar say against a time with a client.

    On a weekend worked in exchange (``on``) the branch is open and the market is not.
    """
    if wish.kind is AppointmentKind.ROUTINE:
        return [AppointmentWarning.PAST] if wish.slot.starts < now else []
    starts = wish.slot.starts
    is_visit = wish.kind is AppointmentKind.MEETING and not wish.is_at_branch
    said = (
        (not on.is_working, AppointmentWarning.CLOSED_DAY),
        (is_quiet_at(contact_hours, starts), AppointmentWarning.QUIET_HOURS),
        (
            wish.convenient is not None and is_quiet_at(wish.convenient, starts),
            AppointmentWarning.NOT_CONVENIENT,
        ),
        (
            is_visit and on.is_trading and in_market_hours(wish.slot),
            AppointmentWarning.MARKET_HOURS,
        ),
        (starts < now, AppointmentWarning.PAST),
    )
    return [warning for is_so, warning in said if is_so]


def in_market_hours(slot: Slot) -> bool:
    """Whether any minute of it lies in the opening hours of the market."""
    begins, ends = slot.starts.time(), slot.ends.time()
    return any(begins < until and since < ends for since, until in MARKET_HOURS)


def read_convenient(text: str) -> Hours | None:
    """The hours that a client's own words name; None where they name none.

    ``9:30-11:00``, ``15点以后``, ``下午``, ``收盘后``; several of them are alternatives.
    """
    spans = [
        (_clock(found.groups()[:3], text), _clock(found.groups()[3:], text))
        for found in _SPAN.finditer(text)
    ]
    rest = _SPAN.sub("", text)
    spans += [(_clock(found.groups(), text), time(21)) for found in _FROM.finditer(rest)]
    spans += [(time(8), _clock(found.groups(), text)) for found in _UNTIL.finditer(rest)]
    hours = [span for span in spans if span[0] < span[1]]
    if not hours:
        hours = [span for word, part in _HALVES.items() if word in rest for span in part]
    return tuple(hours) or None


def free_slots(
    days: Iterable[date],
    taken: Sequence[Slot],
    *,
    minutes: int,
    now: datetime,
    allowed: Callable[[datetime], bool],
) -> Iterator[Slot]:
    """Free times on those days, on the half hour, the earliest first; lunch is never proposed."""
    length = timedelta(minutes=minutes)
    for day in days:
        at = datetime.combine(day, _FIRST, now.tzinfo)
        last = datetime.combine(day, _LAST, now.tzinfo)
        while at + length <= last:
            slot = Slot(at, at + length)
            if at > now and allowed(at) and not _is_taken(slot, taken):
                yield slot
            at += STEP


def slot_label(starts: datetime) -> str:
    """``11-24 9:30``, as lists propose a time."""
    return f"{starts:%m-%d} {starts.hour}:{starts:%M}"


def _is_taken(slot: Slot, taken: Sequence[Slot]) -> bool:
    begins, ends = slot.starts.time(), slot.ends.time()
    is_lunch = begins < LUNCH[1] and LUNCH[0] < ends
    return is_lunch or any(slot.overlaps(other) for other in taken)


def _clock(groups: Sequence[str | None], text: str) -> time:
    """A written hour; after 下午 or 晚上 the small hours are those of the afternoon."""
    hour, minute = int(groups[0] or 0), int(groups[1] or (30 if groups[2] else 0))
    is_late = any(word in text for word in ("下午", "晚", "收盘")) and "上午" not in text
    if is_late and hour < _NOON - 3:
        hour += _NOON
    return time(min(hour, 23), min(minute, 59))
