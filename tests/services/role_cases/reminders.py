"""Reminders and the notification centre: each person has the own and no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.dues import notifications, reminders
from tests.factories import NOW, People
from tests.services.roles import EVERYBODY, Case, World

LOOK = reminders.Look(NOW + timedelta(hours=1))
ADVISOR = frozenset({"advisor"})


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    reminders.claim_due(session, people.advisor, LOOK)
    (line, *_more) = notifications.read_centre(session, people.advisor, LOOK).lines
    return {"line": line.id}


def snooze(session: Session, actor: Actor, world: World) -> bool:
    key = world.more["reminders"]["line"]
    reminders.snooze_reminder(session, actor, key, until=NOW)
    return True


def finish(session: Session, actor: Actor, world: World) -> bool:
    reminders.finish_reminder(session, actor, world.more["reminders"]["line"], now=NOW)
    return True


def reopen(session: Session, actor: Actor, world: World) -> bool:
    reminders.reopen_reminder(session, actor, world.more["reminders"]["line"])
    return True


CASES: dict[str, Case] = {
    "notifications.open_centre": (
        lambda s, a, w: notifications.open_centre(s, a, at=NOW),
        EVERYBODY,
    ),
    "notifications.read_centre": (
        lambda s, a, w: notifications.read_centre(s, a, LOOK).lines,
        ADVISOR,
    ),
    "reminders.begin_look": (
        lambda s, a, w: reminders.begin_look(s, a, at=NOW),
        EVERYBODY,
    ),
    "reminders.claim_due": (
        lambda s, a, w: reminders.claim_due(s, a, LOOK).count >= 0,
        EVERYBODY,
    ),
    "reminders.finish_reminder": (finish, ADVISOR),
    "reminders.has_news": (
        lambda s, a, w: reminders.has_news(s, a, LOOK) in {True, False},
        EVERYBODY,
    ),
    "reminders.reopen_reminder": (reopen, ADVISOR),
    "reminders.snooze_reminder": (snooze, ADVISOR),
}
