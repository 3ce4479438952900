"""A second program that upgrades: ``python -m tests.db.upgrade_child LOCATION STEPS``."""

from __future__ import annotations

import sys
from pathlib import Path

from advisorcrm.db import upgrade
from advisorcrm.db.database import open_file, open_server
from advisorcrm.services.workplace.desk import is_server, server_url
from tests.factories import KEY


def main(location: str, steps: str) -> None:
    upgrade.MIGRATIONS = Path(steps)
    if is_server(location):
        database = open_server(server_url(location), "test")
    else:
        database = open_file(Path(location), KEY)
    import alembic.command  # noqa: F401 - loaded before the start is given

    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    upgrade.upgrade(database)
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
