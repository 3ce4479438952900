"""What every client screen works with: background jobs, code lists, settings, person and clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from advisorcrm.columns import CodeBook, branch_date
from advisorcrm.services.access import LEAVES_NO_TRACE, Actor, Right, may
from advisorcrm.services.branch.settings import Settings
from advisorcrm.views.clients.client_walk import ClientWalk
from advisorcrm.views.jobs import Jobs
from advisorcrm.views.undo import UndoStack


def clock_now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Surroundings:
    """Given to the list and to the client's page alike; ``walk`` is the list both go along.

    ``undo`` is what was done since sign-in and can be taken back.
    """

    jobs: Jobs
    book: CodeBook
    settings: Settings
    actor: Actor
    clock: Callable[[], datetime] = clock_now
    walk: ClientWalk = field(default_factory=ClientWalk)
    undo: UndoStack = field(default_factory=UndoStack)

    def now(self) -> datetime:
        """The present instant by this desk's clock."""
        return self.clock()

    def today(self) -> date:
        """The branch's day."""
        return branch_date(self.clock())

    def may(self, right: Right) -> bool:
        """Whether the person's role includes this, and the database takes what it writes."""
        if self.jobs.is_read_only and right not in LEAVES_NO_TRACE:
            return False
        return may(self.actor, right)
