"""With the first day of a week that somebody sees, the completeness of the files is kept (R6)."""

from __future__ import annotations

import logging
from functools import partial

from advisorcrm.services.access import Right
from advisorcrm.views.surroundings import Surroundings

log = logging.getLogger(__name__)


def keep_completeness(around: Surroundings) -> None:
    """Ask whether the week has its snapshot, and take it if not; who may not, does nothing."""
    from advisorcrm.services.completeness.weekly_snapshots import lacks_weekly_snapshot

    if around.may(Right.SET_STANDARDS):
        work = partial(lacks_weekly_snapshot, today=around.today())
        around.jobs.read(work, then=partial(_take, around), key="reminding.snapshot")


def _take(around: Surroundings, is_lacking: bool) -> None:
    from advisorcrm.services.completeness.weekly_snapshots import take_weekly_snapshot

    if is_lacking:
        work = partial(take_weekly_snapshot, now=around.now(), today=around.today())
        around.jobs.write(work, failed=_postpone, is_quiet=True)


def _postpone(error: Exception) -> None:
    """Nobody asked for it: it is tried again at the next start or on the next day."""
    log.info("no weekly snapshot: %s", error)
