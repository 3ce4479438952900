"""Snapshots: how complete the files were on one day, kept as they were found (R6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import case, func, insert, literal, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.errors import NotFoundError
from advisorcrm.i18n import N_, _
from advisorcrm.models import (
    Client,
    ClientGroup,
    CompletenessSnapshot,
    CompletenessSnapshotRow,
    User,
)
from advisorcrm.rules.masking import mask_account
from advisorcrm.rules.weight_book import WeightBook
from advisorcrm.services.access import Right, demand
from advisorcrm.services.completeness.completeness_columns import (
    completeness_percent,
    constant,
    missing_items,
)
from advisorcrm.services.completeness.completeness_weights import ENOUGH, load_weight_book
from advisorcrm.services.files.client_checks import clean_text

CHUNK = 1000
AT_A_TIME = 10_000
"""Clients that one statement of a snapshot keeps: a million at once took 220 MB."""


ADVISOR_SHARE, GROUP_SHARE, NOBODY = N_("客服专员"), N_("客户组"), N_("未分配")
"""Heads of the sums: Chinese in the workbook, in the window the language chosen."""


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One snapshot in the list of them."""

    id: int
    taken_on: Annotated[date, Column("日期", width=12)]
    clients: Annotated[int, Column("客户数", width=8, align="right")]
    percent: Annotated[int, Column("完备率％", width=8, align="right")]
    taken_by: Annotated[str, Column("谁", width=10)]
    note: Annotated[str, Column("说明", width=20)]
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class SnapshotShare:
    """An advisor or a group in a snapshot."""

    kind: Annotated[str, Column("范围", width=10)]
    name: Annotated[str, Column("名称", width=14)]
    clients: Annotated[int, Column("客户数", width=8, align="right")]
    percent: Annotated[int, Column("完备率％", width=10, align="right")]
    below: Annotated[int, Column("低于 90％", width=10, align="right")]


