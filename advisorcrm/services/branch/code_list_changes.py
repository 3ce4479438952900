"""What was changed about code lists and own fields, and by whom: from the change history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.i18n import _
from advisorcrm.models import ChangeHistory, CodeListEntry, OwnField, User
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.standard_changes import StandardChange, join_changes

_SCANNED = 400


def list_code_changes(
    session: Session, actor: Actor, list_name: str, *, limit: int = 20
) -> list[StandardChange]:
    """The last changes of one list in words, newest first; ``“银卡”改名为“银星卡”``."""
    demand(actor, Right.SEE_STANDARDS)
    return _changes(session, CodeListEntry, CodeListEntry.list_name == list_name, limit)


def list_own_field_changes(
    session: Session, actor: Actor, *, limit: int = 20
) -> list[StandardChange]:
    """The last changes of the branch's own fields in words, newest first."""
    demand(actor, Right.SEE_STANDARDS)
    return _changes(session, OwnField, true(), limit)


def _changes(
    session: Session,
    table: type[CodeListEntry] | type[OwnField],
    wanted: ColumnElement[bool],
    limit: int,
) -> list[StandardChange]:
    rows = session.execute(
        select(
            ChangeHistory.at,
            func.coalesce(User.name, ""),
            table.label,
            ChangeHistory.operation,
            ChangeHistory.old,
            ChangeHistory.new,
        )
        .join(
            table,
            and_(
                ChangeHistory.table_name == table.__tablename__,
                ChangeHistory.row_id == table.id,
            ),
        )
        .outerjoin(User, User.employee_no == ChangeHistory.actor)
        .where(wanted)
        .order_by(ChangeHistory.id.desc())
        .limit(_SCANNED)
    )
    told = (
        StandardChange(at, who, tuple(_words(who, label, operation, old, new)))
        for at, who, label, operation, old, new in rows
    )
    return join_changes(told, limit)


def _words(who: str, label: str, operation: str, old: str | None, new: str | None) -> Iterator[str]:
    before: dict[str, Any] = json.loads(old or "{}")
    after: dict[str, Any] = json.loads(new or "{}")
    if operation == "insert":
        # What the program brought with it is one line, however many choices it has.
        yield _("添加“{label}”").format(label=after.get("label", label)) if who else _("初次设定")
        return
    if "label" in after:
        yield _("“{old}”改名为“{new}”").format(old=before["label"], new=after["label"])
    if "label_en" in after:
        yield _("“{label}”的英文名 {old} → {new}").format(
            label=label, old=before["label_en"] or "—", new=after["label_en"] or "—"
        )
    if "explain" in after:
        yield _("“{label}”的说明已改").format(label=label)
    if "is_retired" in after:
        form = _("停用“{label}”") if after["is_retired"] else _("恢复使用“{label}”")
        yield form.format(label=label)
    elif "position" in after:
        yield _("调整顺序")
