"""The list itself: its first page in an order, and any page of it by its ids."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from advisorcrm.db.database import Database
from advisorcrm.services.clients.clients import (
    ClientFilter,
    ClientOrder,
    list_client_ids,
    list_client_page,
    list_clients,
)
from tests.bench import raw, workload
from tests.bench.branch import Branch
from tests.bench.figures import Figure, growth
from tests.bench.timing import in_turn, median

SORTED = "sorted first page of 50"
ANYWHERE = "page of 256 anywhere, by ids"
ALL_IDS = "ids of the whole list in its order"
BOUND = 3.0
GROWTH = 2.5
_PAGE = 256
_PLACES = 40
_ORDERS = (
    (ClientOrder("assets_fen"), "assets_fen DESC, client.id DESC"),
    (ClientOrder("assets_fen", descending=False), "assets_fen, client.id"),
    (ClientOrder("last_contact_at"), "last_contact_at DESC, client.id DESC"),
)
_FIRST = f"""SELECT {raw.ROW} FROM client {raw.JOINS}
WHERE client.archived_at IS NULL ORDER BY {{}} LIMIT 50"""
_BY_IDS = f"""SELECT {raw.ROW} FROM client {raw.JOINS}
WHERE client.id IN ({{}}) AND client.archived_at IS NULL"""
_IDS = "SELECT id FROM client WHERE archived_at IS NULL ORDER BY assets_fen DESC, id DESC"


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size, and how they grow."""
    figures = [figure for branch in branches for figure in _measure(branch)]
    return (
        figures
        + growth(figures, SORTED, GROWTH, name="sorted first page, growth with clients")
        + growth(figures, ANYWHERE, GROWTH, name="page anywhere, growth with clients")
    )


def _measure(branch: Branch) -> list[Figure]:
    database = branch.sign_in()
    connection = raw.connect(branch.path, database.key)
    try:
        return [
            _sorted_page(branch, database, connection),
            _page_anywhere(branch, database, connection),
            _all_ids(branch, database, connection),
        ]
    finally:
        connection.close()
        database.close()


def _sorted_page(branch: Branch, database: Database, connection: Any) -> Figure:
    def product(case: tuple[ClientOrder, str]) -> object:
        return database.read(
            partial(list_client_page, query=ClientFilter(), order=case[0], today=workload.TODAY)
        )

    def limit(case: tuple[ClientOrder, str]) -> object:
        return connection.execute(_FIRST.format(case[1])).fetchall()

    found = in_turn(_ORDERS, product, limit, rounds=40)
    return Figure(SORTED, branch.count, median(found.product), median(found.limit), "ms", BOUND)


def _page_anywhere(branch: Branch, database: Database, connection: Any) -> Figure:
    ids = database.read(_list_ids)
    chance = random.Random(workload.SEED)
    starts = [chance.randrange(max(1, len(ids) - _PAGE)) for _place in range(_PLACES)]

    def product(start: int) -> object:
        part = ids[start : start + _PAGE]
        return database.read(partial(list_clients, ids=part, today=workload.TODAY))

    def limit(start: int) -> object:
        part = ids[start : start + _PAGE]
        rows = connection.execute(_BY_IDS.format(",".join("?" * len(part))), part).fetchall()
        found = {row[0]: row for row in rows}
        return [found[key] for key in part]

    found = in_turn(starts, product, limit, rounds=5)
    return Figure(ANYWHERE, branch.count, median(found.product), median(found.limit), "ms", BOUND)


def _all_ids(branch: Branch, database: Database, connection: Any) -> Figure:
    """Read behind the first page: only told, it keeps nobody waiting."""
    found = in_turn(
        [None],
        lambda _nothing: database.read(_list_ids),
        lambda _nothing: [row[0] for row in connection.execute(_IDS)],
        rounds=3,
    )
    return Figure(ALL_IDS, branch.count, found.product[0], found.limit[0], "ms")


_list_ids = partial(
    list_client_ids, query=ClientFilter(), order=ClientOrder("assets_fen"), today=workload.TODAY
)
