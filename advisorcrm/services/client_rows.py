"""Rows of the client list: what a list, a sheet and the preview show of one client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import RowMapping, ScalarSelect, case, func, literal, or_, select
from sqlalchemy.sql.elements import ColumnElement

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, Column, Form
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.i18n import N_
from advisorcrm.models import Client, ClientGroup, ContactPoint, User
from advisorcrm.rules.masking import mask_account, mask_name, mask_phone
from advisorcrm.rules.missing_fields import WEIGHTS, Weighted
from advisorcrm.services.access import names_are_masked
from advisorcrm.terms import (
    ClientFlag,
    ClientKind,
    ClientStage,
    PointKind,
    RiskLevel,
    Sex,
    Validity,
)

ID_WARNING_DAYS = 60
"""An identity document is announced as expiring so many days ahead (2.9b)."""


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client in a list; sensitive values are masked before they get here."""

    id: int
    name: Annotated[str, Column("客户", width=12, explain=N_("客户姓名或机构名称"))]
    tier: Annotated[str | None, Column("类型", codes=terms.TIER, width=8, explain=N_("客户类型"))]
    risk_level: Annotated[RiskLevel | None, Column("风险", width=8, explain=N_("风险等级"))]
    account: Annotated[
        str, Column("资金账号", width=10, sensitive=True, explain=N_("资金账号，默认掩码"))
    ]
    mobile: Annotated[
        str, Column("手机", width=14, sensitive=True, explain=N_("首选手机，默认掩码"))
    ]
    assets_fen: Annotated[
        int | None,
        Column("总资产", form=Form.MONEY, align="right", width=12, explain=N_("最近一次导入")),
    ]
    commission_ppm: Annotated[
        int | None,
        Column("佣金‰", form=Form.PERMILLE, align="right", width=8, sensitive=True,
               explain=N_("佣金现状，千分比")),
    ]  # fmt: skip
    days_since: Annotated[
        int | None,
        Column("距上次", form=Form.DAYS, align="right", width=8, explain=N_("距上次沟通的天数")),
    ]
    completeness: Annotated[
        int, Column("完备率", form=Form.PERCENT, width=12, derived=True, explain=N_("档案完备率"))
    ]
    flags: Annotated[tuple[ClientFlag, ...], Column("标记", width=18, explain=N_("需要注意的情况"))]
    client_no: Annotated[str, Column("客户号", width=12, shown=False, explain=N_("本系统编号"))]
    stage: Annotated[ClientStage, Column("状态", width=10, shown=False, explain=N_("在户、流失等"))]
    advisor_name: Annotated[
        str, Column("客服专员", width=10, shown=False, explain=N_("所属客服专员"))
    ]
    group_name: Annotated[str, Column("客户组", width=12, shown=False, explain=N_("所属客户组"))]
    trading_habit: Annotated[
        str | None,
        Column(
            "交易习惯", codes=terms.TRADING_HABIT, width=12, shown=False, explain=N_("短线或持仓")
        ),
    ]
    service_need: Annotated[
        str | None,
        Column(
            "服务需求",
            codes=terms.SERVICE_NEED,
            width=10,
            shown=False,
            explain=N_("是否愿意被联系"),
        ),
    ]
    investment_preference: Annotated[
        str, Column("投资偏好", width=16, shown=False, explain=N_("客户偏好的品种"))
    ]
    trading_way: Annotated[
        tuple[str, ...],
        Column(
            "交易方式", codes=terms.TRADING_WAY, width=14, shown=False, explain=N_("现场或场外")
        ),
    ]
    contact_every_days: Annotated[
        int | None,
        Column("约定频率", align="right", width=8, shown=False, explain=N_("多少天联系一次")),
    ]
    last_contact_at: Annotated[
        datetime | None, Column("最近沟通", width=16, shown=False, explain=N_("最近一次沟通的时间"))
    ]
    opened_on: Annotated[date | None, Column("开户日期", shown=False, explain=N_("开户日期"))]
    updated_at: Annotated[
        datetime,
        Column("更新日期", width=16, shown=False, derived=True, explain=N_("档案最近一次修改")),
    ]
    sex: Sex | None
    kind: ClientKind
    advisor_no: str
    initials: str
    risk_expires_on: date | None
    is_mine: bool

    @property
    def is_overdue(self) -> bool:
        """Whether the agreed contact frequency is exceeded."""
        return bool(
            self.contact_every_days
            and self.days_since is not None
            and self.days_since > self.contact_every_days
        )


