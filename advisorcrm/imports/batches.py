"""The imports that were made: what each did, and whether it can still be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column, show_instant
from advisorcrm.errors import NotFoundError, UserError
from advisorcrm.i18n import _
from advisorcrm.imports.doubts import own_batches
from advisorcrm.models import ImportBatch, User
from advisorcrm.services.access import Actor, Right, demand
from advisorcrm.services.branch.compliance_parameters import load_compliance

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import as the list shows it."""

    id: Annotated[int, Column("批次", align="right", width=6)]
    at: Annotated[datetime, Column("时间", width=17)]
    user_name: Annotated[str, Column("谁", width=8)]
    file_name: Annotated[str, Column("文件", width=22)]
    new: Annotated[int, Column("新增", align="right", width=7)]
    updated: Annotated[int, Column("更新", align="right", width=7)]
    undecided: Annotated[int, Column("需决定", align="right", width=7)]
    failed: Annotated[int, Column("失败", align="right", width=7)]
    state: Annotated[str, Column("撤销", width=22)]
    may_undo: bool


def list_import_batches(session: Session, actor: Actor, *, now: datetime) -> list[BatchRow]:
    """The newest imports: an advisor's own, the branch's for the manager."""
    demand(actor, Right.IMPORT)
    rows = session.execute(
        select(ImportBatch, User.name)
        .join(User, User.id == ImportBatch.user_id)
        .where(own_batches(actor))
        .order_by(ImportBatch.id.desc())
        .limit(_SHOWN)
    )
    days = load_compliance(session).import_undo_days
    return [_row(batch, name, now, days) for batch, name in rows]


def undoable_batch(session: Session, actor: Actor, batch_id: int, *, now: datetime) -> ImportBatch:
    """The batch if it can be taken back now.

    Raises NotFoundError for one that is not there or somebody else's, UserError for one that is
    too old or was taken back already.
    """
    demand(actor, Right.IMPORT)
    batch = session.scalar(
        select(ImportBatch).where(ImportBatch.id == batch_id, own_batches(actor))
    )
    if batch is None:
        raise NotFoundError(
            _("没有批次 {number}，或不是您导入的。请核对批次号。").format(number=batch_id)
        )
    if batch.undone_at is not None:
        raise UserError(
            _("批次 {number} 已在 {at} 撤销过。").format(
                number=batch_id, at=show_instant(batch.undone_at)
            )
        )
    days = load_compliance(session).import_undo_days
    if now > _last_instant(batch, days):
        raise UserError(
            _("批次 {number} 已过 {days} 天，不能整批撤销。需要时请逐户更正。").format(
                number=batch_id, days=days
            )
        )
    return batch


def _row(batch: ImportBatch, user_name: str, now: datetime, days: int) -> BatchRow:
    return BatchRow(
        id=batch.id,
        at=batch.at,
        user_name=user_name,
        file_name=batch.file_name,
        new=batch.new,
        updated=batch.updated,
        undecided=batch.undecided,
        failed=batch.failed,
        state=_state(batch, now, days),
        may_undo=batch.undone_at is None and now <= _last_instant(batch, days),
    )


def _state(batch: ImportBatch, now: datetime, days: int) -> str:
    if batch.undone_at is not None:
        return _("已撤销 {at}").format(at=show_instant(batch.undone_at))
    if now > _last_instant(batch, days):
        return _("已过 {days} 天").format(days=days)
    return _("可撤销至 {at}").format(at=show_instant(_last_instant(batch, days)))


def _last_instant(batch: ImportBatch, days: int) -> datetime:
    return batch.at + timedelta(days=days)
