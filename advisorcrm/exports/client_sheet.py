"""The row of the client list as it leaves the program, and how it is read in chunks.

The first columns are the prescribed ones (R71), in the order of the form; the rest is what an
import accepts besides, so that an unmasked list can be taken in again without any change.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, Column, Form
from advisorcrm.models import Client, ClientGroup, ContactPoint, User
from advisorcrm.rules.lunar import LunarDate
from advisorcrm.rules.masking import (
    mask_account,
    mask_address,
    mask_email,
    mask_id_number,
    mask_phone,
)
from advisorcrm.services.access import Actor, visible_clients
from advisorcrm.services.client_rows import completeness_percent
from advisorcrm.terms import (
    BirthdayKept,
    ClientKind,
    ClientStage,
    IdDocument,
    PointKind,
    RiskLevel,
    Sex,
)

CHUNK = 1000
FOREVER = "长期"


@dataclass(frozen=True, slots=True)
class ClientSheetRow:
    """One client of the list (客户明细表)."""

    position: Annotated[int, Column("序号", width=6, align="centre", derived=True)]
    name: Annotated[str, Column("客户姓名", width=12)]
    account: Annotated[str, Column("资金账号", width=14, sensitive=True)]
    client_no: Annotated[str, Column("客户号", width=14)]
    tier: Annotated[str | None, Column("客户类型", codes=terms.TIER, width=10)]
    investment_preference: Annotated[str, Column("投资偏好", width=14)]
    trading_habit: Annotated[str | None, Column("交易习惯", codes=terms.TRADING_HABIT)]
    service_need: Annotated[str | None, Column("服务需求", codes=terms.SERVICE_NEED)]
    wealth_content: Annotated[
        tuple[str, ...] | None, Column("理财需求（内容）", codes=terms.WEALTH_CONTENT)
    ]
    wealth_way: Annotated[
        tuple[str, ...] | None, Column("理财需求（方式）", codes=terms.WEALTH_WAY)
    ]
    trading_way: Annotated[tuple[str, ...] | None, Column("交易方式", codes=terms.TRADING_WAY)]
    commission_ppm: Annotated[
        int | None, Column("佣金现状（‰）", form=Form.PERMILLE, align="right")
    ]
    assets_fen: Annotated[int | None, Column("总资产（元）", form=Form.MONEY, align="right")]
    mobile: Annotated[str, Column("联系电话", width=14, sensitive=True)]
    email: Annotated[str, Column("电子邮箱", width=20, sensitive=True)]
    birthday_kept_on: Annotated[str, Column("生日（公/农）", align="centre", derived=True)]
    occupation: Annotated[str, Column("职业")]
    hobbies: Annotated[str, Column("爱好")]
    personality: Annotated[str, Column("性格")]
    group_name: Annotated[str, Column("客户组")]
    advisor_name: Annotated[str, Column("客服专员")]
    last_contact_on: Annotated[date | None, Column("最近沟通", derived=True)]
    completeness: Annotated[int, Column("完备率％", align="right", width=8, derived=True)]
    updated_on: Annotated[date, Column("更新日期", derived=True)]
    advisor_no: Annotated[str, Column("客服专员工号", derived=True)]
    alias: Annotated[str, Column("称呼")]
    kind: Annotated[ClientKind, Column("客户类别")]
    stage: Annotated[ClientStage, Column("状态")]
    sex: Annotated[Sex | None, Column("性别", width=8)]
    landline: Annotated[str, Column("固定电话", width=14, sensitive=True)]
    wechat: Annotated[str, Column("微信", width=14, sensitive=True)]
    qq: Annotated[str, Column("QQ", width=14, sensitive=True)]
    other_points: Annotated[str, Column("其他联系方式", width=24, sensitive=True, derived=True)]
    address: Annotated[str, Column("联系地址", width=30, sensitive=True)]
    convenient_time: Annotated[str, Column("方便时间", width=14)]
    contact_every_days: Annotated[int | None, Column("约定联系频率（天）", align="right")]
    risk_level: Annotated[RiskLevel | None, Column("风险等级")]
    risk_tested_on: Annotated[date | None, Column("风险测评日期")]
    risk_expires_on: Annotated[date | None, Column("风险测评到期日")]
    id_document: Annotated[IdDocument | None, Column("证件类型")]
    id_number: Annotated[str, Column("证件号码", width=20, sensitive=True)]
    id_expires_on: Annotated[date | str | None, Column("证件有效期")]
    birthday: Annotated[date | str | None, Column("出生日期")]
    lunar_birthday: Annotated[str, Column("农历生日")]
    birthday_kept: Annotated[BirthdayKept, Column("过生日")]
    opened_on: Annotated[date | None, Column("开户日期")]
    remark: Annotated[str, Column("备注", width=40)]


_AS_STORED = (
    "name", "client_no", "tier", "investment_preference", "trading_habit", "service_need",
    "wealth_content", "wealth_way", "trading_way", "commission_ppm", "assets_fen", "occupation",
    "hobbies", "personality", "alias", "kind", "stage", "sex", "convenient_time",
    "contact_every_days", "risk_level", "risk_tested_on", "risk_expires_on", "id_document",
    "birthday_kept", "opened_on", "remark",
)  # fmt: skip
_ALSO_READ = (
    "id", "account", "address", "id_number", "id_expires_on", "id_is_permanent", "birthday",
    "birthday_month_day", "lunar_month", "lunar_day", "lunar_is_leap", "last_contact_at",
    "updated_at",
)  # fmt: skip
_COLUMN_OF_KIND = {
    PointKind.MOBILE: "mobile",
    PointKind.LANDLINE: "landline",
    PointKind.EMAIL: "email",
    PointKind.WECHAT: "wechat",
    PointKind.QQ: "qq",
}
_MASKS = {
    "account": mask_account,
    "address": mask_address,
    "id_number": mask_id_number,
    "mobile": mask_phone,
    "landline": mask_phone,
    "email": mask_email,
    "wechat": mask_phone,
    "qq": mask_phone,
}


def iterate_client_rows(
    session: Session, actor: Actor, ids: Sequence[int] | array[int], *, is_masked: bool
) -> Iterator[ClientSheetRow]:
    """The rows of these clients in their order, a chunk in memory at a time."""
    position = 0
    for start in range(0, len(ids), CHUNK):
        part = list(ids[start : start + CHUNK])
        found = {row["id"]: row for row in session.execute(_statement(actor, part)).mappings()}
        points = _points(session, part)
        for key in part:
            if key in found:
                position += 1
                yield _row(found[key], points.get(key, {}), position, is_masked=is_masked)


def _statement(actor: Actor, ids: list[int]) -> Select[Any]:
    return (
        select(
            *(getattr(Client, name) for name in (*_AS_STORED, *_ALSO_READ)),
            completeness_percent().label("completeness"),
            func.coalesce(User.name, "").label("advisor_name"),
            func.coalesce(User.employee_no, "").label("advisor_no"),
            func.coalesce(ClientGroup.name, "").label("group_name"),
        )
        .outerjoin(User, User.id == Client.advisor_id)
        .outerjoin(ClientGroup, ClientGroup.id == Client.client_group_id)
        .where(Client.id.in_(ids), Client.archived_at.is_(None), visible_clients(actor))
    )


def _points(session: Session, ids: list[int]) -> dict[int, dict[str, str]]:
    """The preferred number of each kind per client; further ones joined in ``other_points``."""
    found: dict[int, dict[str, str]] = {}
    rows = session.execute(
        select(ContactPoint.client_id, ContactPoint.kind, ContactPoint.value)
        .where(ContactPoint.client_id.in_(ids), ContactPoint.archived_at.is_(None))
        .order_by(ContactPoint.position, ContactPoint.id)
    )
    for client_id, kind, value in rows:
        points = found.setdefault(client_id, {})
        column = _COLUMN_OF_KIND[kind]
        if column not in points:
            points[column] = value
        else:
            points.setdefault("others", "")
            points["others"] += f"{kind.label_zh} {value}\n"
    return found


def _row(
    found: RowMapping, points: Mapping[str, str], position: int, *, is_masked: bool
) -> ClientSheetRow:
    guarded = {
        "account": found["account"] or "",
        "address": found["address"],
        "id_number": found["id_number"] or "",
        **{column: points.get(column, "") for column in _COLUMN_OF_KIND.values()},
    }
    others = points.get("others", "")
    if is_masked:
        guarded = {name: _MASKS[name](value) for name, value in guarded.items()}
        others = f"另有 {others.count(chr(10))} 项" if others else ""
    last, lunar = found["last_contact_at"], lunar_birthday(found)
    return ClientSheetRow(
        position=position,
        **{name: found[name] for name in _AS_STORED},
        **guarded,
        other_points=others.strip(),
        birthday=found["birthday"] or found["birthday_month_day"],
        lunar_birthday=lunar,
        birthday_kept_on=kept_birthday(found),
        id_expires_on=FOREVER if found["id_is_permanent"] else found["id_expires_on"],
        last_contact_on=last and last.astimezone(BRANCH_TIME).date(),
        updated_on=found["updated_at"].astimezone(BRANCH_TIME).date(),
        completeness=found["completeness"],
        advisor_name=found["advisor_name"],
        advisor_no=found["advisor_no"],
        group_name=found["group_name"],
    )


def lunar_birthday(client: Mapping[str, Any] | RowMapping) -> str:
    """``十月十五``, ``闰二月初三``; empty when only the solar one is known."""
    if not client["lunar_month"] or not client["lunar_day"]:
        return ""
    return LunarDate(client["lunar_month"], client["lunar_day"], client["lunar_is_leap"]).label_zh


def kept_birthday(client: Mapping[str, Any] | RowMapping) -> str:
    """The birthday the client keeps: ``03-18`` or ``农十月十五``."""
    lunar = lunar_birthday(client)
    solar = client["birthday"]
    if lunar and (client["birthday_kept"] is BirthdayKept.LUNAR or solar is None):
        return f"农{lunar}"
    return f"{solar:%m-%d}" if solar else client["birthday_month_day"] or ""
