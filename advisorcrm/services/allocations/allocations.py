"""Allocating clients by balance of number and contribution, with a preview (R217)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, Form
from advisorcrm.db.actor import Actor
from advisorcrm.models import Client, User
from advisorcrm.rules.allocation import Load, Portion, share_out
from advisorcrm.rules.masking import mask_account
from advisorcrm.services.access import Right, demand
from advisorcrm.services.allocations.handovers import demand_advisors
from advisorcrm.terms import Contribution, Role

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class AllocationRequest:
    """Which clients (of an advisor, unassigned, or named), to whom with which weight."""

    targets: tuple[tuple[int, int], ...]  # advisor, weight in per cent
    client_ids: tuple[int, ...] = ()
    from_advisor_id: int | None = None  # with no ids: his clients; None: the unassigned
    measure: Contribution = Contribution.ASSETS


@dataclass(frozen=True, slots=True)
class AdvisorLoad:
    """What one advisor looks after."""

    id: int
    employee_no: str
    name: str
    is_active: bool
    client_count: int
    assets_fen: int
    commission_fen: int
    role: Role = Role.ADVISOR

    @property
    def serves_clients(self) -> bool:
        """Whether clients go to such a one without being asked: a manager without any does not."""
        return self.role is Role.ADVISOR or self.client_count > 0

    def contribution(self, measure: Contribution) -> int:
        """The sum that counts."""
        return self.assets_fen if measure is Contribution.ASSETS else self.commission_fen


@dataclass(frozen=True, slots=True)
class AllocatedClient:
    """One client of a proposal: whose he is and whose he would be."""

    id: int
    name: Annotated[str, Column("客户", width=12)]
    account: Annotated[str, Column("资金账号", width=10, sensitive=True)]
    tier: Annotated[str | None, Column("类型", codes=terms.TIER, width=10)]
    contribution_fen: Annotated[
        int | None, Column("贡献", form=Form.MONEY, align="right", width=11)
    ]
    from_name: Annotated[str, Column("现客服专员", width=10)]
    to_name: Annotated[str, Column("分给", width=10)]
    from_advisor_id: int | None
    to_advisor_id: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """A proposal: nothing is changed by it."""

    measure: Contribution
    loads: tuple[AdvisorLoad, ...]
    clients: tuple[AllocatedClient, ...] = field(default=())


def list_advisor_loads(session: Session, actor: Actor) -> list[AdvisorLoad]:
    """Everybody who may have clients, and those who have left and still have some."""
    demand(actor, Right.HAND_OVER)
    sums = (
        select(
            Client.advisor_id.label("advisor_id"),
            func.count(Client.id).label("count"),
            func.coalesce(func.sum(Client.assets_fen), 0).label("assets"),
            func.coalesce(func.sum(Client.commission_year_fen), 0).label("commission"),
        )
        .where(Client.archived_at.is_(None))
        .group_by(Client.advisor_id)
        .subquery()
    )
    rows = session.execute(
        select(
            User.id, User.employee_no, User.name, User.is_active,
            func.coalesce(sums.c.count, 0), func.coalesce(sums.c.assets, 0),
            func.coalesce(sums.c.commission, 0), User.role,
        )
        .outerjoin(sums, sums.c.advisor_id == User.id)
        .where(
            or_(
                sums.c.count.is_not(None),
                User.is_active & User.role.in_((Role.ADVISOR, Role.MANAGER)),
            )
        )
        .order_by(User.employee_no)
    )  # fmt: skip
    return [
        AdvisorLoad(key, number, name, is_active, int(count), int(assets), int(commission), role)
        for key, number, name, is_active, count, assets, commission, role in rows
    ]


def find_allocation(session: Session, actor: Actor, request: AllocationRequest) -> Allocation:
    """Who should get whom; only a proposal. InvalidFieldError for an advisor who has left."""
    demand(actor, Right.HAND_OVER)
    demand_advisors(session, (advisor for advisor, _weight in request.targets))
    loads = tuple(list_advisor_loads(session, actor))
    rows = _chosen_rows(session, request)
    portions = [Portion(row.id, max(0, row.contribution or 0)) for row in rows]
    shares = share_out(portions, _kept_loads(request, loads, rows))
    names: dict[int | None, str] = {load.id: load.name for load in loads}
    clients = tuple(
        AllocatedClient(
            row.id, row.name, mask_account(row.account or ""), row.tier, row.contribution,
            names.get(row.advisor_id, ""), names[shares[row.id]], row.advisor_id, shares[row.id],
        )
        for row in rows
        if row.id in shares
    )  # fmt: skip
    return Allocation(request.measure, loads, clients)


@dataclass(frozen=True, slots=True)
class _Chosen:
    id: int
    name: str
    account: str | None
    tier: str | None
    contribution: int | None
    advisor_id: int | None


def _chosen_rows(session: Session, request: AllocationRequest) -> list[_Chosen]:
    """The clients to be shared out, who brings most first."""
    measured = Client.assets_fen
    if request.measure is Contribution.COMMISSION:
        measured = Client.commission_year_fen
    statement = select(
        Client.id, Client.name, Client.account, Client.tier, measured, Client.advisor_id
    ).where(Client.archived_at.is_(None))
    rows = [
        _Chosen(*row)
        for condition in _chosen(request)
        for row in session.execute(statement.where(condition))
    ]
    return sorted(rows, key=lambda row: (-(row.contribution or 0), row.id))


def _chosen(request: AllocationRequest) -> list[ColumnElement[bool]]:
    """Conditions that together name the clients, of which none holds too many ids."""
    ids = request.client_ids
    if ids:
        return [Client.id.in_(ids[at : at + _CHUNK]) for at in range(0, len(ids), _CHUNK)]
    if request.from_advisor_id is not None:
        return [Client.advisor_id == request.from_advisor_id]
    return [Client.advisor_id.is_(None)]


def _kept_loads(
    request: AllocationRequest, loads: Sequence[AdvisorLoad], rows: Sequence[_Chosen]
) -> list[Load]:
    """What the targets keep in any case: their own clients among the chosen are shared anew."""
    by_id = {load.id: load for load in loads}
    found = []
    for advisor, weight in request.targets:
        own = [row for row in rows if row.advisor_id == advisor]
        load = by_id[advisor]
        brought = load.contribution(request.measure) - sum(row.contribution or 0 for row in own)
        found.append(Load(advisor, load.client_count - len(own), max(0, brought), weight))
    return found
