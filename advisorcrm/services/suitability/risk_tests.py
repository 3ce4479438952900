"""The suitability tests of a client: entered once, never changed; the newest counts (2.4)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Attachment, Client, RiskTest, User
from advisorcrm.services.access import any_client, own_client
from advisorcrm.services.branch.compliance_parameters import load_compliance
from advisorcrm.services.files.client_checks import EARLIEST, clean_text
from advisorcrm.terms import InvestorKind, RiskLevel

HIGHEST_SCORE = 1_000


@dataclass(frozen=True, slots=True)
class NewRiskTest:
    """A test as the questionnaire says; without ``expires_on`` it is valid as the branch rules."""

    uuid: str
    client_id: int
    tested_on: date
    level: RiskLevel
    score: int | None = None
    expires_on: date | None = None
    is_lowest: bool = False
    investor_kind: InvestorKind | None = InvestorKind.ORDINARY
    questionnaire: str = ""
    tester: str = ""
    attachment_id: int | None = None


@dataclass(frozen=True, slots=True)
class RiskTestRow:
    """One test in the ledger."""

    id: int
    tested_on: Annotated[date, Column("测评日期", width=11)]
    level: Annotated[RiskLevel, Column("风险等级", width=12)]
    score: Annotated[int | None, Column("得分", width=6, align="right")]
    expires_on: Annotated[date, Column("到期日期", width=11)]
    investor_kind: Annotated[InvestorKind | None, Column("投资者类别", width=11)]
    questionnaire: Annotated[str, Column("问卷", width=14)]
    tester: Annotated[str, Column("测评人", width=8)]
    user_name: Annotated[str, Column("录入人", width=8)]
    is_lowest: bool
    attachment_id: int | None


def enter_risk_test(session: Session, actor: Actor, new: NewRiskTest, *, now: datetime) -> int:
    """Enter a test; the file follows it unless it holds a newer one (2.4a, 2.4c).

    The same uuid again answers the same id. Raises InvalidFieldError for a date to come, an
    expiry before the test or later than the rules let it be, and a lowest category above C1.
    """
    client = own_client(session, actor, new.client_id)
    known = session.scalar(select(RiskTest.id).where(RiskTest.uuid == new.uuid))
    if known is not None:
        return known
    _check(session, new, today=branch_date(now))
    months = load_compliance(session).risk_test_months
    expires_on = new.expires_on or months_later(new.tested_on, months)
    _demand_valid_term(new.tested_on, expires_on, months, "expires_on")
    test = RiskTest(
        uuid=new.uuid,
        client_id=new.client_id,
        tested_on=new.tested_on,
        expires_on=expires_on,
        level=new.level,
        is_lowest=new.is_lowest,
        score=new.score,
        investor_kind=new.investor_kind,
        questionnaire=clean_text("questionnaire", new.questionnaire),
        tester=clean_text("tester", new.tester),
        attachment_id=new.attachment_id,
        user_id=actor.user_id,
        created_at=now,
    )
    session.add(test)
    if client.risk_tested_on is None or client.risk_tested_on <= new.tested_on:
        with because(session, f"风险测评 {new.tested_on.isoformat()}"):  # chinese: data
            _follow(client, test, now)
    session.flush()  # the caller is told the id
    return test.id


def list_risk_tests(session: Session, actor: Actor, client_id: int) -> list[RiskTestRow]:
    """All tests of a client, the newest first."""
    any_client(session, actor, client_id)
    rows = session.execute(
        select(
            RiskTest.id,
            RiskTest.tested_on,
            RiskTest.level,
            RiskTest.score,
            RiskTest.expires_on,
            RiskTest.investor_kind,
            RiskTest.questionnaire,
            RiskTest.tester,
            User.name.label("user_name"),
            RiskTest.is_lowest,
            RiskTest.attachment_id,
        )
        .join(User, User.id == RiskTest.user_id)
        .where(RiskTest.client_id == client_id)
        .order_by(RiskTest.tested_on.desc(), RiskTest.id.desc())
    ).mappings()
    return [RiskTestRow(**row) for row in rows]


def demand_valid_term(session: Session, tested_on: date, expires_on: date, *, field: str) -> None:
    """Refuse a test that would count longer than the compliance parameter allows (2.4c)."""
    _demand_valid_term(tested_on, expires_on, load_compliance(session).risk_test_months, field)


def _demand_valid_term(tested_on: date, expires_on: date, months: int, field: str) -> None:
    said = said_too_long(tested_on, expires_on, months)
    if said:
        raise InvalidFieldError(field, said)


def said_too_long(tested_on: date, expires_on: date, months: int) -> str:
    """Why a test cannot be valid so long; nothing if it can."""
    last = months_later(tested_on, months)
    if expires_on <= last:
        return ""
    return _("测评有效期为 {months} 个月，到期日最晚 {date}。").format(
        months=months, date=last.isoformat()
    )


def months_later(on: date, months: int) -> date:
    """The same day so many months on; the month's last day where there is no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(on.day, last))


def _follow(client: Client, test: RiskTest, now: datetime) -> None:
    client.risk_level = test.level
    client.risk_tested_on = test.tested_on
    client.risk_expires_on = test.expires_on
    client.is_lowest_risk = test.is_lowest
    if test.investor_kind is not None:
        client.investor_kind = test.investor_kind
    client.updated_at = now


def _check(session: Session, new: NewRiskTest, *, today: date) -> None:
    if not EARLIEST <= new.tested_on <= today:
        raise InvalidFieldError("tested_on", _("测评日期不能晚于今天。"))
    if new.expires_on is not None and new.expires_on < new.tested_on:
        raise InvalidFieldError("expires_on", _("测评到期日早于测评日期，请核对。"))
    if new.is_lowest and new.level is not RiskLevel.C1:
        raise InvalidFieldError("is_lowest", _("最低风险承受类别只属于 C1。"))
    if new.score is not None and not 0 <= new.score <= HIGHEST_SCORE:
        raise InvalidFieldError("score", _("得分应在 0 到 1000 之间。"))
    if new.attachment_id is not None:
        owner = select(Attachment.id).where(
            Attachment.id == new.attachment_id, Attachment.client_id == new.client_id
        )
        if session.scalar(owner) is None:
            raise NotFoundError(_("这份证明材料不在客户的附件里。"))
