from __future__ import annotations

from functools import partial

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import NotFoundError
from advisorcrm.exports.card_set import card_sheets, register_card_set
from advisorcrm.terms import AccessKind
from tests.conftest import rows
from tests.factories import NOW, People, make_client

LOGGED = "SELECT client_id FROM access_log WHERE kind = 'print' ORDER BY id"


@pytest.mark.req("R15", "R16")
def test_each_client_of_a_set_has_a_card_and_a_line_in_the_log(
    database: Database, people: People
) -> None:
    names = ("欧阳文静", "解建国")
    ids = database.write(lambda s, a: [make_client(s, people.advisor, name=name) for name in names])
    acting = database.acting_as(people.advisor)
    imprint = acting.write(
        partial(register_card_set, client_ids=ids, now=NOW, kind=AccessKind.PRINT)
    )
    sheets = acting.read(partial(card_sheets, client_ids=ids, imprint=imprint))

    for name, sheet in zip(names, sheets, strict=True):
        assert name in str(sheet)
    assert rows(database, LOGGED) == [(key,) for key in ids]


def test_one_client_that_may_not_be_seen_stops_the_whole_set(
    database: Database, people: People
) -> None:
    ids = database.write(
        lambda s, a: [make_client(s, people.advisor), make_client(s, people.colleague)]
    )
    acting = database.acting_as(people.advisor)
    with pytest.raises(NotFoundError):
        acting.write(partial(register_card_set, client_ids=ids, now=NOW, kind=AccessKind.PRINT))
    assert rows(database, LOGGED) == []


def test_an_empty_selection_is_said(database: Database, people: People) -> None:
    acting = database.acting_as(people.advisor)
    with pytest.raises(NotFoundError, match="没有选中客户"):
        acting.write(partial(register_card_set, client_ids=[], now=NOW))


@pytest.mark.req("R148")
def test_each_card_of_a_set_tells_its_own_how_manieth_print_it_is(
    database: Database, people: People
) -> None:
    ids = database.write(lambda s, a: [make_client(s, people.advisor) for _n in range(2)])
    acting = database.acting_as(people.advisor)
    for chosen in ([ids[1]], ids):
        imprint = acting.write(
            partial(register_card_set, client_ids=chosen, now=NOW, kind=AccessKind.PRINT)
        )
    first, second = acting.read(partial(card_sheets, client_ids=ids, imprint=imprint))
    assert "第 1 次打印" in str(first)
    assert "第 2 次打印" in str(second)


def test_filling_a_set_tells_how_many_cards_are_made(database: Database, people: People) -> None:
    ids = database.write(lambda s, a: [make_client(s, people.advisor) for _n in range(3)])
    acting = database.acting_as(people.advisor)
    imprint = acting.write(partial(register_card_set, client_ids=ids, now=NOW))
    told: list[tuple[int, int]] = []
    hear = partial(
        card_sheets,
        client_ids=ids,
        imprint=imprint,
        progress=lambda done, total: told.append((done, total)),
    )
    assert len(acting.read(hear)) == 3
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
