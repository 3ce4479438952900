"""The manager sets what counts; everything that is shown follows at once."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotAllowedError
from advisorcrm.rules.weight_book import DEFAULT_BOOK, EVERYBODY, WeightBook
from advisorcrm.services.clients.clients import (
    ClientFilter,
    ClientOrder,
    count_clients,
    list_client_page,
)
from advisorcrm.services.completeness.completeness_weights import (
    change_weights,
    drop_own_weights,
    read_weight_book,
    weigh_effect,
)
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.services.workplace.branch_defaults import fill_defaults
from tests.conftest import TODAY, rows
from tests.factories import People, make_client

GENERAL = DEFAULT_BOOK.named(EVERYBODY)
CHANGED = GENERAL | {"tier": 9, "mobile": 6}


@pytest.fixture
def boss(database: Database, people: People) -> Database:
    return database.acting_as(people.manager)


def set_weights(database: Database, weights: dict[str, int], tier: str = "") -> WeightBook:
    return database.write(partial(change_weights, weights=weights, tier=tier))


def percents(database: Database) -> list[int]:
    order = ClientOrder("completeness", descending=True)
    page = database.read(partial(list_client_page, query=ClientFilter(), order=order, today=TODAY))
    return [row.completeness for row in page]


@pytest.mark.req("R3")
def test_list_page_total_and_order_follow_the_weights_at_once(
    boss: Database, people: People
) -> None:
    gold = boss.write(lambda s, a: make_client(s, people.advisor, tier="gold"))
    boss.write(lambda s, a: make_client(s, people.advisor, hobbies="书法", occupation="教师"))
    assert percents(boss) == [7, 5]

    set_weights(boss, CHANGED)
    assert percents(boss) == [9, 7]
    file = boss.read(partial(open_client_file, client_id=gold, today=TODAY))
    assert file.completeness == 9
    totals = boss.read(partial(count_clients, query=ClientFilter(), today=TODAY))
    assert totals.completeness == 8
    below = boss.read(partial(count_clients, query=ClientFilter(completeness_below=9), today=TODAY))
    assert below.shown == 1


@pytest.mark.req("R3")
def test_a_type_can_have_its_own_weights_and_give_them_up(boss: Database, people: People) -> None:
    boss.write(lambda s, a: make_client(s, people.advisor, tier="gold"))
    boss.write(lambda s, a: make_client(s, people.advisor, tier="silver"))
    set_weights(boss, CHANGED, tier="gold")
    assert percents(boss) == [9, 5]
    book = boss.write(partial(drop_own_weights, tier="gold"))
    assert (percents(boss), book.has_own("gold")) == ([5, 5], False)


@pytest.mark.req("R3")
@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (GENERAL | {"tier": 6}, "合计 101，须为 100"),
        (GENERAL | {"tier": 11}, "0 到 10"),
        (GENERAL | {"tier": -1}, "0 到 10"),
        (GENERAL | {"shoe_size": 0}, "没有“shoe_size”"),
    ],
)
def test_weights_that_do_not_make_one_hundred_leave_the_old_ones_in_force(
    boss: Database, weights: dict[str, int], words: str
) -> None:
    with pytest.raises(InvalidFieldError, match=words):
        set_weights(boss, weights)
    assert boss.read(read_weight_book) == DEFAULT_BOOK


def test_weights_are_only_for_types_there_are(boss: Database) -> None:
    with pytest.raises(InvalidFieldError, match="diamond"):
        set_weights(boss, GENERAL, tier="diamond")


@pytest.mark.req("R3", "R16")
def test_the_manager_sets_weights_the_leader_reads_them_and_others_do_neither(
    database: Database, people: People
) -> None:
    for actor in people.all:
        door = database.acting_as(actor)
        if actor is people.manager:
            assert set_weights(door, CHANGED).named("") == CHANGED
            continue
        with pytest.raises(NotAllowedError):
            set_weights(door, CHANGED)
        if actor is people.leader:
            assert door.read(read_weight_book).named("")["tier"] == 9
        else:
            with pytest.raises(NotAllowedError):
                door.read(read_weight_book)


def test_a_change_says_in_the_history_who_made_it_and_why(boss: Database) -> None:
    set_weights(boss, CHANGED)
    found = rows(
        boss,
        "SELECT actor, why FROM change_history WHERE table_name = 'completeness_weight'"
        " AND operation = 'update'",
    )
    assert [tuple(row) for row in found] == [("LSL0010", "完备率权重")] * 2


def test_filling_the_defaults_again_leaves_the_branch_its_weights(boss: Database) -> None:
    set_weights(boss, CHANGED)
    boss.write(fill_defaults)
    assert boss.read(read_weight_book).named("") == CHANGED


@pytest.mark.req("R3")
def test_a_change_is_weighed_for_the_branch_and_each_advisor(
    boss: Database, people: People
) -> None:
    boss.write(lambda s, a: make_client(s, people.advisor, tier="gold"))
    boss.write(lambda s, a: make_client(s, people.colleague, hobbies="书法"))
    after = WeightBook.of((EVERYBODY, name, weight) for name, weight in CHANGED.items())
    effect: Any = boss.read(partial(weigh_effect, before=DEFAULT_BOOK, after=after, today=TODAY))
    assert (effect.clients, effect.below_before, effect.below_after) == (2, 2, 2)
    assert (effect.average.before, effect.average.after) == (40, 60)
    assert {(one.name, one.before, one.after) for one in effect.advisors} == {
        ("林若溪", 50, 90),
        ("周岚", 30, 30),
    }
