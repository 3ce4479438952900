"""Sentences of the program that name a client, for a desk in public view (F9)."""

from __future__ import annotations

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.models import Client
from advisorcrm.rules.masking import hide_name
from advisorcrm.services.access import visible_clients

_SHORTEST = 2
"""A name of one character is no secret beside its own first character."""


def hide_named_clients(session: Session, actor: Actor, text: str) -> str:
    """The sentence with the surname's character only of each client it names.

    Longer names go first: 王秀 is a part of 王秀兰. Whom the person may not see is not looked for.
    """
    wanted = (
        select(Client.name)
        .where(
            visible_clients(actor),
            func.length(Client.name) >= _SHORTEST,
            literal(text).like(func.concat("%", Client.name, "%")),
        )
        .distinct()
    )
    for name in sorted(session.scalars(wanted), key=len, reverse=True):
        text = hide_name(text, name)
    return text
