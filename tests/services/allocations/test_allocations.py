"""The proposal of an allocation: whom it takes, what everybody would have."""

from __future__ import annotations

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.services.allocations.allocations import (
    Allocation,
    AllocationRequest,
    find_allocation,
    list_advisor_loads,
)
from advisorcrm.services.branch.users import deactivate_user
from advisorcrm.terms import Contribution
from tests.factories import People, make_client


def proposed(database: Database, people: People, request: AllocationRequest) -> Allocation:
    return database.acting_as(people.manager).read(lambda s, a: find_allocation(s, a, request))


@pytest.mark.req("R217")
def test_the_clients_of_an_advisor_who_leaves_are_shared_by_number_and_assets(
    database: Database, people: People
) -> None:
    def fill(session: object, _actor: object) -> list[int]:
        made = [make_client(session, people.advisor, assets_fen=100) for _turn in range(4)]
        make_client(session, people.colleague, assets_fen=400)
        return made

    ids = database.write(fill)
    targets = ((people.colleague.user_id, 100), (people.manager.user_id, 100))
    allocation = proposed(
        database, people, AllocationRequest(targets, from_advisor_id=people.advisor.user_id)
    )
    assert sorted(row.id for row in allocation.clients) == sorted(ids)
    to_manager = [row for row in allocation.clients if row.to_advisor_id == people.manager.user_id]
    assert len(to_manager) == 3  # the colleague brings 400 of his own
    assert {row.from_name for row in allocation.clients} == {"林若溪"}
    assert "****" in allocation.clients[0].account


@pytest.mark.req("R217")
def test_the_yearly_commission_can_be_the_measure(database: Database, people: People) -> None:
    def fill(session: object, _actor: object) -> tuple[int, int]:
        busy = make_client(session, assets_fen=1, commission_year_fen=900)
        return busy, make_client(session, assets_fen=900, commission_year_fen=1)

    busy, rich = database.write(fill)
    targets = ((people.advisor.user_id, 100), (people.colleague.user_id, 100))
    by_commission = AllocationRequest(targets, measure=Contribution.COMMISSION)
    measured = proposed(database, people, by_commission)
    assert [(row.id, row.contribution_fen) for row in measured.clients] == [
        (busy, 900), (rich, 1),
    ]  # fmt: skip
    chosen = proposed(database, people, AllocationRequest(targets))
    assert [(row.id, row.contribution_fen) for row in chosen.clients] == [
        (rich, 900), (busy, 1),
    ]  # fmt: skip
    assert len({row.to_advisor_id for row in chosen.clients}) == 2


def test_loads_count_everybody_who_may_have_clients_and_who_left_with_some(
    database: Database, people: People
) -> None:
    def fill(session: object, _actor: object) -> None:
        make_client(session, people.advisor, assets_fen=70, commission_year_fen=7)
        make_client(session, people.advisor, assets_fen=30)

    database.write(fill)
    database.acting_as(people.administrator).write(
        lambda s, a: deactivate_user(s, a, people.advisor.user_id)
    )
    loads = database.acting_as(people.manager).read(list_advisor_loads)
    assert [
        (load.name, load.is_active, load.client_count, load.assets_fen, load.commission_fen)
        for load in loads
    ] == [("方静", True, 0, 0, 0), ("林若溪", False, 2, 100, 7), ("周岚", True, 0, 0, 0)]
    with pytest.raises(InvalidFieldError):
        proposed(database, people, AllocationRequest(((people.advisor.user_id, 100),)))
