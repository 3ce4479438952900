"""Which files were changed on a day, by advisor: the proof of the daily upkeep (R18)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from sqlalchemy import case, func, null, select, union_all
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.i18n import N_, _
from advisorcrm.models import Base, ChangeHistory, Client, User
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.access import names_are_masked, visible_clients
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.histories.history_items import ITEMS
from advisorcrm.services.histories.history_words import field_label

KINDS = {
    "contact_point": N_("联系方式"),
    "consent": N_("同意"),
    "risk_test": N_("风险测评"),
    "relation": N_("家庭与关系"),
    "own_value": N_("自定义字段"),
    "seat_use": N_("机位"),
    "attachment": N_("附件"),
    "client_account": N_("其他资金账号"),
    "counter_notice": N_("到柜台更新"),
    "product_sale": N_("产品销售"),
    "privacy_request": N_("个人信息请求"),
}
"""What things that hang on a file are called where many files are listed."""

_QUIET = frozenset({"uuid", "created_at", "pinyin", "initials"})


@dataclass(frozen=True, slots=True)
class ChangedFileRow:
    """One file that was changed on the day."""

    client_id: int
    advisor_name: Annotated[str, Column("客服专员")]
    client_name: Annotated[str, Column("客户姓名", width=14)]
    changed_at: Annotated[datetime, Column("最后修改", width=16)]
    people: Annotated[tuple[str, ...], Column("谁改的", width=16)]
    labels: Annotated[tuple[str, ...], Column("改了什么", width=40)]


def list_changed_files(session: Session, actor: Actor, day: date) -> list[ChangedFileRow]:
    """The files the person may see that were changed on a day, by advisor, newest first (R18)."""
    files: dict[int, list[Any]] = {}
    for row in session.execute(_changes_on(session, actor, day)):
        files.setdefault(row.client_id, []).append(row)
    hide = mask_name if names_are_masked(actor) else str
    found = [
        ChangedFileRow(
            client_id=client_id,
            advisor_name=rows[-1].advisor_name,
            client_name=hide(rows[-1].client_name),
            changed_at=rows[-1].at,
            people=tuple(dict.fromkeys(row.who or _("系统") for row in rows)),
            labels=tuple(dict.fromkeys(label for row in rows for label in _labels(row))),
        )
        for client_id, rows in files.items()
    ]
    found = [file for file in found if file.labels]
    return sorted(found, key=lambda file: (file.advisor_name, -file.changed_at.timestamp()))


def _labels(row: Any) -> Iterable[str]:
    if row.table_name != "client":
        return (_(KINDS[row.table_name]),)
    if row.operation == "insert":
        return (_("新建档案"),)
    return (field_label(name) for name in json.loads(row.new or "{}") if name not in _QUIET)


def _changes_on(session: Session, actor: Actor, day: date) -> Any:
    begin, end = start_of(day), start_of(day + timedelta(days=1))
    change = _changes_between(_first_id(session, begin), _first_id(session, end))
    advisor, person = User.__table__.alias("advisor"), User.__table__.alias("person")
    is_update = ChangeHistory.operation == "update"
    return (
        select(
            Client.id.label("client_id"),
            Client.name.label("client_name"),
            func.coalesce(advisor.c.name, "").label("advisor_name"),
            ChangeHistory.at,
            ChangeHistory.table_name,
            ChangeHistory.operation,
            func.coalesce(person.c.name, ChangeHistory.actor).label("who"),
            case((is_update, ChangeHistory.new), else_=null()).label("new"),
        )
        .select_from(change)
        .join(ChangeHistory, ChangeHistory.id == change.c.id)
        .join(Client, Client.id == change.c.client_id)
        .outerjoin(advisor, advisor.c.id == Client.advisor_id)
        .outerjoin(person, person.c.employee_no == ChangeHistory.actor)
        .where(
            ChangeHistory.at >= begin,
            ChangeHistory.at < end,
            Client.archived_at.is_(None),
            visible_clients(actor),
        )
        .order_by(ChangeHistory.id)
    )


def _changes_between(first: int, after: int) -> Any:
    """Rows of the history from one until another, each with the client whose file it is about.

    These rows are read once and first of all: all of a table's history is gone through otherwise.
    """
    day = (
        select(ChangeHistory.id, ChangeHistory.table_name, ChangeHistory.row_id)
        .where(ChangeHistory.id >= first, ChangeHistory.id <= after)
        .cte("day")
        .prefix_with("MATERIALIZED")
    )
    owned = [select(day.c.id, day.c.row_id.label("client_id")).where(day.c.table_name == "client")]
    for name in ITEMS:
        table = Base.metadata.tables[name]
        owned.append(
            select(day.c.id, table.c.client_id)
            .join(table, table.c.id == day.c.row_id)
            .where(day.c.table_name == name)
        )
    return union_all(*owned).subquery()


def _first_id(session: Session, begin: datetime) -> int:
    """The first row of a day, found by halving: the history has no index by time."""
    low, high = 0, session.scalar(select(func.max(ChangeHistory.id))) or 0
    while low < high:
        middle = (low + high) // 2
        at = session.scalar(
            select(ChangeHistory.at)
            .where(ChangeHistory.id > middle)
            .order_by(ChangeHistory.id)
            .limit(1)
        )
        if at is not None and at < begin:
            low = middle + 1
        else:
            high = middle
    return low
