"""Rows of a file straight from its driver, for what is asked with every key that is typed.

SQLAlchemy accounts for every column of every answer anew; for thirty columns that takes as long as
the file takes to answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

STOP = "stop"
"""Under this name a connection knows who may end what is being read on it."""


def rows_of_file(
    connection: Connection, statement: str, values: Sequence[Any] = ()
) -> Sequence[Sequence[Any]]:
    """All rows as the driver gives them, in the transaction at hand.

    Raises OperationalError as SQLAlchemy would, CancelledError where the read is to end.
    """
    from sqlcipher3 import dbapi2

    stop = connection.info.get(STOP)
    if stop is not None:
        stop.look()
    try:
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()
    except dbapi2.Error as error:
        raise OperationalError(statement, None, error, hide_parameters=True) from error
