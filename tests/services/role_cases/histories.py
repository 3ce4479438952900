"""The change history and bringing back: who may read, who may restore."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.services.contacts import timelines
from advisorcrm.services.files import changed_files, client_edits, field_sources
from advisorcrm.services.histories import histories, restoring
from advisorcrm.terms import ValueSource
from tests.factories import NOW
from tests.services.roles import EDIT, SEE, Case, World


def restore(session: Session, actor: Actor, world: World) -> Any:
    return restoring.restore_fields(
        session, actor, world.client, 1, ("hobbies",), why="客户要求", now=NOW
    )


def say_source(session: Session, actor: Actor, world: World) -> bool:
    counter = ValueSource.COUNTER
    field_sources.set_source(session, actor, world.client, "hobbies", counter, now=NOW)
    return True


def changed(session: Session, actor: Actor, world: World) -> Any:
    # The triggers go by the clock of the database.
    today = datetime.now(UTC).astimezone(BRANCH_TIME).date()
    return changed_files.list_changed_files(session, actor, today)


def lose(session: Session, actor: Actor, world: World) -> bool:
    client_edits.keep_losers(session, actor, world.client, {"hobbies": "钓鱼"}, now=NOW)
    return True


CASES: dict[str, Case] = {
    "changed_files.list_changed_files": (changed, SEE),
    "client_edits.keep_losers": (lose, EDIT),
    "field_sources.list_sources": (
        lambda s, a, w: [field_sources.list_sources(s, a, w.client)],
        SEE,
    ),
    "field_sources.set_source": (say_source, EDIT),
    "histories.compare_versions": (
        lambda s, a, w: histories.compare_versions(s, a, w.client, 0, 99),
        SEE,
    ),
    "histories.list_history": (
        lambda s, a, w: histories.list_history(s, a, w.client).entries,
        SEE,
    ),
    "histories.list_versions": (lambda s, a, w: histories.list_versions(s, a, w.client), SEE),
    "restoring.restore_fields": (restore, EDIT),
    "timelines.list_timeline": (lambda s, a, w: timelines.list_timeline(s, a, w.client), SEE),
}
