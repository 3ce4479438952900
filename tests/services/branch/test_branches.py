from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.services.branch.branches import get_branch, take_client_numbers, update_branch
from tests.conftest import BRANCH, rows
from tests.factories import People


@pytest.fixture
def boss(database: Database, people: People) -> Database:
    return database.acting_as(people.manager)


def test_everybody_reads_the_branch_as_forms_print_it(database: Database, people: People) -> None:
    for person in people.all:
        assert database.acting_as(person).read(get_branch) == BRANCH


def test_a_corrected_branch_is_trimmed_and_its_past_is_kept(boss: Database) -> None:
    info = replace(BRANCH, phone=" 0531-86950000 ", manager_name="高远")
    boss.write(partial(update_branch, info=info))
    assert boss.read(get_branch) == replace(info, phone="0531-86950000")
    [(who, old)] = rows(
        boss,
        "SELECT actor, old FROM change_history "
        "WHERE table_name = 'branch' AND operation = 'update'",
    )
    assert who == "LSL0010"
    assert "86951100" in old


@pytest.mark.parametrize(
    ("field", "text"), [("name", "  "), ("address", "长" * 121), ("form_footer", "长" * 32_001)]
)
def test_a_branch_with_a_mistake_is_refused_at_its_field(
    file_database: Database, file_people: People, field: str, text: str
) -> None:
    boss = file_database.acting_as(file_people.manager)
    with pytest.raises(InvalidFieldError) as caught:
        boss.write(partial(update_branch, info=replace(BRANCH, **{field: text})))
    assert caught.value.field == field
    assert boss.read(get_branch) == BRANCH


def test_client_numbers_are_given_out_once_in_their_series(boss: Database) -> None:
    first = boss.write(lambda s, a: take_client_numbers(s, 2))
    again = boss.write(lambda s, a: take_client_numbers(s, 1))
    assert (first, again) == (["LSL-0001", "LSL-0002"], ["LSL-0003"])

    boss.write(partial(update_branch, info=replace(BRANCH, code="")))
    assert boss.write(lambda s, a: take_client_numbers(s, 1)) == ["KH-0004"]


def test_numbers_of_work_that_failed_are_given_out_again(boss: Database) -> None:
    def fail(session, actor):  # type: ignore[no-untyped-def]
        take_client_numbers(session, 5)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        boss.write(fail)
    assert boss.write(lambda s, a: take_client_numbers(s, 1)) == ["LSL-0001"]
