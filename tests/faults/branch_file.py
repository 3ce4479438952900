"""What the trials ask of a branch file after an accident."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from advisorcrm.db.copies import check_database
from advisorcrm.db.database import Database, open_file
from tests.conftest import rows
from tests.factories import KEY

ROOT = Path(__file__).resolve().parents[2]


def start(module: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """A second program, its output to be read line by line."""
    import os

    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def accounts_kept(path: Path) -> set[str]:
    """The accounts in the file; fails unless every part of every save is there, and sound."""
    database = open_file(path, KEY)
    try:
        assert check_database(database) == []
        return _complete(database)
    finally:
        database.close()


def _complete(database: Database) -> set[str]:
    """A save is whole: client, conversation, number, search text, index and history."""
    clients = {account for (account,) in rows(database, "SELECT account FROM client")}
    for table in ("contact_log", "contact_point", "client_search"):
        owners = rows(
            database,
            f"SELECT account FROM {table} JOIN client ON client.id = client_id",
        )
        assert sorted(owners) == sorted((account,) for account in clients), table
    kept = (
        "SELECT count(*) FROM change_history WHERE table_name = 'client' AND operation = 'insert'"
    )
    assert rows(database, kept) == [(len(clients),)]
    assert rows(database, "SELECT count(*) FROM client_gram") == [(len(clients),)]
    untouched = rows(database, "SELECT id FROM client WHERE last_contact_at IS NULL")
    assert untouched == []
    return clients
