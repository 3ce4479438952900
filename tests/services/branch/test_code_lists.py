from __future__ import annotations

import pytest
from sqlalchemy import text

from advisorcrm import i18n, terms
from advisorcrm.columns import CodeBook
from advisorcrm.db.database import Database
from advisorcrm.services.branch.code_list_seeds import SEEDS
from advisorcrm.services.branch.code_lists import load_code_book


def book(database: Database) -> CodeBook:
    return database.read(load_code_book)


@pytest.mark.req("R71", "R74", "R75", "R76")
def test_a_new_branch_has_every_choice_of_the_sources(database: Database) -> None:
    known = book(database)
    for name, entries in SEEDS.items():
        assert known.codes(name) == tuple(code for code, _zh, _en in entries)
    assert known.label(terms.SERVICE_NEED, terms.DO_NOT_DISTURB) == "不愿打扰"
    assert known.label(terms.TRADING_HABIT, "swing") == "短线波段为主"
    assert [known.label(terms.WEALTH_WAY, code) for code in known.codes(terms.WEALTH_WAY)] == [
        "即时短信", "电话交流", "邮件资料",
    ]  # fmt: skip


def test_the_branch_adds_orders_and_retires_choices(database: Database) -> None:
    def change(session, actor):  # type: ignore[no-untyped-def]
        session.execute(
            text(
                "INSERT INTO code_list (list_name, code, label, label_en, position, is_retired) "
                "VALUES ('tier', 'diamond', '钻石卡', '', -1, false)"
            )
        )
        session.execute(text("UPDATE code_list SET is_retired = true WHERE code = 'silver'"))

    database.write(change)
    known = book(database)
    assert known.codes("tier") == ("diamond", "platinum", "gold", "other")
    assert known.label("tier", "silver") == "银卡"
    i18n.use_language("en")
    assert (known.label("tier", "silver"), known.label("tier", "diamond")) == ("Silver", "钻石卡")
    assert known.label_zh("tier", "silver") == "银卡"


def test_an_unknown_code_shows_itself(database: Database) -> None:
    known = book(database)
    assert (known.label("tier", "opal"), known.label("tier", None)) == ("opal", "")


def test_the_codes_that_rules_ask_for_are_there() -> None:
    codes = {name: {code for code, _zh, _en in entries} for name, entries in SEEDS.items()}
    assert {terms.TIER_PLATINUM, terms.TIER_GOLD, terms.TIER_SILVER} <= codes[terms.TIER]
    assert terms.DO_NOT_DISTURB in codes[terms.SERVICE_NEED]
    assert terms.WAY_PHONE in codes[terms.CONTACT_WAY]
