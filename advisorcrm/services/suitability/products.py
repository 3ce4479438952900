"""The funds and wealth products the branch sells, kept by the manager (R11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Product
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import ProductRisk

_LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product; a retired one is no longer offered but keeps its sales."""

    id: int
    code: Annotated[str, Column("产品代码", width=12)]
    name: Annotated[str, Column("产品名称", width=24)]
    kind: Annotated[str, Column("类别", codes=terms.PRODUCT_KIND, width=14)]
    risk: Annotated[ProductRisk | None, Column("风险等级", width=14)]
    is_retired: Annotated[bool, Column("停售", width=8)]


@dataclass(frozen=True, slots=True)
class ProductData:
    """What the manager enters for a product."""

    code: str
    name: str
    kind: str
    risk: ProductRisk | None = None
    is_retired: bool = False


def list_products(
    session: Session, actor: Actor, *, with_retired: bool = False
) -> list[ProductRow]:
    """What is sold, by code; every role may know it."""
    statement = select(Product).order_by(Product.is_retired, Product.code)
    if not with_retired:
        statement = statement.where(Product.is_retired.is_(False))
    return [
        ProductRow(item.id, item.code, item.name, item.kind, item.risk, item.is_retired)
        for item in session.scalars(statement)
    ]


def add_product(session: Session, actor: Actor, data: ProductData) -> int:
    """Enter a product (manager). Raises InvalidFieldError for an empty or taken code."""
    demand(actor, Right.LEAD_LISTS)
    product = Product(**_cleaned(session, data))
    session.add(product)
    session.flush()  # the id is the answer
    return product.id


def change_product(session: Session, actor: Actor, product_id: int, data: ProductData) -> None:
    """Correct a product or take it off sale; past sales keep what was checked then."""
    demand(actor, Right.LEAD_LISTS)
    product = session.get(Product, product_id)
    if product is None:
        raise NotFoundError(_("找不到这个产品。"))
    for name, value in _cleaned(session, data, except_id=product_id).items():
        setattr(product, name, value)


def _cleaned(session: Session, data: ProductData, *, except_id: int = 0) -> dict[str, object]:
    code = clean_text("code", data.code, limit=_LONGEST_CODE)
    name = clean_text("name", data.name)
    if not code:
        raise InvalidFieldError("code", _("请填产品代码。"))
    if not name:
        raise InvalidFieldError("name", _("请填产品名称。"))
    if not data.kind:
        raise InvalidFieldError("kind", _("请选产品类别。"))
    demand_codes(session, terms.PRODUCT_KIND, (data.kind,), field="kind")
    taken = select(Product.id).where(Product.code == code, Product.id != except_id)
    if session.scalar(taken) is not None:
        raise InvalidFieldError("code", _("已有代码为 {code} 的产品。").format(code=code))
    return {
        "code": code, "name": name, "kind": data.kind, "risk": data.risk,
        "is_retired": data.is_retired,
    }  # fmt: skip
