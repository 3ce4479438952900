"""Rows that an import left undecided: they wait in a list until somebody decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from sqlalchemy import ColumnElement, insert, select, true
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.errors import NotFoundError
from advisorcrm.i18n import _
from advisorcrm.imports.doubt_reasons import said_now
from advisorcrm.imports.import_plan import ImportPlan
from advisorcrm.imports.stored_values import read_values, write_values
from advisorcrm.models import ImportBatch, ImportDoubt
from advisorcrm.rules.masking import mask_account
from advisorcrm.services.access import Actor, Right, demand, sees_branch
from advisorcrm.terms import ImportResult

_NAME = 120


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One undecided row as the list shows it."""

    id: int
    at: Annotated[datetime, Column("导入时间", width=17)]
    file_name: Annotated[str, Column("文件", width=20)]
    row: Annotated[int, Column("行", align="right", width=6)]
    name: Annotated[str, Column("客户", width=10)]
    account: Annotated[str, Column("资金账号", width=10, sensitive=True)]
    reason: Annotated[str, Column("原因", width=44)]
    batch_id: int
    client_id: int | None
    """The client the row may mean; None where it may be a new one."""


def keep_doubts(session: Session, batch_id: int, plan: ImportPlan) -> None:
    """Put the undecided rows of an import on the list, with their cleaned values."""
    rows = [
        {
            "batch_id": batch_id,
            "client_id": row.client_id,
            "sheet": row.sheet[:_NAME],
            "row": row.row,
            "name": row.name[:_NAME],
            "reason": row.doubt.stored if row.doubt else row.reason,
            "content": write_values(plan.sheet.rows[row.place].values),
            "version": 1,
        }
        for row in plan.of(ImportResult.UNDECIDED)
    ]
    if rows:
        session.execute(insert(ImportDoubt), rows)


def list_import_doubts(session: Session, actor: Actor) -> list[DoubtRow]:
    """What waits for a decision: an advisor's own imports, the branch's for the manager."""
    demand(actor, Right.IMPORT)
    rows = session.execute(
        select(
            ImportDoubt.id,
            ImportBatch.at,
            ImportBatch.file_name,
            ImportDoubt.row,
            ImportDoubt.name,
            ImportDoubt.content,
            ImportDoubt.reason,
            ImportDoubt.batch_id,
            ImportDoubt.client_id,
        )
        .join(ImportBatch, ImportBatch.id == ImportDoubt.batch_id)
        .where(ImportDoubt.decided_at.is_(None), own_batches(actor))
        .order_by(ImportDoubt.id)
    )
    return [DoubtRow(*row[:5], _account_in(row[5]), said_now(row[6]), *row[7:]) for row in rows]


def open_doubt(session: Session, actor: Actor, doubt_id: int) -> ImportDoubt:
    """A row that still waits. Raises NotFoundError for one that is decided or not the person's."""
    demand(actor, Right.IMPORT)
    doubt = session.scalar(
        select(ImportDoubt)
        .join(ImportBatch, ImportBatch.id == ImportDoubt.batch_id)
        .where(ImportDoubt.id == doubt_id, ImportDoubt.decided_at.is_(None), own_batches(actor))
    )
    if doubt is None:
        raise NotFoundError(_("这一行已经决定过了，或不是您导入的。请刷新后再看。"))
    return doubt


def own_batches(actor: Actor) -> ColumnElement[bool]:
    """The imports a person answers for, as a condition of a query."""
    return true() if sees_branch(actor) else ImportBatch.user_id == actor.user_id


def _account_in(content: str) -> str:
    return mask_account(read_values(content).get("account") or "")
