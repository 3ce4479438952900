"""Who opens a client's file stands in the access log (R16)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from advisorcrm.services.access_logs import log_view
from advisorcrm.views.surroundings import Surroundings


class LookNote:
    """Notes the first sight of a file after it was opened; reading it again is the same look."""

    def __init__(self, around: Surroundings, failed: Callable[[Exception], None]) -> None:
        self._around = around
        self._failed = failed
        self._wanted = -1

    def start(self, client_id: int) -> None:
        """A file is being opened."""
        self._wanted = client_id

    def seen(self, client_id: int) -> None:
        """The file is on screen."""
        jobs = self._around.jobs
        if client_id == self._wanted and not jobs.is_read_only:
            self._wanted = -1
            look = partial(log_view, client_id=client_id, now=self._around.now())
            jobs.write(look, failed=self._failed, is_quiet=True)
