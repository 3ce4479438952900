"""What expires soon or has expired: suitability tests and identity documents (2.4c, 2.9b)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.i18n import N_
from advisorcrm.models import Client, User
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.access import names_are_masked, visible_clients
from advisorcrm.services.branch.compliance_parameters import load_compliance
from advisorcrm.terms import Term


class Expiring(Term):
    """What has an end."""

    RISK_TEST = "risk_test", N_("风险测评")
    ID_DOCUMENT = "id_document", N_("证件")


def reminders(session: Session) -> Mapping[Expiring, tuple[int, ...]]:
    """So many days before the end somebody is reminded, once at each step: the branch's figures."""
    rules = load_compliance(session)
    return {Expiring.RISK_TEST: rules.risk_reminders, Expiring.ID_DOCUMENT: rules.id_reminders}


@dataclass(frozen=True, slots=True)
class ExpiryRow:
    """One end of one client; ``step`` is the reminder reached (``step_of``)."""

    client_id: int
    name: Annotated[str, Column("客户")]
    kind: Annotated[Expiring, Column("到期事项")]
    expires_on: Annotated[date, Column("到期日期")]
    days_left: Annotated[int, Column("剩余天数", align="right")]
    step: int | None
    advisor_name: Annotated[str, Column("客服专员")]


def list_expiring(
    session: Session,
    actor: Actor,
    kinds: Sequence[Expiring] = tuple(Expiring),
    *,
    today: date,
    within_days: int | None = None,
) -> list[ExpiryRow]:
    """Ends within so many days, or within the first reminder of each kind; the earliest first."""
    found: list[ExpiryRow] = []
    steps = reminders(session)
    for kind in kinds:
        days = steps[kind][0] if within_days is None else within_days
        rows = session.execute(_statement(kind, actor).where(expires_within(kind, days, today)))
        found += [
            _row(tuple(row), kind, step_of(steps[kind], _left(row, today)), today, actor)
            for row in rows
        ]
    return sorted(found, key=lambda row: (row.expires_on, row.client_id))


def expires_within(kind: Expiring, days: int, today: date) -> ColumnElement[bool]:
    """The condition of a query; what is over counts too, a permanent document never."""
    until = today + timedelta(days=days)
    if kind is Expiring.RISK_TEST:
        return and_(Client.risk_expires_on.is_not(None), Client.risk_expires_on <= until)
    return and_(
        Client.id_expires_on.is_not(None),
        Client.id_expires_on <= until,
        Client.id_is_permanent.is_(False),
    )


def step_of(steps: Sequence[int], days_left: int) -> int | None:
    """The last reminder that is due, in days before the end: None before the first, -1 after it."""
    if days_left < 0:
        return -1
    return min((step for step in steps if days_left <= step), default=None)


def _statement(kind: Expiring, actor: Actor) -> AnySelect:
    end: Any = Client.risk_expires_on if kind is Expiring.RISK_TEST else Client.id_expires_on
    return (
        select(Client.id, Client.name, end, User.name)
        .outerjoin(User, User.id == Client.advisor_id)
        .where(Client.archived_at.is_(None), visible_clients(actor))
    )


def _left(found: Sequence[Any], today: date) -> int:
    days: int = (found[2] - today).days
    return days


def _row(
    found: Sequence[Any], kind: Expiring, step: int | None, today: date, actor: Actor
) -> ExpiryRow:
    client_id, name, expires_on, advisor = found
    shown = mask_name(name) if names_are_masked(actor) else name
    days = _left(found, today)
    return ExpiryRow(client_id, shown, kind, expires_on, days, step, advisor or "")
