"""How complete the files are: of one client, each advisor, each group, the branch (R3, R20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.i18n import _
from advisorcrm.models import Client, ClientGroup, User
from advisorcrm.rules.weight_book import WeightBook
from advisorcrm.services.access import Right, demand, visible_clients
from advisorcrm.services.completeness.completeness_columns import completeness_percent
from advisorcrm.services.completeness.completeness_weights import ENOUGH, load_weight_book


@dataclass(frozen=True, slots=True)
class Share:
    """The files of an advisor, a group or a branch; ``tenths`` is their average in ‰."""

    name: str
    clients: int
    tenths: int
    below: int

    @property
    def percent(self) -> float:
        """The average in percent, to one decimal."""
        return self.tenths / 10


@dataclass(frozen=True, slots=True)
class BranchCompleteness:
    """All files the person may see, and the same by advisor and by group, worst first."""

    whole: Share
    advisors: tuple[Share, ...]
    groups: tuple[Share, ...]


def count_completeness(session: Session, actor: Actor, *, today: date) -> BranchCompleteness:
    """Averages of the files the person may see: one question, grouped in the database (R3)."""
    demand(actor, Right.SEE_CLIENTS)
    statement = completeness_statement(actor, load_weight_book(session), today)
    rows = session.connection().execute(statement).all()
    return BranchCompleteness(_share("", rows), _shares(rows, by=0), _shares(rows, by=1))


def completeness_statement(actor: Actor, book: WeightBook, today: date) -> AnySelect:
    """Advisor, group, clients, sum of percents, files below 90 %."""
    files = (
        select(
            Client.advisor_id,
            Client.client_group_id,
            completeness_percent(book, today).label("percent"),
        )
        .where(Client.archived_at.is_(None), visible_clients(actor))
        .subquery("files")
    )
    sums = (
        select(
            files.c.advisor_id,
            files.c.client_group_id,
            func.count().label("clients"),
            func.sum(files.c.percent).label("total"),
            func.sum(case((files.c.percent < ENOUGH, 1), else_=0)).label("below"),
        )
        .group_by(files.c.advisor_id, files.c.client_group_id)
        .subquery("sums")
    )
    return (
        select(User.name, ClientGroup.name, sums.c.clients, sums.c.total, sums.c.below)
        .select_from(sums)
        .outerjoin(User, User.id == sums.c.advisor_id)
        .outerjoin(ClientGroup, ClientGroup.id == sums.c.client_group_id)
    )


def _shares(rows: Iterable[Any], *, by: int) -> tuple[Share, ...]:
    named: dict[str | None, list[Any]] = {}
    for row in rows:
        named.setdefault(row[by], []).append(row)
    shares = [_share(name or _("未分配"), part) for name, part in named.items()]
    return tuple(sorted(shares, key=lambda share: (share.tenths, share.name)))


def _share(name: str, rows: Iterable[Any]) -> Share:
    found = list(rows)
    clients, total, below = (sum(int(row[at]) for row in found) for at in (2, 3, 4))
    return Share(name, clients, round(total * 10 / clients) if clients else 0, below)
