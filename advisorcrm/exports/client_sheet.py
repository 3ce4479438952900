"""The row of the client list as it leaves the program, and how it is read in chunks.

The first columns are the prescribed ones (R71), in the order of the form; the rest is what an
import accepts besides, so that an unmasked list can be taken in again without any change.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, Form, branch_date
from advisorcrm.exports.own_lines import OwnValues, masked_own
from advisorcrm.exports.progress import Progress, unheard
from advisorcrm.models import Client, ClientGroup, ContactPoint, User
from advisorcrm.rules.lunar import LunarDate
from advisorcrm.rules.masking import (
    mask_account,
    mask_address,
    mask_email,
    mask_id_number,
    mask_phone,
    mask_words,
)
from advisorcrm.services.access import Actor, reads_commission, visible_clients
from advisorcrm.services.clients.own_columns import read_values
from advisorcrm.services.completeness.completeness_columns import completeness_percent
from advisorcrm.services.completeness.completeness_weights import load_weight_book
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
    assets_fen: Annotated[int | None, Column("资产（元）", form=Form.MONEY, align="right")]
    mobile: Annotated[str, Column("联系电话", width=14, sensitive=True)]
    email: Annotated[str, Column("电子邮件", width=20, sensitive=True)]
    birthday_kept_on: Annotated[str, Column("生日（公/农）", align="centre", derived=True)]
    occupation: Annotated[str, Column("职业")]
    hobbies: Annotated[str, Column("爱好")]
    personality: Annotated[str, Column("性格")]
    group_name: Annotated[str, Column("所属客户组")]
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
    commission_attitude: Annotated[
        str | None, Column("对佣金态度", codes=terms.COMMISSION_ATTITUDE)
    ]
    commission_year_fen: Annotated[
        int | None, Column("近12月佣金（元）", form=Form.MONEY, align="right")
    ]
    family: Annotated[str, Column("家庭成员", width=20)]
    education: Annotated[str, Column("学历")]
    invests_since: Annotated[int | None, Column("入市年份", align="right", width=8)]
    remark: Annotated[str, Column("备注", width=40)]
    own: OwnValues


_AS_STORED = (
    "account", "address", "id_number", "id_expires_on", "birthday", "name", "client_no", "tier",
    "investment_preference", "trading_habit", "service_need", "wealth_content", "wealth_way",
    "trading_way", "commission_ppm", "assets_fen", "occupation", "hobbies", "personality", "alias",
    "kind", "stage", "sex", "convenient_time", "contact_every_days", "risk_level",
    "risk_tested_on", "risk_expires_on", "id_document", "birthday_kept", "opened_on", "remark",
    "commission_attitude", "commission_year_fen", "family", "education", "invests_since",
)  # fmt: skip
_ONLY_READ = (
    "id", "birthday_month_day", "lunar_month", "lunar_day", "lunar_is_leap", "id_is_permanent",
    "last_contact_at", "updated_at",
)  # fmt: skip
_COLUMN_OF_KIND = {
    PointKind.MOBILE: "mobile",
    PointKind.LANDLINE: "landline",
    PointKind.EMAIL: "email",
    PointKind.WECHAT: "wechat",
    PointKind.QQ: "qq",
}


def _mask_others(lines: str) -> str:
    return f"另有 {lines.count(chr(10)) + 1} 项" if lines else ""


_MASKS = {
    "account": mask_account,
    "address": mask_address,
    "id_number": mask_id_number,
    "mobile": mask_phone,
    "landline": mask_phone,
    "email": mask_email,
    "wechat": mask_phone,
    "qq": mask_phone,
    "other_points": _mask_others,
    "remark": mask_words,
}


def iterate_client_rows(
    session: Session,
    actor: Actor,
    ids: Sequence[int] | array[int],
    *,
    is_masked: bool,
    today: date,
    progress: Progress = unheard,
) -> Iterator[ClientSheetRow]:
    """The rows of these clients in their order, a chunk in memory at a time.

    Clients that are gone or hidden are left out. ``progress`` hears how many of how many, and
    may raise to stop.
    """
    position, is_told = 0, reads_commission(actor)
    percent = completeness_percent(load_weight_book(session), today).label("completeness")
    for start in range(0, len(ids), CHUNK):
        progress(start, len(ids))
        part = list(ids[start : start + CHUNK])
        found = {row[0]: row for row in session.execute(_statement(actor, part, percent))}
        points, held = _points(session, part), read_values(session, part)
        for key in part:
            if key in found:
                position += 1
                own = held.get(key, {})
                row = _row(found[key], points.get(key, {}), own, position, is_masked=is_masked)
                yield row if is_told else _untold(row)


def _statement(actor: Actor, ids: list[int], percent: ColumnElement[int]) -> Select[Any]:
    return (
        select(
            *(getattr(Client, name) for name in (*_ONLY_READ, *_AS_STORED)),
            percent,
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
            before = f"{points['other_points']}\n" if "other_points" in points else ""
            points["other_points"] = f"{before}{kind.label_zh} {value}"
    return found


_IN_ROW = (*_AS_STORED, "completeness", "advisor_name", "advisor_no", "group_name")
_NO_POINTS = dict.fromkeys((*_COLUMN_OF_KIND.values(), "other_points"), "")


def _row(
    found: Sequence[Any],
    points: Mapping[str, str],
    own: Mapping[str, str],
    position: int,
    *,
    is_masked: bool,
) -> ClientSheetRow:
    only_read, in_row = found[: len(_ONLY_READ)], found[len(_ONLY_READ) :]
    _id, month_day, month, day, is_leap, is_permanent, last_contact_at, updated_at = only_read
    row = dict(zip(_IN_ROW, in_row, strict=True)) | _NO_POINTS
    row.update(points, position=position)
    row["account"] = row["account"] or ""
    row["id_number"] = row["id_number"] or ""
    if is_permanent:
        row["id_expires_on"] = FOREVER
    lunar = LunarDate(month, day, is_leap).label_zh if month and day else ""
    row["lunar_birthday"] = lunar
    row["birthday"] = solar = row["birthday"] or month_day
    row["birthday_kept_on"] = _kept(solar, lunar, row["birthday_kept"])
    row["last_contact_on"] = last_contact_at and _branch_day(last_contact_at)
    row["updated_on"] = _branch_day(updated_at)
    if is_masked:
        for name, mask in _MASKS.items():
            row[name] = mask(row[name])
    return ClientSheetRow(**row, own=OwnValues(masked_own(own) if is_masked else own))


def _untold(row: ClientSheetRow) -> ClientSheetRow:
    """The row for who does not read what clients pay (``access.COMMISSION``)."""
    return replace(row, commission_ppm=None, commission_attitude=None, commission_year_fen=None)


def _branch_day(at: datetime) -> date:
    return branch_date(at)


def _kept(solar: date | str | None, lunar: str, kept: BirthdayKept) -> str:
    """The birthday the client keeps: ``03-18`` or ``农十月十五``."""
    if lunar and (kept is BirthdayKept.LUNAR or not solar):
        return f"农{lunar}"
    return f"{solar:%m-%d}" if isinstance(solar, date) else solar or ""
