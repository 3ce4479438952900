"""Deciding what an import left undecided, through the same rules and into the same batch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from advisorcrm.errors import UserError
from advisorcrm.i18n import _
from advisorcrm.imports.client_sheet import ClientSheet, ClientSheetRow
from advisorcrm.imports.doubts import open_doubt
from advisorcrm.imports.import_plan import ImportPlan, ImportRules
from advisorcrm.imports.planning import plan_import
from advisorcrm.imports.stored_values import read_values
from advisorcrm.imports.storing import store_rows
from advisorcrm.models import ImportDoubt
from advisorcrm.services.access import Actor
from advisorcrm.terms import DoubtDecision, ImportResult, ImportRule


def decide_import_doubt(
    session: Session, actor: Actor, doubt_id: int, decision: DoubtDecision, *, now: datetime
) -> ImportResult:
    """Keep what the system has, take what the file says, or enter somebody new; a write.

    What is taken belongs to the batch of the import and is undone with it. Raises UserError
    with the reason where the row cannot go in as decided, and NotFoundError.
    """
    doubt = open_doubt(session, actor, doubt_id)
    result = ImportResult.UNCHANGED
    if decision is not DoubtDecision.KEEP:
        result = _store(session, actor, doubt, decision, now=now)
    doubt.decision = decision.value
    doubt.decided_at = now
    doubt.decided_by_id = actor.user_id
    return result


def _store(
    session: Session, actor: Actor, doubt: ImportDoubt, decision: DoubtDecision, *, now: datetime
) -> ImportResult:
    client_id = doubt.client_id if decision is DoubtDecision.TAKE else None
    if decision is DoubtDecision.TAKE and client_id is None:
        raise UserError(_("分不清文件里说的是哪一位客户，请选“另建新客户”或“保留系统”。"))
    plan = _plan(session, actor, doubt, {0: client_id})
    [row] = plan.rows
    if row.result in (ImportResult.FAILED, ImportResult.UNDECIDED):
        raise UserError(row.reason)
    store_rows(session, doubt.batch_id, plan, now=now)
    return row.result


def _plan(
    session: Session, actor: Actor, doubt: ImportDoubt, decided: Mapping[int, int | None]
) -> ImportPlan:
    row = ClientSheetRow(doubt.row, read_values(doubt.content), sheet=doubt.sheet)
    sheet = ClientSheet(file_name="", columns=[], rows=[row])
    rules = ImportRules(ImportRule.OVERWRITE, decided=decided)
    return plan_import(session, actor, sheet, rules)
