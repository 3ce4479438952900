"""Suitability: the matrix of the branch and whether a product fits a client (2.4b)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Client, RiskTest, SuitabilityMatch
from advisorcrm.rules.suitability import (
    LOWEST,
    Suitability,
    TestedLevel,
    default_matrix,
    fit,
)
from advisorcrm.services.access import Right, any_client, demand
from advisorcrm.terms import ProductRisk, RiskLevel


def seed_suitability(session: Session) -> None:
    """Give a branch the usual matrix, cell by cell where it has none."""
    cells = session.execute(select(SuitabilityMatch.level, SuitabilityMatch.product_risk))
    known = {tuple(cell) for cell in cells}
    rows = [
        {"level": level, "product_risk": grade, "is_match": is_match, "version": 1}
        for (level, grade), is_match in default_matrix().items()
        if (level, grade) not in known
    ]
    if rows:
        session.execute(insert(SuitabilityMatch), rows)


def load_matrix(session: Session, actor: Actor) -> dict[tuple[str, ProductRisk], bool]:
    """Which level may be offered which grade; every role may know it."""
    rows = session.execute(
        select(
            SuitabilityMatch.level, SuitabilityMatch.product_risk, SuitabilityMatch.is_match
        ).order_by(SuitabilityMatch.level, SuitabilityMatch.product_risk)
    )
    return {(level, grade): is_match for level, grade, is_match in rows}


def set_match(
    session: Session, actor: Actor, level: str, grade: ProductRisk, *, is_match: bool
) -> None:
    """Change one cell of the matrix. Raises InvalidFieldError for more than R1 at the lowest."""
    demand(actor, Right.MANAGE_BRANCH)
    if level not in {LOWEST, *(known.value for known in RiskLevel)}:
        raise InvalidFieldError("level", _("没有这个风险等级。"))
    if level == LOWEST and grade is not ProductRisk.R1 and is_match:
        raise InvalidFieldError("is_match", _("最低风险承受类别只能匹配 R1，不得放宽。"))
    row = session.scalar(
        select(SuitabilityMatch).where(
            SuitabilityMatch.level == level, SuitabilityMatch.product_risk == grade
        )
    )
    if row is None:
        session.add(SuitabilityMatch(level=level, product_risk=grade, is_match=is_match))
    else:
        row.is_match = is_match


def find_match(
    session: Session, actor: Actor, client_id: int, grade: ProductRisk, *, today: date
) -> Suitability:
    """Whether a product of this grade may be recommended to the client on a day.

    For a day gone by the test counts that was valid then. Raises NotFoundError for a client whom
    the person may not see.
    """
    tested = tested_on_day(session, any_client(session, actor, client_id), today)
    return fit(tested, grade, load_matrix(session, actor), today)


def tested_on_day(session: Session, client: Client, day: date) -> TestedLevel:
    """What the client's tests said on a day: nothing before the first of them."""
    if client.risk_tested_on is None or client.risk_tested_on <= day:
        return TestedLevel(client.risk_level, client.risk_expires_on, client.is_lowest_risk)
    earlier = session.scalar(
        select(RiskTest)
        .where(RiskTest.client_id == client.id, RiskTest.tested_on <= day)
        .order_by(RiskTest.tested_on.desc(), RiskTest.id.desc())
        .limit(1)
    )
    if earlier is None:
        return TestedLevel(None, None, is_lowest=False)
    return TestedLevel(earlier.level, earlier.expires_on, earlier.is_lowest)
