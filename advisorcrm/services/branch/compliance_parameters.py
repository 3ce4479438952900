"""Figures that rules prescribe: the value in force, its source, changed by two persons (2, 3.13).

One manager or leader proposes, another accepts or refuses; nobody decides on an own proposal,
and the administrator takes no part. The value in force is the last that was accepted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.db.prepared import Prepared
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.i18n import N_, _
from advisorcrm.models import ComplianceParameter, User
from advisorcrm.rules.sending import read_hours
from advisorcrm.services.access import Right, demand
from advisorcrm.services.files.client_checks import clean_text

_COMMAS = re.compile("[，,、；;]")  # chinese: data
RISK_TEST_MONTHS, CONTACT_HOURS, MERGE_UNDO_DAYS, VISITS_A_DAY = (
    "risk_test_months", "contact_hours", "merge_undo_days", "visits_a_day",
)  # fmt: skip
RISK_REMINDERS, ID_REMINDERS, ID_WARNING_DAYS, FIRST_CONTACT_DAYS = (
    "risk_reminders", "id_reminders", "id_warning_days", "first_contact_days",
)  # fmt: skip
REVEAL_SECONDS, IMPORT_UNDO_DAYS, TIER_REST_DAYS = (
    "reveal_seconds", "import_undo_days", "tier_rest_days",
)  # fmt: skip
_MOST_STEPS, _LONGEST_STEP = 5, 365
_LONGEST_RISK_TEST = 24
"""Months: the regulator wants a test at least every two years (2.4c); a branch may be stricter."""
WITHDRAWN = "提议人撤回"  # chinese: data
"""Why the history says that a proposal came to nothing."""
GIFT_ONCE_YUAN, GIFT_YEAR_YUAN = "gift_once_yuan", "gift_year_yuan"


@dataclass(frozen=True, slots=True)
class ComplianceParameters:
    """The values in force, as services ask for them."""

    risk_test_months: int = 24
    contact_hours: tuple[str, ...] = ("08:30-12:00", "13:00-20:00")
    merge_undo_days: int = 30
    visits_a_day: int = 3
    risk_reminders: tuple[int, ...] = (60, 30, 7)
    id_reminders: tuple[int, ...] = (90, 60, 30, 7, 0)
    id_warning_days: int = 60
    first_contact_days: int = 7
    reveal_seconds: int = 30
    import_undo_days: int = 7
    tier_rest_days: int = 90
    gift_once_yuan: int = 200
    gift_year_yuan: int = 500

    @property
    def risk_warning_days(self) -> int:
        """From so many days before its end on a risk test is marked: the first reminder."""
        return max(self.risk_reminders)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure: what it is called, where it comes from, how a typed value is checked."""

    name: str
    label: str
    unit: str
    source: str
    used_by: str
    default: str
    clean: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that waits for a second person."""

    id: int
    value: str
    reason: str
    proposed_by: str
    proposed_at: datetime
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One figure as the settings show it; who changed it last and when, if anybody did."""

    name: str
    label: str
    unit: str
    source: str
    used_by: str
    value: str
    default: str
    changed_by: str = ""
    changed_at: datetime | None = None
    proposal: Proposal | None = None


def _between(name: str, low: int, high: int) -> Callable[[str], str]:
    def clean(text: str) -> str:
        number = text.strip()
        if not (number.isascii() and number.isdecimal()) or not low <= int(number) <= high:
            raise InvalidFieldError(
                name, _("请填 {low} 到 {high} 之间的数。").format(low=low, high=high)
            )
        return str(int(number))

    return clean


def _steps(name: str) -> Callable[[str], str]:
    """Days before an end, the earliest reminder first."""

    def clean(text: str) -> str:
        parts = _COMMAS.sub(" ", text).split()
        if not all(part.isascii() and part.isdecimal() for part in parts):
            raise InvalidFieldError(name, _("请写天数，以逗号分开，例如 60,30,7。"))
        days = sorted({int(part) for part in parts}, reverse=True)
        if not 0 < len(days) <= _MOST_STEPS or days[0] > _LONGEST_STEP:
            raise InvalidFieldError(
                name,
                _("请写 1 到 {count} 个天数，最长 {days} 天。").format(
                    count=_MOST_STEPS, days=_LONGEST_STEP
                ),
            )
        return ",".join(map(str, days))

    return clean


def _clean_hours(text: str) -> str:
    spans = tuple(part.strip() for part in _COMMAS.split(text) if part.strip())
    read_hours(spans)
    return ",".join(spans)


