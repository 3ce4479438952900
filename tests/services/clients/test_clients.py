from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from advisorcrm.db.database import Database
from advisorcrm.services.clients import client_search
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.services.clients.clients import (
    ClientFilter,
    ClientOrder,
    count_clients,
    list_client_ids,
    list_client_page,
    list_clients,
)
from advisorcrm.terms import ClientFlag
from tests.conftest import TODAY
from tests.factories import NOW, People, make_client, make_log
from tests.statements import statements_of


def names(found: object) -> list[str]:
    return [client.name for client in found]  # type: ignore[attr-defined]


@pytest.mark.req("R16", "R148")
def test_an_advisor_lists_only_own_clients_and_the_manager_the_branch(
    database: Database, people: People
) -> None:
    database.write(lambda s, a: make_client(s, people.advisor, name="欧阳文静"))
    database.write(lambda s, a: make_client(s, people.colleague, name="王秀兰"))
    question = partial(
        list_client_page, query=ClientFilter(), order=ClientOrder("name", False), today=TODAY
    )

    assert names(database.acting_as(people.advisor).read(question)) == ["欧阳文静"]
    assert names(database.acting_as(people.manager).read(question)) == ["欧阳文静", "王秀兰"]
    assert database.acting_as(people.administrator).read(question) == []


@pytest.mark.req("R16")
def test_numbers_leave_the_list_masked(database: Database, people: People) -> None:
    database.write(
        lambda s, a: make_client(s, people.advisor, account="010000007715", mobile="13900000458")
    )
    [row] = database.acting_as(people.advisor).read(
        partial(list_client_page, query=ClientFilter(), order=ClientOrder(), today=TODAY)
    )

    assert (row.account, row.mobile) == ("****7715", "139****0458")


@pytest.mark.req("R246")
@pytest.mark.parametrize(
    "typed",
    ["oywj", "OYWJ", "欧阳", "静", "ouyangwenjing", "ouyang", "0458", "7715", "13900000458",
     "oywj 0458", "欧阳文静", "139 0458", "ouy jing"],
)  # fmt: skip
def test_a_client_is_found_by_whatever_is_typed(
    database: Database, people: People, typed: str
) -> None:
    database.write(
        lambda s, a: make_client(
            s, people.advisor, name="欧阳文静", account="010000007715", mobile="13900000458"
        )
    )
    database.write(
        lambda s, a: make_client(
            s, people.advisor, name="王秀兰", account="010000005586", mobile="13700002290"
        )
    )
    for actor in (people.advisor, people.manager):
        found = database.acting_as(actor).read(partial(find_clients, text=typed))
        assert names(found.clients) == ["欧阳文静"]
        assert found.total == 1


@pytest.mark.req("R246")
@pytest.mark.parametrize(
    ("typed", "name"),
    [("zyh", "曾奕航"), ("cyh", "曾奕航"), ("ceng", "曾奕航"), ("li ming", "李明"),
     ("ling hu chong 0458", "令狐冲")],
)  # fmt: skip
def test_a_surname_is_found_by_each_of_its_readings_and_by_syllables(
    database: Database, people: People, typed: str, name: str
) -> None:
    database.write(lambda s, a: make_client(s, people.advisor, name=name, mobile="13900000458"))
    found = database.acting_as(people.advisor).read(partial(find_clients, text=typed))
    assert names(found.clients) == [name]


@pytest.mark.req("R16")
def test_somebody_elses_client_answers_only_to_an_exact_number_or_name(
    database: Database, people: People
) -> None:
    database.write(
        lambda s, a: make_client(
            s, people.colleague, name="王秀兰", account="010000005586", mobile="13700002290"
        )
    )
    mine = database.acting_as(people.advisor)

    assert mine.read(partial(find_clients, text="wxl")).clients == ()
    assert mine.read(partial(find_clients, text="5586")).clients == ()
    for exact in ("王秀兰", "010000005586", "13700002290"):
        [hit] = mine.read(partial(find_clients, text=exact)).clients
        assert (hit.name, hit.phone, hit.account, hit.advisor_name) == ("王*", "", "", "周岚")


def test_the_best_hit_comes_first(database: Database, people: People) -> None:
    for name, mobile in (
        ("郑雨荷", "13900005586"),
        ("曾奕航", "13800000921"),
        ("周易浩然", "13700001111"),
    ):
        database.write(
            partial(
                lambda s, a, n, m: make_client(s, people.advisor, name=n, mobile=m),
                n=name,
                m=mobile,
            )
        )
    found = database.acting_as(people.advisor).read(partial(find_clients, text="zyh"))
    assert names(found.clients)[-1] == "周易浩然"
    assert set(names(found.clients)) == {"郑雨荷", "曾奕航", "周易浩然"}


