"""各客服专员的理财观点统一: one view of a stock or report a day, the opposite one refused."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.services.meetings.company_views import (
    decide_view,
    list_company_views,
    withdraw_view,
)
from advisorcrm.terms import Stance
from tests.conftest import TODAY
from tests.factories import NOW, People
from tests.services.role_cases.meetings import new_view

UNTIL = date(2026, 11, 24)


def decide(database: Database, people: People, **given: Any) -> int:
    manager = database.acting_as(people.manager)
    return manager.write(partial(decide_view, new=new_view(**given), now=NOW))


@pytest.mark.req("R24")
@pytest.mark.parametrize(
    "second",
    [
        {"code": "600519", "subject": "茅台"},
        {"code": " ６００５１９ ", "subject": "贵州茅台点评"},
        {"code": "", "subject": "贵州 茅台"},
        {"code": "600519", "subject": "茅台", "stance": Stance.NEUTRAL},
        {"code": "600519", "subject": "茅台", "holds_from_on": UNTIL, "holds_until_on": date(2026, 12, 1)},
    ],
)  # fmt: skip
def test_a_second_view_that_differs_is_refused_with_the_first_one_named(
    database: Database, people: People, second: dict[str, Any]
) -> None:
    decide(database, people, code="600519", subject="贵州茅台", holds_until_on=UNTIL)
    with pytest.raises(InvalidFieldError, match="已有统一观点“看多”（方静）") as caught:
        decide(database, people, **({"stance": Stance.NEGATIVE} | second))
    assert caught.value.field == "stance"


@pytest.mark.req("R24")
def test_the_same_stance_another_stock_and_another_day_are_no_contradiction(
    database: Database, people: People
) -> None:
    first = decide(database, people, code="600519", subject="贵州茅台", holds_until_on=UNTIL)
    decide(database, people, code="600519", subject="贵州茅台公告点评")
    negative = {"stance": Stance.NEGATIVE}
    decide(database, people, code="000858", subject="贵州茅台与五粮液", **negative)
    after = date(2026, 11, 25)
    decide(
        database, people, code="600519", subject="贵州茅台", holds_from_on=after,
        holds_until_on=after, **negative,
    )  # fmt: skip
    advisor = database.acting_as(people.advisor)
    for on, stance in ((TODAY, Stance.POSITIVE), (after, Stance.NEGATIVE)):
        found = advisor.read(partial(list_company_views, on=on, text="600519"))
        assert {row.stance for row in found} == {stance}
    for text, subjects in (
        ("五粮", ["贵州茅台与五粮液"]), ("６００5", ["贵州茅台", "贵州茅台公告点评"]), ("宁德", []),
    ):  # fmt: skip
        rows = advisor.read(partial(list_company_views, on=TODAY, text=text))
        assert [row.subject for row in rows] == subjects
    manager = database.acting_as(people.manager)
    with pytest.raises(InvalidFieldError, match="撤回原因"):
        manager.write(partial(withdraw_view, view_id=first, reason="", now=NOW))


@pytest.mark.req("R24")
def test_after_the_first_view_was_withdrawn_another_may_be_decided(
    database: Database, people: People
) -> None:
    first = decide(database, people, code="600519", subject="贵州茅台")
    manager = database.acting_as(people.manager)
    manager.write(partial(withdraw_view, view_id=first, reason="业绩变脸", now=NOW))
    decide(database, people, code="600519", subject="贵州茅台", stance=Stance.NEGATIVE)
    [row] = manager.read(partial(list_company_views, on=TODAY))
    assert row.stance is Stance.NEGATIVE


def test_a_view_says_of_what_and_for_which_days(database: Database, people: People) -> None:
    for wrong, field in (
        ({"subject": " "}, "subject"),
        ({"holds_until_on": date(2026, 11, 19)}, "holds_until_on"),
    ):
        with pytest.raises(InvalidFieldError) as caught:
            decide(database, people, **wrong)
        assert caught.value.field == field
