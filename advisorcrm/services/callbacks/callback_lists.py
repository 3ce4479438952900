"""Whom a round of return calls reaches, who is left out and why, who calls whom (2.13, R221)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Callback, CallbackCampaign, Client, User
from advisorcrm.rules.callback_records import INDEPENDENT, first_call_on, opened_by
from advisorcrm.rules.sending import SendCode
from advisorcrm.services.access import Right, demand
from advisorcrm.services.callbacks.yearly_samples import YearlySample, open_sample
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_ids
from advisorcrm.services.consents.may_send import send_code_column
from advisorcrm.terms import Channel, ClientStage, Purpose, Role

_CALLERS = (Role.ADVISOR, Role.MANAGER)
_CHUNK = 5_000
NEW_CLIENT_DAYS = 183
"""Half a year after the opening a first-month call is no such call any more."""
NEW_CLIENT_AHEAD = 7
"""So many days ahead a new client may be put on a list."""

Drawn = tuple[int, int | None, date | None]
"""A client to be called, the client's advisor, and the day of the opening."""


@dataclass(frozen=True, slots=True)
class CallList:
    """The clients of a round, each with who calls (None: still to be assigned) and until when."""

    lines: tuple[tuple[int, int | None, date], ...]
    excluded: Mapping[SendCode, int] = field(default_factory=dict)
    sample: YearlySample | None = None

    @property
    def unassigned(self) -> int:
        """How many nobody may call yet."""
        return sum(caller is None for _client, caller, _due in self.lines)


@dataclass(frozen=True, slots=True)
class ListWish:
    """What a list is drawn from: a filter or saved view, the kind, the clock, the callers."""

    kind: str
    starts_on: date
    days: int
    query: ClientFilter = field(default_factory=ClientFilter)
    caller_ids: tuple[int, ...] = ()
    sample_seed: str = ""
    """Draws the yearly sample instead of a filter; the same seed draws the same clients."""


def draw_call_list(session: Session, actor: Actor, wish: ListWish, *, today: date) -> CallList:
    """The list as it would be (manager): exclusions are said before anybody is put on it.

    Of a round for new clients only those whose first month is over, or nearly, and who were not
    called yet (R204); of a yearly sample as many as are missing to the tenth (2.5a). Raises
    InvalidFieldError for a caller who may not call.
    """
    demand(actor, Right.LEAD_LISTS)
    callers = _callers(session, wish.caller_ids)
    sample = None
    if wish.sample_seed:
        sample = open_sample(session, year=wish.starts_on.year, seed=wish.sample_seed)
        drawn, excluded = _weigh(session, sample.ids, wish, today)
        drawn = drawn[: sample.wanted]
    else:
        order = ClientOrder("name", descending=False)
        ids = list_client_ids(session, actor, wish.query, order, today=today)
        drawn, excluded = _weigh(session, ids, wish, today)
    loads: Counter[int] = Counter(dict.fromkeys(callers, 0))
    lines = []
    for client_id, advisor_id, opened_on in drawn:
        caller = _caller_for(wish.kind, advisor_id, callers, loads)
        due_on = _due_on(wish, opened_on)
        lines.append((client_id, caller, due_on))
    return CallList(tuple(lines), excluded, sample)


def list_callers(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """Who may be asked to call: id and name (manager)."""
    demand(actor, Right.LEAD_LISTS)
    rows = session.execute(
        select(User.id, User.name)
        .where(User.is_active, User.role.in_(_CALLERS))
        .order_by(User.employee_no)
    )
    return [(key, name) for key, name in rows]


def demand_caller(session: Session, caller_id: int) -> None:
    """Raises InvalidFieldError for somebody who may not call."""
    _callers(session, (caller_id,))


def was_called_as_new(session: Session, ids: Sequence[int]) -> set[int]:
    """Clients whose first-month call is on a list or done."""
    found: set[int] = set()
    for start in range(0, len(ids), _CHUNK):
        part = list(ids[start : start + _CHUNK])
        found |= set(
            session.scalars(
                select(Callback.client_id)
                .join(CallbackCampaign, CallbackCampaign.id == Callback.callback_campaign_id)
                .where(
                    CallbackCampaign.kind == terms.CALLBACK_NEW_CLIENT,
                    CallbackCampaign.archived_at.is_(None),
                    Callback.client_id.in_(part),
                )
            )
        )
    return found


def _weigh(
    session: Session, ids: Sequence[int], wish: ListWish, today: date
) -> tuple[list[Drawn], dict[SendCode, int]]:
    """The clients who may be called, in their order, and how many may not for which reason."""
    code = send_code_column(Channel.PHONE, Purpose.CARE, is_quiet_hour=False)
    drawn: list[Drawn] = []
    excluded: Counter[SendCode] = Counter()
    for start in range(0, len(ids), _CHUNK):
        part = list(ids[start : start + _CHUNK])
        rows = session.execute(
            select(Client.id, Client.advisor_id, Client.opened_on, Client.stage, code).where(
                Client.id.in_(part)
            )
        )
        found = {row[0]: row for row in rows}
        for key in part:
            _key, advisor_id, opened_on, stage, said = found[key]
            if stage in (ClientStage.PROSPECT, ClientStage.CHURNED):
                continue
            if wish.kind == terms.CALLBACK_NEW_CLIENT and not _is_new(opened_on, today):
                continue
            if SendCode(said).may:
                drawn.append((key, advisor_id, opened_on))
            else:
                excluded[SendCode(said)] += 1
    if wish.kind == terms.CALLBACK_NEW_CLIENT:
        called = was_called_as_new(session, [line[0] for line in drawn])
        drawn = [line for line in drawn if line[0] not in called]
    return drawn, dict(excluded)


def _is_new(opened_on: date | None, today: date) -> bool:
    first, last = new_client_window(today)
    return opened_on is not None and first <= opened_on <= last


def new_client_window(today: date) -> tuple[date, date]:
    """Opened from one day to another: whose first-month call is due now or within days."""
    last = opened_by(date.fromordinal(today.toordinal() + NEW_CLIENT_AHEAD))
    return date.fromordinal(today.toordinal() - NEW_CLIENT_DAYS), last


def _due_on(wish: ListWish, opened_on: date | None) -> date:
    due_on = date.fromordinal(wish.starts_on.toordinal() + wish.days)
    if wish.kind == terms.CALLBACK_NEW_CLIENT and opened_on is not None:
        return max(wish.starts_on, first_call_on(opened_on))
    return due_on


def _caller_for(
    kind: str, advisor_id: int | None, callers: Sequence[int], loads: Counter[int]
) -> int | None:
    """The least loaded caller, never the own advisor where that must not be (2.13)."""
    if not callers:
        return None if kind in INDEPENDENT else advisor_id
    allowed = [key for key in callers if kind not in INDEPENDENT or key != advisor_id]
    if not allowed:
        return None
    caller = min(allowed, key=lambda key: loads[key])
    loads[caller] += 1
    return caller


def _callers(session: Session, caller_ids: Sequence[int]) -> tuple[int, ...]:
    wanted = tuple(dict.fromkeys(caller_ids))
    known = set(
        session.scalars(
            select(User.id).where(User.id.in_(wanted), User.is_active, User.role.in_(_CALLERS))
        )
    )
    if set(wanted) - known:
        raise InvalidFieldError("caller_ids", _("回访人须是在用的客服专员或客服经理。"))
    return wanted