@pytest.mark.req("R246")
def test_who_has_all_of_what_was_typed_comes_first_among_more_than_are_ranked(
    database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ranked are those contacted last; somebody with just this number or name is never missed."""
    monkeypatch.setattr(client_search, "BEST_OF_NAMES", 3)
    exact = {"13": {"account": "13"}, "王": {"name": "王"}, "C1": {"client_no": "C1"}}
    for given in exact.values():
        database.write(lambda s, a, given=given: make_client(s, people.advisor, **given))
    for at in range(5):
        mobile = f"1390000{at:04}"
        database.write(
            lambda s, a, at=at, mobile=mobile: make_client(
                s, people.advisor, name=f"王{at}", mobile=mobile, client_no=f"C1{at}"
            )
        )
    for actor in (people.advisor, people.manager):
        for typed, given in exact.items():
            ask = partial(find_clients, text=typed, with_total=False)
            found = database.acting_as(actor).read(ask)
            assert not found.is_counted
            [best, *_others] = found.clients
            [(told, value)] = given.items()
            if told == "account":
                assert best.account.endswith(value)
            elif told == "name":
                assert best.name == value
            counted = database.acting_as(actor).read(partial(find_clients, text=typed))
            assert counted.is_counted
            assert counted.total > 3


def test_a_whole_name_is_not_looked_for_among_all_clients_of_an_advisor(
    file_database: Database, file_people: People
) -> None:
    mine = file_database.acting_as(file_people.advisor)
    with statements_of(mine.reading_engine) as asked:
        mine.read(partial(find_clients, text="王秀兰"))
    [exact] = [one for one in asked if "client.name = " in one and "LIMIT 50" in one]
    with mine.reading_engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {exact}").all()
    steps = [row[3] for row in plan]
    assert "SEARCH client USING INDEX ix_client_name (name=?)" in steps
    assert not any("advisor_id" in step for step in steps)


def test_ids_follow_the_order_and_pages_follow_the_ids(database: Database, people: People) -> None:
    for assets in (300, None, 100, 200):
        database.write(
            partial(lambda s, a, x: make_client(s, people.advisor, assets_fen=x), x=assets)
        )
    boss = database.acting_as(people.manager)
    order = ClientOrder("assets_fen", True)
    ids = boss.read(partial(list_client_ids, query=ClientFilter(), order=order, today=TODAY))
    page = boss.read(partial(list_clients, ids=list(ids), today=TODAY))

    assert [row.assets_fen for row in page] == [300, 200, 100, None]
    assert page == boss.read(
        partial(list_client_page, query=ClientFilter(), order=order, today=TODAY)
    )


def test_totals_count_what_is_shown_beside_all(database: Database, people: People) -> None:
    database.write(lambda s, a: make_client(s, people.advisor, tier="gold", assets_fen=100))
    database.write(lambda s, a: make_client(s, people.advisor, tier="silver", assets_fen=50))
    totals = database.acting_as(people.advisor).read(
        partial(count_clients, query=ClientFilter(tiers=("gold",)), today=TODAY)
    )
    assert (totals.shown, totals.total, totals.assets_fen) == (1, 2, 100)


def test_not_contacted_means_whole_days_of_the_branch(database: Database, people: People) -> None:
    def two(session, actor):  # type: ignore[no-untyped-def]
        old = make_client(session, people.advisor, name="久未联系")
        new = make_client(session, people.advisor, name="刚联系过")
        make_log(session, people.advisor, old, contacted_at=NOW - timedelta(days=14))
        make_log(session, people.advisor, new, contacted_at=NOW - timedelta(days=13))

    database.write(two)
    found = database.acting_as(people.advisor).read(
        partial(
            list_client_page,
            query=ClientFilter(not_contacted_days=14),
            order=ClientOrder(),
            today=TODAY,
        )
    )
    assert names(found) == ["久未联系"]
    assert found[0].days_since == 14


@pytest.mark.req("R74")
def test_do_not_disturb_is_flagged(database: Database, people: People) -> None:
    database.write(
        lambda s, a: make_client(
            s, people.advisor, service_need="do_not_disturb", risk_expires_on=date(2026, 11, 19)
        )
    )
    [row] = database.acting_as(people.advisor).read(
        partial(list_client_page, query=ClientFilter(), order=ClientOrder(), today=TODAY)
    )
    assert row.flags == (ClientFlag.RISK_EXPIRED, ClientFlag.DO_NOT_DISTURB)


@pytest.mark.parametrize(
    "column", sorted({"name", "tier", "days_since", "completeness", "advisor_name"})
)
def test_every_column_orders_the_list_both_ways(
    database: Database, people: People, column: str
) -> None:
    for tier in ("gold", "silver", None):
        database.write(partial(lambda s, a, t: make_client(s, people.advisor, tier=t), t=tier))
    boss = database.acting_as(people.manager)
    up, down = (
        boss.read(
            partial(
                list_client_ids, query=ClientFilter(), order=ClientOrder(column, way), today=TODAY
            )
        )
        for way in (False, True)
    )
    assert list(up) == list(reversed(down))
