"""Why this client today: two facts each, the most urgent first (R34)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from advisorcrm.columns import show_money
from advisorcrm.db.prepared import Prepared, among
from advisorcrm.i18n import _
from advisorcrm.models import Client, ContactLog, Handover, HandoverClient
from advisorcrm.rules.lunar import LunarDate, next_solar_date
from advisorcrm.rules.plain_dates import weekday_label
from advisorcrm.services.branch.compliance_parameters import load_compliance
from advisorcrm.services.clients.client_matters import spoken_since_handover
from advisorcrm.terms import BirthdayKept

BIRTHDAY_DAYS = 7
_SOON = 0.7
"""From this part of the agreed days on a visit is said to come due."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A client as the ranking found him; ``never_days`` since the file was made."""

    id: int
    name: str
    tier: str | None
    trading_ways: tuple[str, ...]
    assets_fen: int | None
    commission_year_fen: int | None
    days_since: int | None
    never_days: int
    every_days: int
    rank: int
    total: int
    may_be_visited: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What the file and its records know beside the ranking."""

    birthday: date | None
    birthday_month_day: str | None
    lunar_month: int | None
    lunar_day: int | None
    lunar_is_leap: bool
    birthday_kept: BirthdayKept
    risk_expires_on: date | None
    id_expires_on: date | None
    id_is_permanent: bool
    next_on: date | None
    next_note: str | None
    first_contact_due_on: date | None = None
    id_warning_days: int = 60
    risk_warning_days: int = 60


def reasons_for(
    session: Session, facts: Sequence[Suggested], *, today: date
) -> dict[int, tuple[str, str]]:
    """Two reasons for each client; asked of the few that are shown, not of all."""
    known = _read_known(session, [fact.id for fact in facts])
    return {fact.id: _two(fact, known[fact.id], today) for fact in facts}


def _read_known(session: Session, ids: Iterable[int]) -> dict[int, _Known]:
    keys = list(ids)
    if not keys:
        return {}
    firsts, rules = _first_contacts(session, keys), load_compliance(session)
    known = {row[0]: _Known(*row[1:]) for row in _KNOWN.ask(session, ids=keys)}
    return {
        key: replace(
            one,
            first_contact_due_on=firsts.get(key),
            id_warning_days=rules.id_warning_days,
            risk_warning_days=rules.risk_warning_days,
        )
        for key, one in known.items()
    }


_KNOWN = Prepared(
    select(
        Client.id, Client.birthday, Client.birthday_month_day, Client.lunar_month,
        Client.lunar_day, Client.lunar_is_leap, Client.birthday_kept, Client.risk_expires_on,
        Client.id_expires_on, Client.id_is_permanent, ContactLog.next_on, ContactLog.next_note,
    )
    .outerjoin(
        ContactLog,
        and_(
            ContactLog.client_id == Client.id,
            ContactLog.contacted_at == Client.last_contact_at,
            ContactLog.corrects_id.is_(None),
        ),
    )
    .where(among(Client.id, "ids"))
)  # fmt: skip


def _first_contacts(session: Session, keys: list[int]) -> dict[int, date]:
    """By when the new advisor has to speak to a client for the first time (R218)."""
    return {client: due for client, due in _FIRST_CONTACTS.ask(session, ids=keys)}


_FIRST_CONTACTS = Prepared(
    select(HandoverClient.client_id, HandoverClient.first_contact_due_on)
    .join(Handover, Handover.id == HandoverClient.handover_id)
    .join(Client, Client.id == HandoverClient.client_id)
    .where(
        among(HandoverClient.client_id, "ids"),
        HandoverClient.to_advisor_id == Client.advisor_id,
        Handover.undone_at.is_(None),
        ~spoken_since_handover(),
    )
    .order_by(HandoverClient.id)
)


def _two(fact: Suggested, known: _Known, today: date) -> tuple[str, str]:
    said: list[str] = []
    for ask in _ASKED:
        reason = ask(fact, known, today)
        if reason:
            said.append(reason)
        if len(said) == 2:
            break
    return said[0], said[1]


def _first_contact(_fact: Suggested, known: _Known, _today: date) -> str:
    due = known.first_contact_due_on
    return _("新接手，{date} 前首次沟通").format(date=_day(due)) if due else ""


def _promised(_fact: Suggested, known: _Known, today: date) -> str:
    if known.next_on is None or known.next_on > today:
        return ""
    told = _("约定 {date} 联系").format(date=_day(known.next_on))
    return f"{told}{_('：')}{known.next_note}" if known.next_note else told


def _overdue(fact: Suggested, _known: _Known, _today: date) -> str:
    if fact.days_since is None:
        return _("建档 {count} 天，还没有访问过").format(count=fact.never_days)
    if fact.days_since <= fact.every_days:
        return ""
    factor = f"{fact.days_since / fact.every_days:.1f}"
    return _("超约定频率 {count} 天 × {factor}").format(count=fact.every_days, factor=factor)


def _birthday(_fact: Suggested, known: _Known, today: date) -> str:
    on = _next_birthday(known, today)
    if on is None or on > today + timedelta(days=BIRTHDAY_DAYS):
        return ""
    if on == today:
        return _("今天生日，可一并问候")
    lunar = _lunar_birthday(known)
    form = _("{weekday}农历生日，可一并问候") if lunar else _("{weekday}生日，可一并问候")
    return form.format(weekday=weekday_label(on))


def _month_day(known: _Known) -> str:
    return f"{known.birthday:%m-%d}" if known.birthday else known.birthday_month_day or ""


def _lunar_birthday(known: _Known) -> LunarDate | None:
    """The lunar birthday, if it is kept or the only one that is known."""
    if not (known.lunar_month and known.lunar_day):
        return None
    if known.birthday_kept is BirthdayKept.LUNAR or not _month_day(known):
        return LunarDate(known.lunar_month, known.lunar_day, known.lunar_is_leap)
    return None


def _next_birthday(known: _Known, today: date) -> date | None:
    lunar, month_day = _lunar_birthday(known), _month_day(known)
    if lunar is not None:
        return next_solar_date(lunar, today)
    if not month_day:
        return None
    month, day = (int(part) for part in month_day.split("-"))
    return next(
        on for on in (_in_year(today.year, month, day), _in_year(today.year + 1, month, day))
        if on >= today
    )  # fmt: skip


def _in_year(year: int, month: int, day: int) -> date:
    """29 February is kept on the 28th of other years."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)


