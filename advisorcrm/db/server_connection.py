"""A connection to the server that does not wait for ever for one that has frozen.

A server that was stopped, or whose computer hangs, still holds the line: the network takes what is
sent and nothing comes back, neither an answer nor an end.
"""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import Any

import psycopg

READING_S = 30.0
WRITING_S = 60.0
"""Seconds without a byte after which the server is taken for frozen."""


class ServerConnection(psycopg.Connection[Any]):
    """Gives up, and closes the line, when nothing at all was heard for ``patience`` seconds.

    None waits as long as it takes: while another program upgrades the tables.
    """

    patience: float | None = WRITING_S

    def wait(
        self, gen: Generator[Any, Any, Any], interval: float = 0.1, timeout: float | None = None
    ) -> Any:
        """As in psycopg; raises OperationalError when the server is silent for too long."""
        return super().wait(self._watched(gen), interval, timeout)

    def _watched(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        try:
            wanted = next(gen)
            heard_at = monotonic()
            while True:
                ready = yield wanted
                if ready:
                    heard_at = monotonic()
                elif self.patience is not None and monotonic() - heard_at > self.patience:
                    self.pgconn.finish()  # what it still does ends there without a commit
                    raise psycopg.OperationalError("timeout expired: nothing heard of the server")
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value
