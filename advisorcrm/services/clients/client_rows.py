"""Rows of the client list: what a list, a sheet and the preview show of one client."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from sqlalchemy import (
    ScalarSelect,
    SQLColumnExpression,
    String,
    func,
    select,
    type_coerce,
)
from sqlalchemy.sql.elements import ColumnElement

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, Column, Form
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.i18n import N_
from advisorcrm.models import Client, ClientGroup, ContactPoint, User
from advisorcrm.rules.masking import mask_account, mask_name, mask_phone
from advisorcrm.rules.weight_book import WeightBook
from advisorcrm.services.access import names_are_masked, reads_commission
from advisorcrm.services.clients.client_matters import is_reachable
from advisorcrm.services.completeness.completeness_columns import completeness_percent, constant
from advisorcrm.services.consents.consent_states import sms_flag
from advisorcrm.terms import (
    ClientFlag,
    ClientKind,
    ClientStage,
    PointKind,
    RiskLevel,
    Sex,
    Term,
)

TermT = TypeVar("TermT", bound=Term)


@dataclass(slots=True)
class ClientRow:
    """One client in a list; sensitive values are masked before they get here.

    Nobody changes one. To have that enforced would cost a call a field, for each line of a page.
    """

    id: int
    name: Annotated[str, Column("客户", width=12, explain=N_("客户姓名或机构名称"))]
    tier: Annotated[str | None, Column("类型", codes=terms.TIER, width=8, explain=N_("客户类型"))]
    risk_level: Annotated[RiskLevel | None, Column("风险", width=8, explain=N_("风险等级"))]
    account: Annotated[
        str, Column("资金账号", width=10, sensitive=True, explain=N_("资金账号，默认掩码"))
    ]
    mobile: Annotated[
        str, Column("手机", width=13, sensitive=True, explain=N_("首选手机，默认掩码"))
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
        int, Column("完备率", form=Form.PERCENT, width=14, derived=True, explain=N_("档案完备率"))
    ]
    flags: Annotated[tuple[ClientFlag, ...], Column("标记", width=15, explain=N_("需要注意的情况"))]
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
    own: Mapping[str, str] = field(default_factory=dict)

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
    points = (
        select(ContactPoint.value)
        .where(
            ContactPoint.client_id == Client.id,
            ContactPoint.kind == constant(kind),
            ContactPoint.archived_at.is_(None),
        )
        .order_by(ContactPoint.position, ContactPoint.id)
    )
    return first(points, 1).correlate(Client).scalar_subquery()


def first(statement: AnySelect, count: int) -> AnySelect:
    """Only so many rows; a limit that is written out is one that SQLite plans with."""
    return statement.limit(constant(count)).offset(constant(0))


@lru_cache(maxsize=16)
def row_columns(book: WeightBook, today: date) -> tuple[ColumnElement[Any], ...]:
    """The columns of a list with their joins to come; built once, completeness is long."""
    return (
        Client.id,
        Client.name,
        Client.tier,
        _code(Client.risk_level),
        Client.account,
        point_value(PointKind.MOBILE).label("mobile"),
        Client.assets_fen,
        Client.commission_ppm,
        completeness_percent(book, today).label("completeness"),
        Client.client_no,
        _code(Client.stage),
        func.coalesce(User.name, constant("")).label("advisor_name"),
        func.coalesce(User.employee_no, constant("")).label("advisor_no"),
        func.coalesce(ClientGroup.name, constant("")).label("group_name"),
        Client.trading_habit,
        Client.service_need,
        Client.investment_preference,
        Client.trading_way,
        Client.contact_every_days,
        Client.last_contact_at,
        Client.opened_on,
        Client.updated_at,
        _code(Client.sex),
        _code(Client.kind),
        Client.initials,
        Client.risk_expires_on,
        Client.id_expires_on,
        Client.advisor_id,
        Client.is_restricted,
        sms_flag().label("sms_flag"),
        is_reachable().label("is_reachable"),
    )  # type: ignore[return-value]  # the stubs count attributes of a table apart


def _code(column: SQLColumnExpression[Any]) -> ColumnElement[str]:
    """A choice by its stored code; the column's own type would cost a call a cell."""
    return type_coerce(column, String)