def point_value(kind: PointKind) -> ScalarSelect[str]:
    """The preferred number or address of a kind, as a column."""
    return (
        select(ContactPoint.value)
        .where(
            ContactPoint.client_id == Client.id,
            ContactPoint.kind == kind,
            ContactPoint.archived_at.is_(None),
        )
        .order_by(ContactPoint.position, ContactPoint.id)
        .limit(1)
        .correlate(Client)
        .scalar_subquery()
    )


def completeness_percent() -> ColumnElement[int]:
    """Completeness of a file in percent, with the weights of ``rules.missing_fields`` (R3)."""
    total: ColumnElement[int] = literal(0)
    for item in WEIGHTS:
        total = total + case((_is_filled(item), item.weight), else_=0)
    return total


def _is_filled(item: Weighted) -> ColumnElement[bool]:
    if item.point is not None:
        filled: ColumnElement[bool] = (
            select(ContactPoint.id)
            .where(
                ContactPoint.client_id == Client.id,
                ContactPoint.kind == item.point,
                ContactPoint.validity == Validity.VALID,
                ContactPoint.archived_at.is_(None),
            )
            .correlate(Client)
            .exists()
        )
    else:
        filled = or_(*(_has_value(name) for name in item.any_of))
    if item.persons_only:
        filled = or_(Client.kind == ClientKind.INSTITUTION, filled)
    return filled


def _has_value(name: str) -> ColumnElement[bool]:
    column: ColumnElement[Any] = Client.__table__.c[name]
    python_type = column.type.python_type if hasattr(column.type, "python_type") else object
    if python_type is bool:
        return column.is_(True)
    if python_type is str:
        return func.coalesce(column, "") != ""
    return column.is_not(None)


def select_rows(actor: Actor) -> AnySelect:
    """The list's columns, before any condition and order."""
    return (
        select(
            Client.id,
            Client.name,
            Client.tier,
            Client.risk_level,
            Client.account,
            point_value(PointKind.MOBILE).label("mobile"),
            Client.assets_fen,
            Client.commission_ppm,
            completeness_percent().label("completeness"),
            Client.client_no,
            Client.stage,
            func.coalesce(User.name, "").label("advisor_name"),
            func.coalesce(User.employee_no, "").label("advisor_no"),
            func.coalesce(ClientGroup.name, "").label("group_name"),
            Client.trading_habit,
            Client.service_need,
            Client.investment_preference,
            Client.trading_way,
            Client.contact_every_days,
            Client.last_contact_at,
            Client.opened_on,
            Client.updated_at,
            Client.sex,
            Client.kind,
            Client.initials,
            Client.risk_expires_on,
            Client.id_expires_on,
            (Client.advisor_id == actor.user_id).label("is_mine"),
        )
        .outerjoin(User, User.id == Client.advisor_id)
        .outerjoin(ClientGroup, ClientGroup.id == Client.client_group_id)
    )


def make_row(found: RowMapping, actor: Actor, today: date) -> ClientRow:
    """A masked row for a list."""
    values: dict[str, Any] = dict(found)
    values["flags"] = _flags(values, today)
    values["days_since"] = days_since(values["last_contact_at"], today)
    values["account"] = mask_account(values["account"])
    values["mobile"] = mask_phone(values["mobile"] or "")
    values["trading_way"] = values["trading_way"] or ()
    values["is_mine"] = bool(values["is_mine"])
    if names_are_masked(actor):
        values["name"] = mask_name(values["name"])
        values["initials"] = ""
    del values["id_expires_on"]
    return ClientRow(**values)


def days_since(at: datetime | None, today: date) -> int | None:
    """Whole days from the last conversation to today, by the branch's calendar."""
    if at is None:
        return None
    return max(0, (today - at.astimezone(BRANCH_TIME).date()).days)


def _flags(values: dict[str, Any], today: date) -> tuple[ClientFlag, ...]:
    id_expires: date | None = values["id_expires_on"]
    risk_expires: date | None = values["risk_expires_on"]
    checks = (
        (ClientFlag.RISK_EXPIRED, risk_expires is not None and risk_expires < today),
        (ClientFlag.ID_EXPIRED, id_expires is not None and id_expires < today),
        (
            ClientFlag.ID_EXPIRING,
            id_expires is not None and 0 <= (id_expires - today).days <= ID_WARNING_DAYS,
        ),
        (ClientFlag.DO_NOT_DISTURB, values["service_need"] == terms.DO_NOT_DISTURB),
        (ClientFlag.NO_CHANNEL, not values["mobile"]),
        (ClientFlag.INSTITUTION, values["kind"] is ClientKind.INSTITUTION),
    )
    return tuple(flag for flag, is_set in checks if is_set)
