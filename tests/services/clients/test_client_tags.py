"""Tags on many clients: one act, taken back exactly."""

from __future__ import annotations

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.models import Client
from advisorcrm.services.clients.client_tags import Tagging, tag_clients, untag_clients
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_page
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client


def tags_of(database: Database, ids: list[int]) -> list[tuple[str, ...]]:
    return database.read(lambda s, a: [s.get_one(Client, key).tags or () for key in ids])


def test_a_tagging_is_one_act_and_taking_it_back_leaves_later_tags_alone(
    database: Database, people: People
) -> None:
    ids = database.write(
        lambda s, a: [
            make_client(s, people.advisor),
            make_client(s, people.advisor, tags=("focus",)),
            make_client(s, people.advisor, tags=("introducer",)),
        ]
    )
    mine = database.acting_as(people.advisor)
    tagging = Tagging(("focus",), ("introducer",), "季度重点")
    tagged = mine.write(lambda s, a: tag_clients(s, a, ids, tagging, now=NOW))
    assert tags_of(database, ids) == [("focus",)] * 3
    assert [change[0] for change in tagged.changes] == [ids[0], ids[2]]
    why = "SELECT why FROM change_history WHERE operation = 'update' AND table_name = 'client'"
    assert rows(database, why) == [("季度重点",)] * 2

    later = Tagging(("introducer",))
    mine.write(lambda s, a: tag_clients(s, a, ids[:1], later, now=NOW))
    assert mine.write(lambda s, a: untag_clients(s, a, tagged, now=NOW)) == 2
    assert tags_of(database, ids) == [("introducer",), ("focus",), ("introducer",)]


@pytest.mark.req("R30")
def test_members_of_the_advisors_qq_group_are_marked_and_listed(
    database: Database, people: People
) -> None:
    inside, _outside = database.write(
        lambda s, a: [
            make_client(s, people.advisor),
            make_client(s, people.advisor, tags=("focus",)),
        ]
    )
    mine = database.acting_as(people.advisor)
    mine.write(lambda s, a: tag_clients(s, a, [inside], Tagging(("qq_group",)), now=NOW))
    members = ClientFilter(tags=("qq_group",))
    found = mine.read(lambda s, a: list_client_page(s, a, members, ClientOrder(), today=TODAY))
    assert [row.id for row in found] == [inside]


def test_one_client_of_a_colleague_stops_the_whole(database: Database, people: People) -> None:
    ids = database.write(
        lambda s, a: [make_client(s, people.advisor), make_client(s, people.colleague)]
    )
    mine = database.acting_as(people.advisor)
    with pytest.raises(NotFoundError):
        mine.write(lambda s, a: tag_clients(s, a, ids, Tagging(("focus",)), now=NOW))
    assert tags_of(database, ids) == [(), ()]


@pytest.mark.parametrize("add", [(), ("unheard",)])
def test_a_tag_must_be_one_of_the_branch(
    database: Database, people: People, add: tuple[str, ...]
) -> None:
    ids = database.write(lambda s, a: [make_client(s, people.advisor)])
    with pytest.raises(InvalidFieldError):
        database.acting_as(people.advisor).write(
            lambda s, a: tag_clients(s, a, ids, Tagging(add), now=NOW)
        )