def _by_code(choices: type[TermT]) -> dict[str | None, TermT]:
    return {choice.value: choice for choice in choices}


_RISK_LEVELS = _by_code(RiskLevel)
_STAGES = _by_code(ClientStage)
_SEXES = _by_code(Sex)
_KINDS = _by_code(ClientKind)
_FLAGS = _by_code(ClientFlag)


def row_maker(actor: Actor, today: date, warned_days: int) -> Callable[[Iterable[Any]], ClientRow]:
    """What makes masked rows of a list for one person and one day; rows come as by the page.

    A document is flagged ``warned_days`` before it expires (2.9b).
    """
    is_nameless, me, is_told = names_are_masked(actor), actor.user_id, reads_commission(actor)

    def make(found: Iterable[Any]) -> ClientRow:
        (
            key, name, tier, risk, account, mobile, assets, commission, completeness, client_no,
            stage, advisor, advisor_no, group, habit, need, preference, way, every_days,
            last_contact_at, opened_on, updated_at, sex, kind, initials, risk_expires, id_expires,
            advisor_id, is_restricted, sms, is_met,
        ) = found  # fmt: skip
        is_expired = risk_expires is not None and risk_expires < today
        flags = _flags(
            is_expired, _document(id_expires, today, warned_days), need == terms.DO_NOT_DISTURB,
            is_met, kind, _FLAGS[sms],
        )  # fmt: skip
        if is_restricted:
            flags = (ClientFlag.RESTRICTED, *flags)
        if is_nameless:
            name, initials = mask_name(name), ""
        return ClientRow(
            key, name, tier, _RISK_LEVELS.get(risk), mask_account(account),
            mask_phone(mobile or ""), assets, commission if is_told else None,
            days_since(last_contact_at, today), completeness, flags, client_no, _STAGES[stage],
            advisor, group, habit, need, preference, way or (), every_days, last_contact_at,
            opened_on, updated_at, _SEXES.get(sex), _KINDS[kind], advisor_no, initials,
            risk_expires, advisor_id == me,
        )  # fmt: skip

    return make


def days_since(at: datetime | None, today: date) -> int | None:
    """Whole days from the last conversation to today, by the branch's calendar."""
    if at is None:
        return None
    return max(0, today.toordinal() - at.astimezone(BRANCH_TIME).toordinal())


def _document(expires: date | None, today: date, warned_days: int) -> ClientFlag | None:
    """What is to be noted of a document that runs out on a day."""
    if expires is None:
        return None
    left = (expires - today).days
    if left < 0:
        return ClientFlag.ID_EXPIRED
    return ClientFlag.ID_EXPIRING if left <= warned_days else None


@lru_cache(maxsize=512)
def _flags(
    is_expired: bool, document: ClientFlag | None, is_refused: bool, is_met: bool | int,
    kind: str, sms: ClientFlag,
) -> tuple[ClientFlag, ...]:  # fmt: skip
    """Everything to be noted of one client, in the order of the list; few cases, so kept.

    Short messages are not worth a word where nothing may or can be sent at all. Who is met by no
    way stands in the list 无可用渠道, too (R2).
    """
    noted = (
        (is_expired, ClientFlag.RISK_EXPIRED),
        (document, document),
        (is_refused, ClientFlag.DO_NOT_DISTURB),
        (not is_met, ClientFlag.NO_CHANNEL),
        (is_met and not is_refused, sms),
        (kind == ClientKind.INSTITUTION, ClientFlag.INSTITUTION),
    )
    return tuple(flag for is_so, flag in noted if is_so and flag is not None)
