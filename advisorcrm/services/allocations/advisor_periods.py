"""Who had whom and when: read from the change history, which knows every way it came (R217)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.models import ChangeHistory, Client, User
from advisorcrm.rules.masking import mask_account, mask_name
from advisorcrm.services.access import (
    Right,
    any_client,
    demand,
    names_are_masked,
    visible_clients,
)

_FIELD = "advisor_id"


@dataclass(frozen=True, slots=True)
class AdvisorPeriod:
    """One advisor had one client from a day until another; no end: he has him still."""

    id: int
    client_id: int
    client_name: Annotated[str, Column("客户", width=12)]
    account: Annotated[str, Column("资金账号", width=10, sensitive=True)]
    advisor_name: Annotated[str, Column("客服专员", width=10)]
    from_on: Annotated[date, Column("自", width=12)]
    until_on: Annotated[date | None, Column("至", width=12)]
    decided_by: Annotated[str, Column("经办", width=10)]
    reason: Annotated[str, Column("原因", width=20)]
    advisor_id: int


def list_client_advisors(session: Session, actor: Actor, client_id: int) -> list[AdvisorPeriod]:
    """The advisors a client has had, the present one first."""
    client = any_client(session, actor, client_id)
    changes = session.execute(
        _changes().where(ChangeHistory.row_id == client_id).order_by(ChangeHistory.id)
    ).all()
    names = _names(session)
    periods = _periods(changes, names, {client_id: _shown(actor, client.name, client.account)})
    return periods[::-1]


def list_advisor_clients(session: Session, actor: Actor, advisor_id: int) -> list[AdvisorPeriod]:
    """Every client an advisor has or had, the latest change first (who leads the branch).

    Reads the whole history of clients: for long work, not for each key.
    """
    demand(actor, Right.SEE_CLIENTS)
    if advisor_id != actor.user_id:
        demand(actor, Right.SEE_BRANCH)
    touched = select(ChangeHistory.row_id).where(
        ChangeHistory.table_name == "client",
        or_(*(column.like(f'%"{_FIELD}":{gap}{advisor_id}{end}%')
              for column in (ChangeHistory.old, ChangeHistory.new)
              for gap in ("", " ") for end in (",", "}"))),
    )  # fmt: skip
    clients = session.execute(
        select(Client.id, Client.name, Client.account).where(
            Client.id.in_(touched), Client.archived_at.is_(None), visible_clients(actor)
        )
    ).all()
    shown = {key: _shown(actor, name, account) for key, name, account in clients}
    changes = session.execute(
        _changes()
        .where(ChangeHistory.row_id.in_(touched), ChangeHistory.new.like(f'%"{_FIELD}"%'))
        .order_by(ChangeHistory.id)
    ).all()
    periods = _periods(changes, _names(session), shown)
    return [period for period in periods[::-1] if period.advisor_id == advisor_id]


def _changes() -> Any:
    return select(
        ChangeHistory.id, ChangeHistory.row_id, ChangeHistory.at, ChangeHistory.actor,
        ChangeHistory.new, ChangeHistory.why,
    ).where(ChangeHistory.table_name == "client")  # fmt: skip


def _periods(
    changes: Iterable[Any], names: dict[int | str, str], shown: dict[int, tuple[str, str]]
) -> list[AdvisorPeriod]:
    """Each change of the advisor ends the period before it."""
    periods: list[AdvisorPeriod] = []
    last: dict[int, int] = {}
    for key, client_id, at, actor_no, new, why in changes:
        values = json.loads(new or "{}")
        if _FIELD not in values or client_id not in shown:
            continue
        day = branch_date(at)
        if client_id in last:
            place = last.pop(client_id)
            periods[place] = replace(periods[place], until_on=day)
        advisor_id = values[_FIELD]
        if advisor_id is not None:
            last[client_id] = len(periods)
            who = names.get(actor_no, actor_no)
            periods.append(
                AdvisorPeriod(
                    key, client_id, *shown[client_id], names.get(advisor_id, ""), day, None,
                    who, why, advisor_id,
                )
            )  # fmt: skip
    return periods


def _names(session: Session) -> dict[int | str, str]:
    """People by id and by number."""
    names: dict[int | str, str] = {}
    for key, number, name in session.execute(select(User.id, User.employee_no, User.name)):
        names[key] = names[number] = name
    return names


def _shown(actor: Actor, name: str, account: str | None) -> tuple[str, str]:
    return mask_name(name) if names_are_masked(actor) else name, mask_account(account or "")