_EXPIRY_STEPS = N_("到期提醒与到期名单的步骤；最早的一步也是临期标记和访问理由的起点")
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(RISK_TEST_MONTHS, N_("风险测评有效期"), N_("个月"),
              N_("投资者适当性后续评估，至少每两年一次（2010 年证监会规定）"),
              N_("登记风险测评时推算到期日；档案与导入的到期日不得更晚"), "24",
              _between(RISK_TEST_MONTHS, 1, _LONGEST_RISK_TEST)),
    Parameter(CONTACT_HOURS, N_("可联系时段"), "",
              N_("不在休息时间打扰客户；邮件不受时段限制"),
              N_("短信、电话、微信能否联系的判断"), "08:30-12:00,13:00-20:00", _clean_hours),
    Parameter(MERGE_UNDO_DAYS, N_("合并可撤销"), N_("天"),
              N_("业务记录不得毁损（证券法第 137 条）；合并的档案须能分开"),
              N_("重复客户页的撤销"), "30", _between(MERGE_UNDO_DAYS, 7, 365)),
    Parameter(GIFT_ONCE_YUAN, N_("单件礼品价值上限"), N_("元"),
              N_("廉洁从业规定；数额以公司制度为准"),
              N_("礼品登记的提示与批准"), "200", _between(GIFT_ONCE_YUAN, 0, 100_000)),
    Parameter(GIFT_YEAR_YUAN, N_("每位客户每年礼品上限"), N_("元"),
              N_("廉洁从业规定；数额以公司制度为准"),
              N_("礼品登记的提示与批准"), "500", _between(GIFT_YEAR_YUAN, 0, 100_000)),
    Parameter(VISITS_A_DAY, N_("每日访问客户数"), N_("位"),
              N_("每天至少访问三名所服务的客户"),
              N_("今日三访、周进度与档案检查"), "3", _between(VISITS_A_DAY, 1, 20)),
    Parameter(RISK_REMINDERS, N_("风险测评到期提醒"), N_("天前"),
              N_("适当性评估须按时更新，到期前提醒（2.4c；2010 年证监会规定）"),
              _EXPIRY_STEPS, "60,30,7", _steps(RISK_REMINDERS)),
    Parameter(ID_REMINDERS, N_("证件到期提醒"), N_("天前"),
              N_("客户身份资料须在有效期内，过期应限期更新（2.9b；反洗钱法）"),
              _EXPIRY_STEPS, "90,60,30,7,0", _steps(ID_REMINDERS)),
    Parameter(ID_WARNING_DAYS, N_("证件临期标记"), N_("天"),
              N_("客户身份资料须在有效期内，过期应限期更新（2.9b；反洗钱法）"),
              N_("客户列表的标记与档案页的徽章"), "60", _between(ID_WARNING_DAYS, 1, 365)),
    Parameter(FIRST_CONTACT_DAYS, N_("移交后首次沟通"), N_("天"),
              N_("接手的客服专员一周内完成首次沟通"),
              N_("移交客户与首次沟通名单的期限"), "7", _between(FIRST_CONTACT_DAYS, 1, 30)),
    Parameter(REVEAL_SECONDS, N_("完整号码显示时长"), N_("秒"),
              N_("个人信息最小必要、默认掩码（2.7f；个人信息保护法第 6 条）"),
              N_("显示号码后自动掩码，复制的内容同时清空"), "30", _between(REVEAL_SECONDS, 5, 120)),
    Parameter(IMPORT_UNDO_DAYS, N_("导入可撤销"), N_("天"),
              N_("业务记录须真实准确，错误的导入须能整批更正"),
              N_("导入记录的撤销整批"), "7", _between(IMPORT_UNDO_DAYS, 1, 90)),
    Parameter(TIER_REST_DAYS, N_("分级提议被拒后停提"), N_("天"),
              N_("客户类型由人确认，拒绝的提议不反复提出"),
              N_("客户分级页的提议"), "90", _between(TIER_REST_DAYS, 7, 365)),
)  # fmt: skip
_BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}


_ACCEPTED = Prepared(
    select(ComplianceParameter.name, ComplianceParameter.value)
    .where(ComplianceParameter.is_accepted.is_(True))
    .order_by(ComplianceParameter.decided_at, ComplianceParameter.id)
)


def load_compliance(session: Session) -> ComplianceParameters:
    """The values in force: of each figure the last accepted within its bounds, else its default."""
    return _in_force(tuple((name, value) for name, value in _ACCEPTED.ask(session)))


@lru_cache(maxsize=8)
def _in_force(accepted: tuple[tuple[str, str], ...]) -> ComplianceParameters:
    """Read once: every list of clients asks for them."""
    values = {one.name: one.default for one in PARAMETERS}
    values |= {name: value for name, value in accepted if _is_within_bounds(name, value)}
    return ComplianceParameters(
        risk_test_months=int(values[RISK_TEST_MONTHS]),
        contact_hours=tuple(values[CONTACT_HOURS].split(",")),
        merge_undo_days=int(values[MERGE_UNDO_DAYS]),
        gift_once_yuan=int(values[GIFT_ONCE_YUAN]),
        gift_year_yuan=int(values[GIFT_YEAR_YUAN]),
        visits_a_day=int(values[VISITS_A_DAY]),
        risk_reminders=_days(values[RISK_REMINDERS]),
        id_reminders=_days(values[ID_REMINDERS]),
        id_warning_days=int(values[ID_WARNING_DAYS]),
        first_contact_days=int(values[FIRST_CONTACT_DAYS]),
        reveal_seconds=int(values[REVEAL_SECONDS]),
        import_undo_days=int(values[IMPORT_UNDO_DAYS]),
        tier_rest_days=int(values[TIER_REST_DAYS]),
    )


