"""Pairs that look alike are listed for the manager and judged once."""

from __future__ import annotations

from functools import partial

import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.rules.likeness import LikeFact
from advisorcrm.services.merges.duplicates import DuplicatePair, judge_pair, list_duplicate_pairs
from advisorcrm.terms import DuplicateVerdict
from tests.conftest import NOW
from tests.factories import People, make_client

ID = "11010519491231002X"


def made(database: Database, actor: Actor, **file: object) -> int:
    return database.acting_as(actor).write(lambda s, a: make_client(s, a, **file))


def pairs(database: Database, people: People) -> list[DuplicatePair]:
    return database.acting_as(people.manager).read(list_duplicate_pairs)


@pytest.fixture
def twins(database: Database, people: People) -> tuple[int, int]:
    first = made(database, people.advisor, name="孙晓彤", mobile="13900000093", id_number=ID)
    second = made(database, people.colleague, name="孙小彤", mobile="13900000093", account="990002")
    return first, second


def judged(
    database: Database, people: People, ids: tuple[int, int], verdict: DuplicateVerdict
) -> None:
    database.acting_as(people.manager).write(
        partial(judge_pair, client_ids=ids, verdict=verdict, reason="夫妻", now=NOW)
    )


@pytest.mark.req("R146")
def test_two_files_with_one_telephone_and_like_names_are_a_pair_across_advisors(
    database: Database, people: People, twins: tuple[int, int]
) -> None:
    made(database, people.advisor, name="欧阳文静", mobile="13900000458", account="990003")
    [pair] = pairs(database, people)
    assert (pair.first_id, pair.second_id) == twins
    assert LikeFact.PHONE in pair.facts
    assert (pair.first_name, pair.second_name) == ("孙晓彤", "孙小彤")


def test_different_people_are_not_shown_again_and_those_put_off_stand_at_the_end(
    database: Database, people: People, twins: tuple[int, int]
) -> None:
    made(database, people.advisor, name="李建业", mobile="13900000777", account="990004")
    made(database, people.advisor, name="李建业", mobile="13900000777", account="990005")
    judged(database, people, twins, DuplicateVerdict.LATER)
    assert [pair.verdict for pair in pairs(database, people)] == [None, DuplicateVerdict.LATER]

    judged(database, people, twins[::-1], DuplicateVerdict.DIFFERENT)
    assert [pair.first_name for pair in pairs(database, people)] == ["李建业"]


def test_a_number_many_files_share_proves_nothing(database: Database, people: People) -> None:
    for place in range(14):
        made(
            database, people.advisor, name=f"样{chr(0x4E00 + place)}", mobile="13900000001",
            account=f"99{place:04}",
        )  # fmt: skip
    assert pairs(database, people) == []


def test_a_file_is_no_pair_with_itself(
    database: Database, people: People, twins: tuple[int, int]
) -> None:
    with pytest.raises(InvalidFieldError):
        judged(database, people, (twins[0], twins[0]), DuplicateVerdict.LATER)
