"""How complete the files of a whole branch are, by advisor and group (R3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from advisorcrm.services.completeness.completeness import count_completeness
from tests.bench import raw, workload
from tests.bench.branch import Branch
from tests.bench.figures import Figure, growth
from tests.bench.timing import in_turn

WHOLE = "completeness of a whole branch"
BOUND = 2.0
GROWTH = 150.0
"""A hundred times the clients, and some room for what no longer fits into the cache."""

_BY_HAND = f"""SELECT user.name, client_group.name, sums.clients, sums.total, sums.below FROM
(SELECT advisor_id, client_group_id, count(*) AS clients, sum(percent) AS total,
 sum(percent < 90) AS below
 FROM (SELECT advisor_id, client_group_id, {raw.PERCENT} AS percent
       FROM client WHERE archived_at IS NULL)
 GROUP BY advisor_id, client_group_id) AS sums
LEFT JOIN user ON user.id = sums.advisor_id
LEFT JOIN client_group ON client_group.id = sums.client_group_id"""


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size, and how they grow."""
    figures = [_measure(branch) for branch in branches]
    return figures + growth(figures, WHOLE, GROWTH, name="completeness, growth with clients")


def _measure(branch: Branch) -> Figure:
    database = branch.sign_in()
    connection = raw.connect(branch.path, database.key)
    work = partial(count_completeness, today=workload.TODAY)

    def product(_nothing: None) -> Any:
        return database.read(work)

    def limit(_nothing: None) -> Any:
        return connection.execute(_BY_HAND).fetchall()

    try:
        _demand_same(product(None), limit(None))
        found = in_turn([None], product, limit, rounds=5)
    finally:
        connection.close()
        database.close()
    return Figure(WHOLE, branch.count, found.product[0], found.limit[0], "ms", BOUND)


def _demand_same(counted: Any, by_hand: list[tuple[Any, ...]]) -> None:
    """Both answer the same, else nothing is measured."""
    clients, total = sum(row[2] for row in by_hand), sum(row[3] for row in by_hand)
    wanted = (clients, round(total * 10 / clients))
    if (counted.whole.clients, counted.whole.tenths) != wanted:
        raise SystemExit(f"completeness differs: {counted.whole} beside {wanted}")