@dataclass(frozen=True, slots=True)
class SnapshotClient:
    """One client in a snapshot, as he was then."""

    client_no: Annotated[str, Column("客户号", width=14)]
    name: Annotated[str, Column("客户姓名", width=14)]
    account: Annotated[str, Column("资金账号", width=14)]
    tier: Annotated[str | None, Column("客户类型", codes=terms.TIER, width=10)]
    advisor_name: Annotated[str, Column("客服专员", width=12)]
    group_name: Annotated[str, Column("客户组", width=14)]
    percent: Annotated[int, Column("完备率％", width=10, align="right")]
    missing: Annotated[str, Column("缺项", width=60)]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot opened: what it says in sum, by advisor and by group."""

    row: SnapshotRow
    shares: tuple[SnapshotShare, ...]


def take_snapshot(
    session: Session, actor: Actor, *, note: str = "", now: datetime, today: date
) -> int:
    """Keep how complete each file of the branch is today; returns the id."""
    demand(actor, Right.SET_STANDARDS)
    book = load_weight_book(session)
    percent = completeness_percent(book, today)
    here = Client.archived_at.is_(None)
    count, total = session.execute(
        select(func.count(Client.id), func.coalesce(func.sum(percent), 0)).where(here)
    ).one()
    snapshot = CompletenessSnapshot(
        taken_on=today,
        taken_at=now,
        user_id=actor.user_id,
        note=clean_text("note", note),
        client_count=count,
        percent=int(total) // count if count else 0,
    )
    session.add(snapshot)
    session.flush()  # its rows name it
    _keep_rows(session, snapshot.id, book, today)
    return snapshot.id


def _keep_rows(session: Session, snapshot_id: int, book: WeightBook, today: date) -> None:
    """One line a client, some thousand at a time: the database holds what one statement adds."""
    missing = missing_items(book, today)
    lacks = case((missing == constant(","), None), else_=missing)
    columns = ["snapshot_id", "client_id", "advisor_id", "client_group_id", "tier", "percent"]
    rows = select(
        literal(snapshot_id), Client.id, Client.advisor_id, Client.client_group_id,
        Client.tier, completeness_percent(book, today), lacks,
    ).where(Client.archived_at.is_(None))  # fmt: skip
    last = session.scalar(select(func.max(Client.id))) or 0
    for first in range(0, last + 1, AT_A_TIME):
        some = rows.where(Client.id >= first, Client.id < first + AT_A_TIME)
        session.execute(insert(CompletenessSnapshotRow).from_select([*columns, "missing"], some))


def list_snapshots(session: Session, actor: Actor) -> list[SnapshotRow]:
    """All snapshots, newest first."""
    demand(actor, Right.SEE_STANDARDS)
    found = session.execute(_SNAPSHOTS.order_by(CompletenessSnapshot.id.desc())).mappings()
    return [SnapshotRow(**row) for row in found]


def open_snapshot(session: Session, actor: Actor, snapshot_id: int) -> Snapshot:
    """One snapshot with its sums. Raises NotFoundError for an unknown one."""
    demand(actor, Right.SEE_STANDARDS)
    row = (
        session.execute(_SNAPSHOTS.where(CompletenessSnapshot.id == snapshot_id)).mappings().first()
    )
    if row is None:
        raise NotFoundError(_("没有这份检查快照。"))
    advisors = _shares(
        session, snapshot_id, ADVISOR_SHARE, User, CompletenessSnapshotRow.advisor_id
    )
    groups = _shares(
        session, snapshot_id, GROUP_SHARE, ClientGroup, CompletenessSnapshotRow.client_group_id
    )
    return Snapshot(SnapshotRow(**row), (*advisors, *groups))


def iterate_snapshot(
    session: Session, actor: Actor, snapshot_id: int, *, is_masked: bool = True
) -> Iterator[SnapshotClient]:
    """The clients of a snapshot, the least complete first, a chunk in memory at a time.

    They are read to leave the house: nobody is among them whose file is restricted (2.7d).
    """
    demand(actor, Right.SEE_STANDARDS)
    labels = {item.name: item.label for item in load_weight_book(session).items}
    statement: AnySelect = (
        select(
            Client.client_no,
            Client.name,
            func.coalesce(Client.account, ""),
            CompletenessSnapshotRow.tier,
            func.coalesce(User.name, ""),
            func.coalesce(ClientGroup.name, ""),
            CompletenessSnapshotRow.percent,
            CompletenessSnapshotRow.missing,
        )
        .select_from(CompletenessSnapshotRow)
        .join(Client, Client.id == CompletenessSnapshotRow.client_id)
        .outerjoin(User, User.id == CompletenessSnapshotRow.advisor_id)
        .outerjoin(ClientGroup, ClientGroup.id == CompletenessSnapshotRow.client_group_id)
        .where(CompletenessSnapshotRow.snapshot_id == snapshot_id, Client.is_restricted.is_(False))
        .order_by(CompletenessSnapshotRow.percent, CompletenessSnapshotRow.client_id)
        .execution_options(yield_per=CHUNK)
    )
    for row in session.execute(statement):
        number, name, account, tier, advisor, group, percent, missing = row
        shown = mask_account(account) if is_masked else account
        gaps = "、".join(labels.get(code, code) for code in missing or ())
        yield SnapshotClient(number, name, shown, tier, advisor, group, percent, gaps)


_SNAPSHOTS = select(
    CompletenessSnapshot.id,
    CompletenessSnapshot.taken_on,
    CompletenessSnapshot.client_count.label("clients"),
    CompletenessSnapshot.percent,
    User.name.label("taken_by"),
    CompletenessSnapshot.note,
    CompletenessSnapshot.taken_at,
).join(User, User.id == CompletenessSnapshot.user_id)


def _shares(
    session: Session, snapshot_id: int, kind: str, named: type[User] | type[ClientGroup], by: Any
) -> list[SnapshotShare]:
    row = CompletenessSnapshotRow
    found = session.execute(
        select(
            func.coalesce(named.name, ""),
            func.count(),
            func.sum(row.percent),
            func.sum(case((row.percent < ENOUGH, 1), else_=0)),
        )
        .select_from(row)
        .outerjoin(named, named.id == by)
        .where(row.snapshot_id == snapshot_id)
        .group_by(by, named.name)
        .order_by(named.name)
    )
    return [
        SnapshotShare(kind, name or NOBODY, clients, int(total) // clients, int(below))
        for name, clients, total, below in found
    ]
