"""Dates as people type them: ``明天``, ``周二 14:30``, ``3d``, ``下月5``, ``12-02`` (R81).

Both languages are understood whatever the interface. What leaves a choice, such as ``周二``, is
taken as the next one for a next step and as the last one for a conversation (``Direction``).
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import N_, _
from advisorcrm.rules import lunar
from advisorcrm.rules.chinese_numbers import DIGITS, chinese_number
from advisorcrm.rules.plain_times import splits
from advisorcrm.rules.workdays import BranchDay

LONGEST = 40
"""Nobody types a longer date; more than this is a text in the wrong field."""

_MONTHS = (
    N_("1 月"), N_("2 月"), N_("3 月"), N_("4 月"), N_("5 月"), N_("6 月"),
    N_("7 月"), N_("8 月"), N_("9 月"), N_("10 月"), N_("11 月"), N_("12 月"),
)  # fmt: skip
_WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED = {
    "今天": 0, "今日": 0, "现在": 0, "刚才": 0, "today": 0, "now": 0,
    "明天": 1, "明日": 1, "明儿": 1, "tomorrow": 1, "tmr": 1,
    "后天": 2, "day after tomorrow": 2, "大后天": 3,
    "昨天": -1, "昨日": -1, "昨儿": -1, "yesterday": -1,
    "前天": -2, "day before yesterday": -2, "大前天": -3,
}  # fmt: skip
_AT_ONCE = ("现在", "刚才", "now")


class Direction(Enum):
    """Which way a date lies that does not say it by itself."""

    FUTURE = 1
    PAST = -1


@dataclass(frozen=True, slots=True)
class PlainMoment:
    """A day in branch time, and the time of day if one was given."""

    on: date
    at: time | None = None

    def instant(self, otherwise: time) -> datetime:
        """The moment as an instant; a day alone takes the time ``otherwise``."""
        return datetime.combine(self.on, self.at or otherwise, BRANCH_TIME)


@dataclass(frozen=True, slots=True)
class _Question:
    """What reading a date depends on besides the text."""

    now: datetime
    direction: Direction

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def sign(self) -> int:
        return self.direction.value

    def fits(self, on: date) -> bool:
        """Today itself lies both ways."""
        return (on - self.today).days * self.sign >= 0


def read_plain_date(
    text: str, now: datetime, *, direction: Direction = Direction.FUTURE, field: str = "on"
) -> PlainMoment:
    """The day and time that ``text`` means, seen from ``now`` (R81).

    Raises InvalidFieldError for what is not understood, for a day that does not exist and for
    a bare time that has not come yet where a conversation is meant.
    """
    question = _Question(now.astimezone(BRANCH_TIME), direction)
    cleaned = unicodedata.normalize("NFKC", text).strip().lower()
    try:
        return _read(cleaned, question)
    except _NotYetError:
        raise InvalidFieldError(
            field, _("{time} 还没到；昨天的请写“昨天 {time}”。").format(time=cleaned)
        ) from None
    except (ValueError, OverflowError):
        raise InvalidFieldError(
            field,
            _("看不懂日期“{text}”。可以写 明天、周二 14:30、3d、2w、下月5、12-02。").format(
                text=text.strip()[:LONGEST]
            ),
        ) from None


class _NotYetError(Exception):
    """A bare time later today, where only the past makes sense."""


def _read(text: str, question: _Question) -> PlainMoment:
    if not text or len(text) > LONGEST:
        raise ValueError(text)
    for day_text, at in splits(text):
        if not day_text and at is not None:
            return _time_alone(at, question)
        on = _read_day(day_text, question)
        if on is not None:
            return PlainMoment(on, _clock(question) if day_text in _AT_ONCE else at)
    raise ValueError(text)


def _clock(question: _Question) -> time:
    return question.now.time().replace(second=0, microsecond=0)


def _time_alone(at: time, question: _Question) -> PlainMoment:
    has_passed = at <= question.now.time()
    if question.direction is Direction.PAST:
        if not has_passed:
            raise _NotYetError
        return PlainMoment(question.today, at)
    return PlainMoment(question.today + timedelta(days=1 if has_passed else 0), at)


# --- the day ---------------------------------------------------------------------------------

_COUNT = rf"\d{{1,4}}|半|[{DIGITS}十廿卅]{{1,3}}"
_UNITS = {
    "day": ("d", "天", "日", "day", "days"),
    "week": ("w", "周", "星期", "礼拜", "个星期", "个礼拜", "week", "weeks"),
    "month": ("m", "个月", "month", "months"),
    "year": ("y", "年", "year", "years"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_UNIT = "|".join(sorted(_UNIT_OF, key=len, reverse=True))
_SHIFT = {
    "上上": -2,
    "上": -1,
    "last": -1,
    "本": 0,
    "这": 0,
    "this": 0,
    "下": 1,
    "next": 1,
    "下下": 2,
}

Reader = Callable[[re.Match[str], _Question], date]


def _read_day(text: str, question: _Question) -> date | None:
    if text in _NAMED:
        return question.today + timedelta(days=_NAMED[text])
    for pattern, reader in _PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            return reader(match, question)
    if text.startswith("农历"):
        return _lunar(text, question)
    return None


def _full_date(match: re.Match[str], _question: _Question) -> date:
    return date(int(match["year"]), int(match["month"]), int(match["day"]))


def _month_day(match: re.Match[str], question: _Question) -> date:
    """The day this year, or the nearest year that has it and lies the right way."""
    month, day = int(match["month"]), int(match["day"])
    for years in range(9):  # 29 February may be eight years away
        year = question.today.year + years * question.sign
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            on = date(year, month, day)
            if question.fits(on):
                return on
    raise ValueError(match.string)


def _day_of_month(match: re.Match[str], question: _Question) -> date:
    """``5 号``: the nearest month that has the day and lies the right way, today excepted."""
    day = chinese_number(match["day"])
    for months in range(4):
        first = _first_of_month(question.today, months * question.sign)
        if 1 <= day <= monthrange(first.year, first.month)[1]:
            on = first.replace(day=day)
            if question.fits(on) and on != question.today:
                return on
    raise ValueError(match.string)


def _day_of_named_month(match: re.Match[str], question: _Question) -> date:
    return _first_of_month(question.today, _SHIFT[match["shift"]]).replace(
        day=chinese_number(match["day"])
    )


def _end_of_month(match: re.Match[str], question: _Question) -> date:
    months = _SHIFT[match["shift"]] if match["shift"] else 0
    if not match["shift"] and question.direction is Direction.PAST:
        months = -1
    return _first_of_month(question.today, months + 1) - timedelta(days=1)


def _weekday(match: re.Match[str], question: _Question) -> date:
    day = _weekday_number(match["day"])
    monday = question.today - timedelta(days=question.today.weekday())
    if match["shift"]:
        return monday + timedelta(days=7 * _SHIFT[match["shift"]] + day)
    distance = (day - question.today.weekday()) * question.sign % 7 or 7
    return question.today + timedelta(days=distance * question.sign)


def _weekday_number(text: str) -> int:
    if text in ("日", "天"):
        return 6
    if text[:3] in _ENGLISH_DAYS:
        return _ENGLISH_DAYS.index(text[:3])
    return chinese_number(text) - 1


def _distance(match: re.Match[str], question: _Question) -> date:
    """``3d``, ``两周后``, ``3 days ago``; without a word of direction the question's own."""
    sign = question.sign
    if match["after"] or match["into"]:
        sign = -1 if match["after"] in ("前", "之前", "以前", "ago") else 1
    unit = _UNIT_OF[match["unit"]]
    if match["count"] == "半":
        return _half(unit, sign, question.today)
    count = sign * chinese_number(match["count"])
    if unit in ("day", "week"):
        return question.today + timedelta(days=count * (7 if unit == "week" else 1))
    return _same_day(question.today, count * (12 if unit == "year" else 1))


