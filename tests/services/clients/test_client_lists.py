"""A whole list at once, and the sum of a selection."""

from __future__ import annotations

from typing import Any

from advisorcrm.db.database import Database
from advisorcrm.services.clients.client_lists import FIRST_ROWS, open_client_list, sum_assets
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder
from tests.conftest import TODAY
from tests.factories import make_client


def test_a_list_comes_with_its_order_and_its_first_rows(database: Database, people: Any) -> None:
    def fill(session: Any, _actor: Any) -> list[int]:
        return [
            make_client(session, people.advisor, assets_fen=number)
            for number in range(FIRST_ROWS + 3)
        ]

    ids = database.write(fill)
    found = database.acting_as(people.advisor).read(
        lambda session, actor: open_client_list(
            session, actor, ClientFilter(), ClientOrder(), today=TODAY
        )
    )
    assert list(found.ids) == ids[::-1]
    assert [row.id for row in found.rows] == ids[::-1][:FIRST_ROWS]


def test_a_selection_is_summed_over_own_clients_only(database: Database, people: Any) -> None:
    def fill(session: Any, _actor: Any) -> list[int]:
        return [
            make_client(session, people.advisor, assets_fen=100),
            make_client(session, people.advisor, assets_fen=None),
            make_client(session, people.colleague, assets_fen=900),
        ]

    ids = database.write(fill)
    total = database.acting_as(people.advisor).read(
        lambda session, actor: sum_assets(session, actor, ids)
    )
    assert total == 100
    nothing = database.acting_as(people.advisor).read(
        lambda session, actor: sum_assets(session, actor, [])
    )
    assert nothing == 0
