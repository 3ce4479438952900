"""A second program that takes client numbers: ``python -m tests.faults.adder LOCATION COUNT``."""

from __future__ import annotations

import sys
from pathlib import Path

from advisorcrm.db.database import open_file, open_server
from advisorcrm.services.branch.branches import take_client_numbers
from advisorcrm.services.workplace.desk import is_server, server_url
from tests.factories import KEY


def main(location: str, count: str) -> None:
    """One number per transaction, each read, counted on and written back."""
    if is_server(location):
        database = open_server(server_url(location), "test")
    else:
        database = open_file(Path(location), KEY)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _n in range(int(count)):
        [number] = database.write(lambda session, _actor: take_client_numbers(session, 1))
        sys.stdout.write(f"{number}\n")
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
