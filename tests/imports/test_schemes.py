"""Mappings are kept per layout and found again by a file's headings."""

from __future__ import annotations

from functools import partial

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError
from advisorcrm.imports.field_rules import rules_of_columns
from advisorcrm.imports.planning import plan_import
from advisorcrm.imports.schemes import (
    Scheme,
    find_scheme,
    save_scheme,
)
from advisorcrm.terms import ImportResult, ImportRule
from tests.conftest import NOW
from tests.factories import People, make_client
from tests.imports.sheets import recognised

HEADINGS = ["KHXM", "ZJZH", "备用栏"]
SCHEME = Scheme(
    0, "柜台日终", {"备用栏": "hobbies"}, ImportRule.OVERWRITE, {"hobbies": ImportRule.SKIP}
)


def test_a_mapping_is_found_by_everybody_who_imports_a_file_of_that_layout(
    database: Database, people: People
) -> None:
    key = database.acting_as(people.advisor).write(
        partial(save_scheme, headings=HEADINGS, scheme=SCHEME, now=NOW)
    )
    for who in (people.advisor, people.colleague, people.manager):
        door = database.acting_as(who)
        found = door.read(partial(find_scheme, headings=list(reversed(HEADINGS))))
        assert found == Scheme(key, "柜台日终", SCHEME.chosen, SCHEME.rule, SCHEME.by_column)
        assert door.read(partial(find_scheme, headings=[*HEADINGS, "手机"])) is None
    with pytest.raises(NotAllowedError):
        database.acting_as(people.leader).read(partial(find_scheme, headings=HEADINGS))


def test_saving_again_renews_the_mapping_of_the_layout(database: Database, people: People) -> None:
    door = database.acting_as(people.manager)
    first = door.write(partial(save_scheme, headings=HEADINGS, scheme=SCHEME, now=NOW))
    renewed = Scheme(0, "柜台日终二", {"备用栏": ""})
    assert door.write(partial(save_scheme, headings=HEADINGS, scheme=renewed, now=NOW)) == first
    found = door.read(partial(find_scheme, headings=HEADINGS))
    assert found is not None
    assert (found.id, found.name) == (first, "柜台日终二")


@pytest.mark.parametrize("scheme", [Scheme(0, "  "), Scheme(0, "甲", {"备用栏": "no_field"})])
def test_a_mapping_without_name_or_with_an_unknown_field_is_refused(
    database: Database, people: People, scheme: Scheme
) -> None:
    with pytest.raises(InvalidFieldError):
        database.acting_as(people.manager).write(
            partial(save_scheme, headings=HEADINGS, scheme=scheme, now=NOW)
        )


def test_each_column_may_have_its_own_rule(database: Database, people: People) -> None:
    door = database.acting_as(people.advisor)
    door.write(
        lambda s, a: make_client(
            s,
            a,
            name="样甲",
            account="990001",
            mobile="13900000001",
            hobbies="钓鱼",
            assets_fen=100,
        )
    )
    sheet = recognised(
        ["客户姓名", "资金账号", "联系电话", "爱好", "总资产"],
        ["样甲", "990001", "13900000001、13900000002", "书法", "5000"],
    )
    rules = rules_of_columns(
        ImportRule.SKIP, {"assets_fen": ImportRule.OVERWRITE, "phone": ImportRule.OVERWRITE}
    )
    [row] = door.read(partial(plan_import, sheet=sheet, rule=rules)).rows
    assert row.result is ImportResult.UPDATED
    assert set(row.record) == {"assets_fen", "points"}
