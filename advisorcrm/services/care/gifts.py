"""Presents to clients: registered with item and value, approved by another person (R113, R120).

The rules of integrity (2.11) limit what may be given: the limits of one present and of a year
are compliance parameters. What goes beyond them is not refused but needs a reason, and whoever
approves reads it. The approver is never the person who registered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from advisorcrm.columns import Column, Form, branch_date, show_yuan
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client, Gift, User
from advisorcrm.rules.amounts import MOST_FEN
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.access import (
    Right,
    demand,
    demand_client,
    names_are_masked,
    own_client,
    visible_clients,
)
from advisorcrm.services.branch.compliance_parameters import load_compliance
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import GiftState


@dataclass(frozen=True, slots=True)
class NewGift:
    """A present as it is registered."""

    uuid: str
    client_id: int
    given_on: date
    item: str
    value_fen: int
    occasion: str = ""
    over_limit_reason: str = ""


@dataclass(frozen=True, slots=True)
class GiftLimits:
    """What a client has had in a year, and how a further present stands to the limits."""

    year: int
    count: int
    total_fen: int
    once_fen: int
    year_fen: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GiftRow:
    """One present as the register shows it."""

    id: int
    client_id: int
    given_on: Annotated[date, Column("日期", width=12)]
    client_name: Annotated[str, Column("客户", width=12)]
    item: Annotated[str, Column("礼品", width=18)]
    value_fen: Annotated[int, Column("价值", form=Form.MONEY, align="right", width=12)]
    year_fen: Annotated[int, Column("当年累计", form=Form.MONEY, align="right", width=12)]
    occasion: Annotated[str, Column("事由", width=14)]
    state: Annotated[GiftState, Column("状态", width=10)]
    who: Annotated[str, Column("登记人", width=10)]
    approver: Annotated[str, Column("批准人", width=10)]
    remark: Annotated[str, Column("说明", width=24)]


def check_gift(
    session: Session, actor: Actor, client_id: int, *, given_on: date, value_fen: int = 0
) -> GiftLimits:
    """The year's total of a client with another present in it, and what goes beyond a limit."""
    demand(actor, Right.READ_FILES)
    demand_client(session, actor, client_id)
    rules = load_compliance(session)
    once, whole = rules.gift_once_yuan * 100, rules.gift_year_yuan * 100
    count, total = _year(session, client_id, given_on.year)
    warnings = []
    if value_fen > once:
        warnings.append(_("单件 {value}，超过上限 {limit}").format(
            value=show_yuan(value_fen), limit=show_yuan(once)))  # fmt: skip
    if total + value_fen > whole:
        warnings.append(_("当年累计 {value}，超过上限 {limit}").format(
            value=show_yuan(total + value_fen), limit=show_yuan(whole)))  # fmt: skip
    return GiftLimits(given_on.year, count, total, once, whole, tuple(warnings))


def register_gift(session: Session, actor: Actor, new: NewGift, *, now: datetime) -> int:
    """Enter a present to an own client; it waits for approval. A repeated attempt changes nothing.

    Raises InvalidFieldError without item or value, for a day to come, and for a present beyond a
    limit without a reason.
    """
    own_client(session, actor, new.client_id)
    known = session.scalar(select(Gift.id).where(Gift.uuid == new.uuid))
    if known is not None:
        return known
    item = clean_text("item", new.item)
    if not item:
        raise InvalidFieldError("item", _("请写明送的是什么。"))
    if not 0 < new.value_fen < MOST_FEN:
        raise InvalidFieldError("value_fen", _("请填大于 0 的金额。"))
    if new.given_on > branch_date(now):
        raise InvalidFieldError("given_on", _("日期不能晚于今天。"))
    limits = check_gift(
        session, actor, new.client_id, given_on=new.given_on, value_fen=new.value_fen
    )
    reason = clean_text("over_limit_reason", new.over_limit_reason)
    if limits.warnings and not reason:
        raise InvalidFieldError(
            "over_limit_reason",
            _("{warnings}。要登记请写明原因。").format(warnings=_("；").join(limits.warnings)),
        )
    gift = Gift(
        uuid=new.uuid,
        client_id=new.client_id,
        given_on=new.given_on,
        item=item,
        value_fen=new.value_fen,
        occasion=clean_text("occasion", new.occasion),
        over_limit_reason=reason if limits.warnings else "",
        user_id=actor.user_id,
        registered_at=now,
    )
    session.add(gift)
    session.flush()  # the id is the answer
    return gift.id