def _is_within_bounds(name: str, value: str) -> bool:
    """Whether a value that was accepted once may count still: bounds follow the rules."""
    try:
        _BY_NAME[name].clean(value)
    except (KeyError, InvalidFieldError):
        return False
    return True


def _days(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def list_compliance(session: Session, actor: Actor) -> list[ParameterRow]:
    """Every figure with its value, source, last change and open proposal."""
    demand(actor, Right.SEE_STANDARDS)
    proposer, decider = aliased(User), aliased(User)
    rows = session.execute(
        select(ComplianceParameter, proposer.name, decider.name)
        .join(proposer, proposer.id == ComplianceParameter.proposed_by_id)
        .outerjoin(decider, decider.id == ComplianceParameter.decided_by_id)
        .order_by(ComplianceParameter.decided_at, ComplianceParameter.id)
    )
    accepted: dict[str, tuple[str, str, datetime | None]] = {}
    opened: dict[str, Proposal] = {}
    for row, by, decided_by in rows:
        if row.is_accepted and _is_within_bounds(row.name, row.value):
            who = _("{proposer} 提议，{decider} 确认").format(proposer=by, decider=decided_by)
            accepted[row.name] = row.value, who, row.decided_at
        elif row.is_accepted is None:
            opened[row.name] = Proposal(row.id, row.value, row.reason, by, row.proposed_at,
                                        row.proposed_by_id == actor.user_id)  # fmt: skip
    return [
        ParameterRow(
            one.name, _(one.label), _(one.unit) if one.unit else "", _(one.source),
            _(one.used_by), value, one.default, who, at, opened.get(one.name),
        )
        for one in PARAMETERS
        for value, who, at in [accepted.get(one.name, (one.default, "", None))]
    ]  # fmt: skip


def propose_parameter(
    session: Session, actor: Actor, name: str, value: str, reason: str, *, now: datetime
) -> int:
    """Ask for another value; it is in force once somebody else has accepted it.

    Raises InvalidFieldError for a value out of bounds or without a reason, and while another
    proposal about this figure is open.
    """
    demand(actor, Right.SET_COMPLIANCE)
    parameter = _BY_NAME.get(name)
    if parameter is None:
        raise NotFoundError(_("没有这个合规参数。"))
    try:
        value = parameter.clean(value)
    except InvalidFieldError as error:
        raise InvalidFieldError("value", error.reason) from error
    reason = clean_text("reason", reason)
    if not reason:
        raise InvalidFieldError("reason", _("请写明原因或依据的文件。"))
    is_open = select(ComplianceParameter.id).where(
        ComplianceParameter.name == name, ComplianceParameter.is_accepted.is_(None)
    )
    if session.scalar(is_open) is not None:
        raise InvalidFieldError("value", _("已有一个提议在等确认，请先处理。"))
    with because(session, reason):
        row = ComplianceParameter(
            name=name, value=value, reason=reason, proposed_by_id=actor.user_id, proposed_at=now
        )
        session.add(row)
        session.flush()  # the id is the answer
        return row.id


def decide_parameter(
    session: Session, actor: Actor, proposal_id: int, *, is_accepted: bool, now: datetime
) -> None:
    """Accept or refuse what somebody else proposed.

    Raises NotAllowedError for an own proposal, NotFoundError for one that is decided already,
    InvalidFieldError for accepting what the rules have ceased to allow.
    """
    row = _open_proposal(session, actor, proposal_id)
    if row.proposed_by_id == actor.user_id:
        raise NotAllowedError(_("自己的提议须由另一位客服经理或营业部负责人确认。"))
    if is_accepted:
        _BY_NAME[row.name].clean(row.value)
    with because(session, row.reason):
        row.is_accepted, row.decided_by_id, row.decided_at = is_accepted, actor.user_id, now


def withdraw_proposal(session: Session, actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Take an own proposal back before anybody decides; the value stays, the trace too.

    Raises NotAllowedError for somebody else's, NotFoundError for one that is decided already.
    """
    row = _open_proposal(session, actor, proposal_id)
    if row.proposed_by_id != actor.user_id:
        raise NotAllowedError(_("别人的提议请点“不采纳”；只有提议人自己可以撤回。"))
    with because(session, WITHDRAWN):
        row.is_accepted, row.decided_by_id, row.decided_at = False, actor.user_id, now


def _open_proposal(session: Session, actor: Actor, proposal_id: int) -> ComplianceParameter:
    demand(actor, Right.SET_COMPLIANCE)
    row = session.get(ComplianceParameter, proposal_id)
    if row is None or row.is_accepted is not None:
        raise NotFoundError(_("这个提议已处理过，请刷新后再看。"))
    return row
