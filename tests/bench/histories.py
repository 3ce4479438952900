"""The change history of one client among all: read, told in words, beside its rows by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.models import Client
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.histories.histories import list_history
from tests.bench import raw, workload
from tests.bench.branch import Branch
from tests.bench.figures import Figure, growth
from tests.bench.timing import in_turn, median

WORK = "change history of one client"
BOUND = 3.0
GROWTH = 3.0
_CLIENTS = 20
_CHANGES = 20
_TABLES = (
    "contact_point", "consent", "risk_test", "relation", "own_value", "seat_use", "attachment",
    "client_account", "counter_notice", "product_sale", "privacy_request",
)  # fmt: skip
_ROWS = """SELECT h.at, coalesce(u.name, h.actor), h.table_name, h.row_id, h.old, h.new, h.why
FROM change_history h LEFT JOIN user u ON u.employee_no = h.actor WHERE h.id IN (
SELECT id FROM change_history WHERE table_name = 'client' AND row_id = :client {}) ORDER BY h.id
"""
_HANGING = """ UNION ALL SELECT c.id FROM change_history c JOIN {0} t ON t.id = c.row_id
WHERE c.table_name = '{0}' AND t.client_id = :client"""
_SQL = _ROWS.format("".join(_HANGING.format(name) for name in _TABLES))


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size, and how they grow."""
    figures = [_measure(branch, tell) for branch in branches]
    return figures + growth(figures, WORK, GROWTH, name="change history, growth with clients")


def _measure(branch: Branch, tell: Callable[[str], None]) -> Figure:
    database = branch.sign_in()
    connection = raw.connect(branch.path, database.key)
    try:
        ids = [1 + place * (branch.count // _CLIENTS) for place in range(_CLIENTS)]
        for client_id in ids:
            _change(database, client_id)
        found = in_turn(ids, partial(_ask, database), partial(_ask_raw, connection), rounds=12)
        tell(f"  history: product {median(found.product):.3f} ms, limit {median(found.limit):.3f}")
        return Figure(WORK, branch.count, median(found.product), median(found.limit), "ms", BOUND)
    finally:
        connection.close()
        database.close()


def _change(database: Database, client_id: int) -> None:
    """Give a client as long a history as a busy branch gives: 20 versions; those of a run before count."""
    known = database.read(partial(list_history, client_id=client_id)).versions
    for number in range(known, _CHANGES):
        seen = database.read(partial(_hobbies, client_id=client_id))
        change = {"hobbies": Change(seen, f"{number} {seen[:20]}")}
        database.write(
            partial(update_client, client_id=client_id, changes=change, now=workload.NOW)
        )


def _hobbies(session: Session, _actor: Actor, client_id: int) -> str:
    return session.get_one(Client, client_id).hobbies


def _ask(database: Database, client_id: int) -> None:
    database.read(partial(list_history, client_id=client_id))


def _ask_raw(connection: Any, client_id: int) -> list[Any]:
    """The same rows with their values, by hand."""
    rows = connection.execute(_SQL, {"client": client_id}).fetchall()
    return [(*row[:4], json.loads(row[4] or "{}"), json.loads(row[5] or "{}")) for row in rows]
