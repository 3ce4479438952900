"""A second program that saves until it is stopped: ``python -m tests.faults.writer FILE [COUNT]``.

Each conversation is told on standard output only after the door has said that it is saved.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import sys
from pathlib import Path

from advisorcrm.db.database import open_file
from tests.factories import KEY, make_client, make_log, people_of


def main(path: str, count: str = "") -> None:
    """Save one client with one conversation per transaction."""
    database = open_file(Path(path), KEY)
    people = database.read(lambda session, _actor: people_of(session))
    told = power_mark()
    told(0)
    for number in range(1, int(count) + 1) if count else itertools.count(1):
        account = f"{os.getpid() % 100_000:05d}{number:07d}"

        def work(session, actor, account=account):  # type: ignore[no-untyped-def]
            client = make_client(session, people.advisor, account=account)
            make_log(session, people.advisor, client, content="客户认为短期过热。" * 20)

        database.write(work)
        sys.stdout.write(f"{account}\n")
        sys.stdout.flush()
        told(number)
    os._exit(0)  # as a power cut would: without closing anything


def power_mark():  # type: ignore[no-untyped-def]
    """Where the power-cut recorder is loaded, tell it what has been acknowledged."""
    mark = getattr(ctypes.CDLL(None), "power_mark", None)
    if mark is None:
        return lambda number: None
    mark.argtypes = [ctypes.c_int64]
    return mark


if __name__ == "__main__":
    main(*sys.argv[1:])