def decide_gift(
    session: Session,
    actor: Actor,
    gift_id: int,
    *,
    is_approved: bool,
    note: str = "",
    now: datetime,
) -> None:
    """Approve a present or not (manager, leader).

    Raises NotAllowedError for one's own, InvalidFieldError for a refusal without a word, and
    NotFoundError for one that is decided already.
    """
    demand(actor, Right.LEAD_TEAM)
    gift = session.get(Gift, gift_id)
    if gift is None or gift.state is not GiftState.PENDING:
        raise NotFoundError(_("这件礼品已处理过，请刷新后再看。"))
    if gift.user_id == actor.user_id:
        raise NotAllowedError(_("自己登记的礼品须由另一位客服经理或营业部负责人批准。"))
    said = clean_text("note", note)
    if not is_approved and not said:
        raise InvalidFieldError("note", _("不批准请写明原因。"))
    gift.state = GiftState.APPROVED if is_approved else GiftState.REFUSED
    gift.decided_by_id, gift.decided_at, gift.decision_note = actor.user_id, now, said


def list_gifts(
    session: Session,
    actor: Actor,
    *,
    client_id: int | None = None,
    year: int | None = None,
    state: GiftState | None = None,
) -> list[GiftRow]:
    """The register, the newest first: of one client, of a year, or what waits for approval.

    Not for the front desk (NotAllowedError).
    """
    demand(actor, Right.READ_FILES)
    approver = aliased(User)
    statement = (
        select(Gift, Client.name, User.name, approver.name)
        .join(Client, Client.id == Gift.client_id)
        .join(User, User.id == Gift.user_id)
        .outerjoin(approver, approver.id == Gift.decided_by_id)
        .where(visible_clients(actor))
        .order_by(Gift.given_on.desc(), Gift.id.desc())
    )
    if client_id is not None:
        statement = statement.where(Gift.client_id == client_id)
    if state is not None:
        statement = statement.where(Gift.state == state)
    if year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        statement = statement.where(Gift.given_on >= first, Gift.given_on <= last)
    hide = names_are_masked(actor)
    found = session.execute(statement).all()
    totals = _totals(session, {(gift.client_id, gift.given_on.year) for gift, *_more in found})
    return [
        _row(gift, mask_name(name) if hide else name, who, approved_by or "", totals)
        for gift, name, who, approved_by in found
    ]


def _row(
    gift: Gift, name: str, who: str, approver: str, totals: dict[tuple[int, int], int]
) -> GiftRow:
    remark = _("；").join(filter(None, (gift.over_limit_reason, gift.decision_note)))
    return GiftRow(
        gift.id, gift.client_id, gift.given_on, name, gift.item, gift.value_fen,
        totals.get((gift.client_id, gift.given_on.year), 0), gift.occasion, gift.state, who,
        approver, remark,
    )  # fmt: skip


def _totals(session: Session, wanted: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The value by client and year, a query a year: the register is long."""
    totals: dict[tuple[int, int], int] = {}
    for year in {year for _client, year in wanted}:
        rows = session.execute(
            select(Gift.client_id, func.sum(Gift.value_fen))
            .where(*_counted(year))
            .group_by(Gift.client_id)
        )
        totals |= {(client, year): int(value) for client, value in rows}
    return totals


def _year(session: Session, client_id: int, year: int) -> tuple[int, int]:
    """Number and value of a year's presents; those not approved do not count."""
    found = session.execute(
        select(func.count(), func.coalesce(func.sum(Gift.value_fen), 0)).where(
            Gift.client_id == client_id, *_counted(year)
        )
    ).one()
    return int(found[0]), int(found[1])


def _counted(year: int) -> tuple[ColumnElement[bool], ...]:
    """Presents of a year that count: not those that were refused."""
    return (
        Gift.given_on >= date(year, 1, 1),
        Gift.given_on <= date(year, 12, 31),
        Gift.state != GiftState.REFUSED,
    )
