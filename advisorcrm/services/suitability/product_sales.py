"""Sales of products to clients: one entry each, and the totals the branch reports (R11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import ColumnElement, extract, func, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, Form, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client, Product, ProductSale, User
from advisorcrm.rules.amounts import MOST_FEN
from advisorcrm.rules.masking import mask_account, mask_name
from advisorcrm.rules.suitability import Fit
from advisorcrm.services.access import (
    names_are_masked,
    own_client,
    visible_clients,
)
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.services.suitability.suitability import find_match, tested_on_day
from advisorcrm.terms import ProductRisk, SalesBy


@dataclass(frozen=True, slots=True)
class NewSale:
    """What the form gives; ``uuid`` is made when it opens, so that a retry sells once."""

    uuid: str
    client_id: int
    product_id: int
    sold_on: date
    amount_fen: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class SaleFilter:
    """Which sales: of a period, product, seller or client."""

    from_on: date | None = None
    to_on: date | None = None
    product_id: int | None = None
    user_id: int | None = None
    client_id: int | None = None


@dataclass(frozen=True, slots=True)
class SaleRow:
    """One sale; whether it matched is what the check said on that day."""

    id: int
    client_id: int
    sold_on: Annotated[date, Column("销售日期", width=12)]
    client_name: Annotated[str, Column("客户", width=12)]
    account: Annotated[str, Column("资金账号", width=10, sensitive=True)]
    product_code: Annotated[str, Column("产品代码", width=12)]
    product_name: Annotated[str, Column("产品名称", width=20)]
    kind: Annotated[str, Column("类别", codes=terms.PRODUCT_KIND, width=12)]
    risk: Annotated[ProductRisk | None, Column("风险等级", width=12)]
    amount_fen: Annotated[int, Column("金额", form=Form.MONEY, align="right", width=14)]
    match: Annotated[str, Column("适当性", width=16)]
    seller_name: Annotated[str, Column("销售人", width=10)]
    note: Annotated[str, Column("备注", width=20)]


@dataclass(frozen=True, slots=True)
class SaleTotal:
    """What one product, seller or month brought together."""

    id: int
    label: Annotated[str, Column("合计项", width=24)]
    count: Annotated[int, Column("笔数", align="right", width=8)]
    client_count: Annotated[int, Column("客户数", align="right", width=8)]
    amount_fen: Annotated[int, Column("金额", form=Form.MONEY, align="right", width=14)]


def record_sale(session: Session, actor: Actor, new: NewSale, *, now: datetime) -> int:
    """Note a sale to an own client; a repeated attempt answers the same id.

    What the suitability check says of that day stays with the sale (2.4b); a product without a
    grade is not checked.

    Raises InvalidFieldError for a product that is not on sale, a day to come or no amount.
    """
    own_client(session, actor, new.client_id)
    known = session.scalar(select(ProductSale.id).where(ProductSale.uuid == new.uuid))
    if known is not None:
        return known
    product = session.get(Product, new.product_id)
    if product is None or product.is_retired:
        raise InvalidFieldError("product_id", _("请选在售的产品。"))
    if new.sold_on > branch_date(now):
        raise InvalidFieldError("sold_on", _("销售日期不能晚于今天。"))
    if not 0 < new.amount_fen < MOST_FEN:
        raise InvalidFieldError("amount_fen", _("请填大于 0 的金额。"))
    is_match, reason = _checked(session, actor, new, product.risk)
    sale = ProductSale(
        uuid=new.uuid,
        client_id=new.client_id,
        product_id=new.product_id,
        sold_on=new.sold_on,
        amount_fen=new.amount_fen,
        user_id=actor.user_id,
        note=clean_text("note", new.note),
        is_match=is_match,
        match_reason=reason,
        created_at=now,
    )
    session.add(sale)
    session.flush()  # the id is the answer
    return sale.id


def archive_sale(session: Session, actor: Actor, sale_id: int, *, now: datetime) -> None:
    """Take a wrong entry out of the log; it stays in the history."""
    _own_sale(session, actor, sale_id, is_archived=False).archived_at = now


def restore_sale(session: Session, actor: Actor, sale_id: int) -> None:
    """Bring an entry back that was taken out."""
    _own_sale(session, actor, sale_id, is_archived=True).archived_at = None


def list_sales(session: Session, actor: Actor, query: SaleFilter) -> list[SaleRow]:
    """The sales log, the newest first."""
    statement = (
        select(
            ProductSale.id, Client.id, ProductSale.sold_on, Client.name, Client.account,
            Product.code, Product.name, Product.kind, Product.risk, ProductSale.amount_fen,
            ProductSale.is_match, ProductSale.match_reason, User.name, ProductSale.note,
        )
        .select_from(ProductSale)
        .join(Client, Client.id == ProductSale.client_id)
        .join(Product, Product.id == ProductSale.product_id)
        .join(User, User.id == ProductSale.user_id)
        .where(*_conditions(actor, query))
        .order_by(ProductSale.sold_on.desc(), ProductSale.id.desc())
    )  # fmt: skip
    hide = names_are_masked(actor)
    return [
        SaleRow(
            key, client_id, sold_on, mask_name(name) if hide else name,
            mask_account(account or ""), code, product, kind, risk, amount,
            said_match(is_match, reason), seller, note,
        )
        for (key, client_id, sold_on, name, account, code, product, kind, risk, amount, is_match,
             reason, seller, note) in session.execute(statement)
    ]  # fmt: skip


def list_sale_totals(
    session: Session, actor: Actor, query: SaleFilter, by: SalesBy
) -> list[SaleTotal]:
    """Number, clients and amount for each product, seller or month, the largest first."""
    key, label = _GROUPS[by]
    amount = func.sum(ProductSale.amount_fen)
    statement = (
        select(
            key, label, func.count(ProductSale.id),
            func.count(func.distinct(ProductSale.client_id)), amount,
        )
        .select_from(ProductSale)
        .join(Client, Client.id == ProductSale.client_id)
        .join(Product, Product.id == ProductSale.product_id)
        .join(User, User.id == ProductSale.user_id)
        .where(*_conditions(actor, query))
        .group_by(key, label)
        .order_by(key.desc() if by is SalesBy.MONTH else amount.desc())
    )  # fmt: skip
    return [
        SaleTotal(int(group), _said_group(by, int(group), said), count, clients, int(fen))
        for group, said, count, clients, fen in session.execute(statement)
    ]


def said_match(is_match: bool | None, reason: str) -> str:
    """What the suitability check said, in words; nothing where there was none."""
    if is_match is None:
        return reason
    said = _("匹配") if is_match else _("不匹配")
    return f"{said} · {reason}" if reason else said


def _checked(
    session: Session, actor: Actor, new: NewSale, grade: ProductRisk | None
) -> tuple[bool | None, str]:
    """Whether it matched on the day of sale, and by which level and grade, in Chinese."""
    if grade is None:
        return None, ""
    found = find_match(session, actor, new.client_id, grade, today=new.sold_on)
    if found.fit in (Fit.EXPIRED, Fit.UNKNOWN):
        return False, found.fit.label_zh
    client = own_client(session, actor, new.client_id)
    level = tested_on_day(session, client, new.sold_on).level
    return found.fit is Fit.MATCH, f"{level} × {grade}"


_MONTH = extract("year", ProductSale.sold_on) * 100 + extract("month", ProductSale.sold_on)
_GROUPS: dict[SalesBy, tuple[ColumnElement[Any], ColumnElement[Any]]] = {
    SalesBy.PRODUCT: (Product.id, Product.name),  # type: ignore[dict-item]
    SalesBy.SELLER: (User.id, User.name),  # type: ignore[dict-item]
    SalesBy.MONTH: (_MONTH, _MONTH),
}


def _said_group(by: SalesBy, key: int, label: object) -> str:
    return f"{key // 100}-{key % 100:02d}" if by is SalesBy.MONTH else str(label)


def _conditions(actor: Actor, query: SaleFilter) -> list[ColumnElement[bool]]:
    conditions = [
        ProductSale.archived_at.is_(None),
        Client.archived_at.is_(None),
        visible_clients(actor),
    ]
    if query.from_on is not None:
        conditions.append(ProductSale.sold_on >= query.from_on)
    if query.to_on is not None:
        conditions.append(ProductSale.sold_on <= query.to_on)
    for column, value in (
        (ProductSale.product_id, query.product_id),
        (ProductSale.user_id, query.user_id),
        (ProductSale.client_id, query.client_id),
    ):
        if value is not None:
            conditions.append(column == value)
    return conditions


def _own_sale(session: Session, actor: Actor, sale_id: int, *, is_archived: bool) -> ProductSale:
    sale = session.get(ProductSale, sale_id)
    if sale is None or (sale.archived_at is not None) is not is_archived:
        raise NotFoundError(_("找不到这笔销售。"))
    own_client(session, actor, sale.client_id)
    return sale