def _half(unit: str, sign: int, today: date) -> date:
    """``半个月`` is fifteen days, ``半年`` six months."""
    if unit == "month":
        return today + timedelta(days=15 * sign)
    if unit == "year":
        return _same_day(today, 6 * sign)
    raise ValueError(unit)


def _lunar(text: str, question: _Question) -> date:
    """The next or the last time the lunar day comes round."""
    found = lunar.read_lunar(text)
    years = (question.today.year + step * question.sign for step in (-1, 0, 1, 2))
    fitting = (on for on in (lunar.solar_date_of(found, year) for year in years))
    return next(on for on in fitting if question.fits(on))


def _first_of_month(on: date, months: int) -> date:
    count = on.year * 12 + on.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _same_day(on: date, months: int) -> date:
    """The same day ``months`` later, or the last day of a shorter month."""
    first = _first_of_month(on, months)
    return first.replace(day=min(on.day, monthrange(first.year, first.month)[1]))


_PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"(?P<year>(?:19|20|21)\d\d)(?P<month>\d\d)(?P<day>\d\d)"), _full_date),
    (
        re.compile(
            r"(?P<year>(?:19|20|21)\d\d)[-/.年](?P<month>\d\d?)[-/.月](?P<day>\d\d?)[日号]?"
        ),
        _full_date,
    ),
    (re.compile(r"(?P<month>\d\d?)(?:[-/.]|月)(?P<day>\d\d?)[日号]?"), _month_day),
    (
        re.compile(
            rf"(?P<shift>下下|下|本|这|上上|上)(?:个)?月(?P<day>\d\d?|[{DIGITS}十廿卅]{{1,3}})[日号]?"
        ),
        _day_of_named_month,
    ),
    (re.compile(rf"(?P<day>\d\d?|[{DIGITS}十廿卅]{{1,3}})[日号]"), _day_of_month),
    (
        re.compile(r"(?P<shift>下|本|这|上)?(?:个)?月[底末]|eom|(?:the )?end of (?:the )?month"),
        _end_of_month,
    ),
    (
        re.compile(
            r"(?P<shift>下下|下|本|这|上上|上)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-7])"
        ),
        _weekday,
    ),
    (
        re.compile(
            r"(?:(?P<shift>next|this|last)\s+)?"
            r"(?P<day>mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?"
            r"|sat(?:urday)?|sun(?:day)?)"
        ),
        _weekday,
    ),
    (
        re.compile(
            rf"(?P<into>in\s+)?(?P<count>{_COUNT})\s*(?P<unit>{_UNIT})"
            r"\s*(?P<after>后|之后|以后|later|前|之前|以前|ago)?"
        ),
        _distance,
    ),
)


# --- what was understood, said back ----------------------------------------------------------


def weekday_label(on: date) -> str:
    """``周二``, in English ``Tue``."""
    return _(_WEEKDAYS[on.weekday()])


def day_label(day: str, on: date) -> str:
    """``11-24 周二``, in English ``Tue 11-24``: a day that is written, with its weekday."""
    return _("{day} {weekday}").format(day=day, weekday=weekday_label(on))


def month_label(month: int) -> str:
    """``1 月``, in English ``January``."""
    return _(_MONTHS[month - 1])


def echo_text(moment: PlainMoment, day: BranchDay) -> str:
    """``2026-11-24 周二 14:30（工作日）``, so that a misread date is seen before it is saved."""
    at = "" if moment.at is None else f" {moment.at:%H:%M}"
    return _("{date} {weekday}{time}（{kind}）").format(
        date=moment.on.isoformat(), weekday=weekday_label(moment.on), time=at, kind=day.label
    )
