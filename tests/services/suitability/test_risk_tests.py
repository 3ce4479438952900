from __future__ import annotations

import json
import uuid
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.suitability import LOWEST, Fit
from advisorcrm.services.files.client_files import ClientFile, open_client_file
from advisorcrm.services.suitability.risk_tests import (
    NewRiskTest,
    enter_risk_test,
    list_risk_tests,
    months_later,
)
from advisorcrm.services.suitability.suitability import find_match, load_matrix, set_match
from advisorcrm.terms import InvestorKind, ProductRisk, RiskLevel
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client, set_parameter


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(lambda s, a: make_client(s, people.advisor))


def new(client: int, **overrides: Any) -> NewRiskTest:
    values: dict[str, Any] = {
        "uuid": str(uuid.uuid4()),
        "client_id": client,
        "tested_on": date(2026, 11, 18),
        "level": RiskLevel.C3,
        "score": 52,
        "questionnaire": "2026 版",
        "tester": "林若溪",
    }
    return NewRiskTest(**{**values, **overrides})


def enter(door: Database, test: NewRiskTest) -> int:
    return door.write(partial(enter_risk_test, new=test, now=NOW))


def file_of(door: Database, client: int) -> ClientFile:
    return door.read(partial(open_client_file, client_id=client, today=TODAY))


def test_a_test_brings_the_file_up_to_date_and_says_why(
    mine: Database, database: Database, client: int
) -> None:
    enter(mine, new(client, investor_kind=InvestorKind.PROFESSIONAL))
    file = file_of(mine, client)
    assert (file.risk_level, file.risk_tested_on, file.risk_expires_on) == (
        RiskLevel.C3, date(2026, 11, 18), date(2028, 11, 18),
    )  # fmt: skip
    assert (file.investor_kind, file.is_lowest_risk) == (InvestorKind.PROFESSIONAL, False)
    why, after = rows(
        database,
        "SELECT why, new FROM change_history WHERE table_name = 'client'"
        " AND operation = 'update' ORDER BY id",
    )[-1]
    values = json.loads(after) if isinstance(after, str) else after
    assert (why, values["risk_level"]) == ("风险测评 2026-11-18", "C3")


def test_an_older_test_is_kept_but_does_not_overwrite_a_newer(mine: Database, client: int) -> None:
    enter(mine, new(client))
    enter(mine, new(client, tested_on=date(2024, 5, 1), level=RiskLevel.C5))
    assert file_of(mine, client).risk_level is RiskLevel.C3
    tests = mine.read(partial(list_risk_tests, client_id=client))
    assert [(test.level, test.expires_on) for test in tests] == [
        (RiskLevel.C3, date(2028, 11, 18)),
        (RiskLevel.C5, date(2026, 5, 1)),
    ]


def test_a_retried_save_enters_a_test_once(mine: Database, client: int) -> None:
    test = new(client)
    assert enter(mine, test) == enter(mine, test)
    assert len(mine.read(partial(list_risk_tests, client_id=client))) == 1


def test_how_long_a_test_is_valid_is_the_branchs_rule(
    mine: Database, database: Database, people: People, client: int
) -> None:
    set_parameter(database, people, "risk_test_months", "12")
    enter(mine, new(client))
    assert file_of(mine, client).risk_expires_on == date(2027, 11, 18)
    enter(mine, new(client, tested_on=TODAY, expires_on=date(2027, 1, 31)))
    assert file_of(mine, client).risk_expires_on == date(2027, 1, 31)


def test_the_last_of_february_has_no_anniversary_every_year() -> None:
    assert months_later(date(2024, 2, 29), 24) == date(2026, 2, 28)
    assert months_later(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 1), 24) == date(2028, 12, 1)


def test_what_no_test_can_say_is_refused_with_its_field(mine: Database, client: int) -> None:
    wrong = {
        "tested_on": new(client, tested_on=TODAY + timedelta(days=1)),
        "expires_on": new(client, expires_on=date(2026, 11, 17)),
        "expires_on ": new(client, expires_on=date(2028, 11, 19)),  # 24 months end the day before
        "is_lowest": new(client, is_lowest=True),
        "score": new(client, score=-1),
    }
    for field, test in wrong.items():
        with pytest.raises(InvalidFieldError) as caught:
            enter(mine, test)
        assert caught.value.field == field.strip()


def match(door: Database, client: int, grade: ProductRisk) -> Any:
    return door.read(partial(find_match, client_id=client, grade=grade, today=TODAY))


def test_a_client_is_matched_up_to_the_own_level_and_no_further(
    mine: Database, client: int
) -> None:
    for level, best in zip(RiskLevel, ProductRisk, strict=True):
        enter(mine, new(client, level=level, tested_on=TODAY))
        fits = [grade for grade in ProductRisk if match(mine, client, grade).fit is Fit.MATCH]
        assert fits == list(ProductRisk)[: list(ProductRisk).index(best) + 1]
    enter(mine, new(client, level=RiskLevel.C2, tested_on=TODAY))
    said = match(mine, client, ProductRisk.R3)
    assert (said.fit, said.may_insist) == (Fit.NO_MATCH, True)
    assert said.sentence == "客户风险等级 C2 低于产品 R3，不匹配。"


def test_an_expired_or_missing_test_is_never_a_match(
    mine: Database, database: Database, people: People
) -> None:
    def have(level: RiskLevel | None, until: date | None) -> int:
        return database.write(
            lambda s, a: make_client(s, people.advisor, risk_level=level, risk_expires_on=until)
        )

    wanted = {
        have(RiskLevel.C5, TODAY): Fit.MATCH,
        have(RiskLevel.C5, TODAY - timedelta(days=1)): Fit.EXPIRED,
        have(RiskLevel.C5, None): Fit.UNKNOWN,
        have(None, TODAY): Fit.UNKNOWN,
    }
    for client, expected in wanted.items():
        said = match(mine, client, ProductRisk.R1)
        assert (said.fit, said.may_insist) == (expected, False)


def test_the_lowest_category_gets_r1_without_exception(
    mine: Database, database: Database, people: People, client: int
) -> None:
    enter(mine, new(client, level=RiskLevel.C1, is_lowest=True))
    assert match(mine, client, ProductRisk.R1).fit is Fit.MATCH
    boss = database.acting_as(people.manager)
    with pytest.raises(InvalidFieldError):
        boss.write(partial(set_match, level=LOWEST, grade=ProductRisk.R2, is_match=True))
    # Even a matrix that was widened behind the program's back does not help.
    database.write(
        lambda s, a: s.connection().exec_driver_sql(
            "UPDATE suitability_match SET is_match = true WHERE level = 'C1-lowest'"
        )
    )
    said = match(mine, client, ProductRisk.R2)
    assert (said.fit, said.may_insist) == (Fit.NO_MATCH, False)


def test_the_matrix_is_the_branchs_data(
    mine: Database, database: Database, people: People, client: int
) -> None:
    enter(mine, new(client))
    boss = database.acting_as(people.manager)
    boss.write(partial(set_match, level="C3", grade=ProductRisk.R3, is_match=False))
    assert match(mine, client, ProductRisk.R3).fit is Fit.NO_MATCH
    assert len(boss.read(load_matrix)) == 30
    with pytest.raises(InvalidFieldError):
        boss.write(partial(set_match, level="C9", grade=ProductRisk.R3, is_match=True))