def _risk_test(_fact: Suggested, known: _Known, today: date) -> str:
    return _expiry(known.risk_expires_on, known.risk_warning_days, today,
                   _("风险测评 {date} 到期"), _("风险测评已过期"))  # fmt: skip


def _document(_fact: Suggested, known: _Known, today: date) -> str:
    if known.id_is_permanent:
        return ""
    return _expiry(known.id_expires_on, known.id_warning_days, today,
                   _("证件 {date} 到期，提醒更新"), _("证件已过期，提醒更新"))  # fmt: skip


def _expiry(on: date | None, days: int, today: date, soon: str, late: str) -> str:
    if on is None or on > today + timedelta(days=days):
        return ""
    return late if on < today else soon.format(date=_day(on))


def _comes_due(fact: Suggested, _known: _Known, _today: date) -> str:
    if fact.days_since is None or not fact.days_since >= _SOON * fact.every_days:
        return ""
    if fact.days_since > fact.every_days:
        return ""
    return _("约定频率 {count} 天，即将到期").format(count=fact.every_days)


def _contribution(fact: Suggested, _known: _Known, _today: date) -> str:
    """What there always is to say."""
    told = _("贡献度第 {rank}，共 {total} 户").format(rank=fact.rank, total=fact.total)
    if not fact.commission_year_fen:
        return told
    amount = show_money(fact.commission_year_fen)
    return told + _("，年佣金 {amount}").format(amount=amount)


def _frequency(fact: Suggested, _known: _Known, _today: date) -> str:
    return _("约定每 {count} 天联系一次").format(count=fact.every_days)


def _day(on: date) -> str:
    return f"{on:%m-%d}"


_ASKED: tuple[Callable[[Suggested, _Known, date], str], ...] = (
    _first_contact, _promised, _overdue, _birthday, _risk_test, _document, _comes_due,
    _contribution, _frequency,
)  # fmt: skip
"""The most urgent first; the last two are always true."""
