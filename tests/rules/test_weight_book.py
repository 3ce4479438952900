"""Which weights are in force."""

from __future__ import annotations

import pytest

from advisorcrm.rules.weight_book import DEFAULT_BOOK, HIGHEST, ITEMS, TOTAL, WeightBook

DEFAULTS = [("", item.name, item.weight) for item in ITEMS]


def test_the_weights_to_begin_with_make_one_hundred() -> None:
    assert sum(DEFAULT_BOOK.general) == TOTAL
    assert len({item.name for item in ITEMS}) == len(ITEMS)
    assert max(DEFAULT_BOOK.general) <= HIGHEST


@pytest.mark.req("R3")
def test_a_set_that_does_not_make_one_hundred_is_not_in_force() -> None:
    wrong = [(tier, name, weight + (name == "mobile")) for tier, name, weight in DEFAULTS]
    assert WeightBook.of(wrong) == DEFAULT_BOOK
    assert WeightBook.of([]) == DEFAULT_BOOK
    assert not WeightBook.of([*DEFAULTS, ("gold", "mobile", 99)]).has_own("gold")


@pytest.mark.req("R3")
def test_a_type_follows_the_general_set_unless_it_has_its_own() -> None:
    book = WeightBook.of([*DEFAULTS, ("gold", "mobile", 40), ("gold", "risk", 60)])
    assert (book.named("gold")["risk"], book.named("gold")["email"]) == (60, 0)
    assert book.named("silver") == book.named(None) == DEFAULT_BOOK.named("")
    assert book.has_own("gold")
    assert not book.has_own("silver")


def test_the_same_weights_are_the_same_book_for_statements_made_for_it() -> None:
    again = WeightBook.of(reversed(DEFAULTS))
    assert (again, hash(again)) == (DEFAULT_BOOK, hash(DEFAULT_BOOK))
    assert WeightBook.of([*DEFAULTS, ("gold", "mobile", 100)]) != again
