"""Products and their sales: entered once, added up, taken back (R11)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.services.suitability.product_sales import (
    NewSale,
    SaleFilter,
    archive_sale,
    list_sale_totals,
    list_sales,
    record_sale,
    restore_sale,
)
from advisorcrm.services.suitability.products import (
    ProductData,
    add_product,
    change_product,
    list_products,
)
from advisorcrm.services.suitability.risk_tests import NewRiskTest, enter_risk_test
from advisorcrm.terms import ProductRisk, RiskLevel, SalesBy
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client


def product(database: Database, people: People, code: str = "000001", **values: Any) -> int:
    data = ProductData(code, values.pop("name", "稳健一号"), "fund", ProductRisk.R2, **values)
    return database.acting_as(people.manager).write(lambda s, a: add_product(s, a, data))


def sell(database: Database, actor: Any, client: int, product_id: int, **values: Any) -> int:
    fen, on = values.pop("fen", 100_00), values.pop("on", TODAY)
    sale = NewSale(str(uuid.uuid4()), client, product_id, on, fen, **values)
    return database.acting_as(actor).write(lambda s, a: record_sale(s, a, sale, now=NOW))


def client_of(database: Database, owner: Any) -> int:
    return database.write(lambda s, a: make_client(s, owner, name="解建国"))


@pytest.mark.req("R11")
def test_a_sale_stands_in_the_log_of_the_seller_and_the_manager(
    database: Database, people: People
) -> None:
    fund, key = product(database, people), client_of(database, people.advisor)
    sell(database, people.advisor, key, fund, fen=5_000_000, note="定投")
    for actor in (people.advisor, people.manager):
        [row] = database.acting_as(actor).read(lambda s, a: list_sales(s, a, SaleFilter()))
        assert (row.client_name, row.product_name, row.amount_fen, row.seller_name, row.note) == (
            "解建国", "稳健一号", 5_000_000, "林若溪", "定投",
        )  # fmt: skip
    none = database.acting_as(people.colleague).read(lambda s, a: list_sales(s, a, SaleFilter()))
    assert none == []


@pytest.mark.req("R11")
def test_sales_are_added_up_by_product_seller_and_month(database: Database, people: People) -> None:
    first, second = product(database, people), product(database, people, "000002", name="增利")
    one, two = client_of(database, people.advisor), client_of(database, people.colleague)
    sell(database, people.advisor, one, first, fen=100, on=date(2026, 10, 9))
    sell(database, people.advisor, one, first, fen=200)
    sell(database, people.colleague, two, second, fen=900)
    gone = sell(database, people.advisor, one, second, fen=7_000)
    database.acting_as(people.advisor).write(lambda s, a: archive_sale(s, a, gone, now=NOW))

    def totals(by: SalesBy, query: SaleFilter | None = None) -> list[tuple[str, int, int, int]]:
        found = database.acting_as(people.manager).read(
            lambda s, a: list_sale_totals(s, a, query or SaleFilter(), by)
        )
        return [(row.label, row.count, row.client_count, row.amount_fen) for row in found]

    assert totals(SalesBy.PRODUCT) == [("增利", 1, 1, 900), ("稳健一号", 2, 1, 300)]
    assert totals(SalesBy.SELLER) == [("周岚", 1, 1, 900), ("林若溪", 2, 1, 300)]
    assert totals(SalesBy.MONTH) == [("2026-11", 2, 2, 1_100), ("2026-10", 1, 1, 100)]
    november = SaleFilter(from_on=date(2026, 11, 1), product_id=first)
    assert totals(SalesBy.MONTH, november) == [("2026-11", 1, 1, 200)]

    database.acting_as(people.advisor).write(lambda s, a: restore_sale(s, a, gone))
    assert totals(SalesBy.MONTH)[0] == ("2026-11", 3, 2, 8_100)


@pytest.mark.req("R11")
@pytest.mark.parametrize(
    ("level", "expires", "said"),
    [
        (RiskLevel.C3, 30, "匹配 · C3 × R2"),
        (RiskLevel.C1, 30, "不匹配 · C1 × R2"),
        (RiskLevel.C3, -1, "不匹配 · 测评已过期"),
        (None, None, "不匹配 · 未测评"),
    ],
)
def test_what_the_suitability_check_said_stays_with_the_sale(
    database: Database, people: People, level: RiskLevel | None, expires: int | None, said: str
) -> None:
    tested = {"risk_level": level}
    if expires is not None:
        tested["risk_expires_on"] = TODAY + timedelta(days=expires)
    key = database.write(lambda s, a: make_client(s, people.advisor, **tested))
    sell(database, people.advisor, key, product(database, people))
    [row] = database.acting_as(people.advisor).read(lambda s, a: list_sales(s, a, SaleFilter()))
    assert row.match == said


def test_a_sale_of_a_day_gone_by_is_held_to_the_test_that_was_valid_then(
    database: Database, people: People
) -> None:
    fund, key = product(database, people), client_of(database, people.advisor)
    mine = database.acting_as(people.advisor)
    for days, level in ((900, RiskLevel.C1), (1, RiskLevel.C4)):
        test = NewRiskTest(str(uuid.uuid4()), key, TODAY - timedelta(days=days), level)
        mine.write(lambda s, a, test=test: enter_risk_test(s, a, test, now=NOW))
    for days in (1_000, 800, 100, 0):
        sell(database, people.advisor, key, fund, on=TODAY - timedelta(days=days))
    said = [row.match for row in mine.read(lambda s, a: list_sales(s, a, SaleFilter()))]
    assert said == ["匹配 · C4 × R2", "不匹配 · 测评已过期", "不匹配 · C1 × R2", "不匹配 · 未测评"]


@pytest.mark.req("R11")
def test_a_sale_without_product_amount_or_past_day_is_refused(
    database: Database, people: People
) -> None:
    fund, key = product(database, people), client_of(database, people.advisor)
    retired = product(database, people, "9", is_retired=True)
    for values, field in (
        ({"product_id": retired}, "product_id"),
        ({"fen": 0}, "amount_fen"),
        ({"on": TODAY + timedelta(days=1)}, "sold_on"),
    ):
        with pytest.raises(InvalidFieldError) as caught:
            sell(database, people.advisor, key, **{"product_id": fund, **values})
        assert caught.value.field == field


def test_products_are_entered_corrected_and_retired(database: Database, people: People) -> None:
    fund = product(database, people)
    with pytest.raises(InvalidFieldError):
        product(database, people)
    data = ProductData("000001", "稳健二号", "wealth", ProductRisk.R3, is_retired=True)
    database.acting_as(people.manager).write(lambda s, a: change_product(s, a, fund, data))
    mine = database.acting_as(people.advisor)
    assert mine.read(list_products) == []
    [row] = mine.read(lambda s, a: list_products(s, a, with_retired=True))
    assert (row.name, row.kind, row.risk, row.is_retired) == (
        "稳健二号", "wealth", ProductRisk.R3, True,
    )  # fmt: skip
