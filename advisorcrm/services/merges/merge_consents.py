"""Consent of two files that become one: the stricter answer counts (2.7)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.i18n import _
from advisorcrm.models import Consent
from advisorcrm.terms import ConsentState

_STRICT = (ConsentState.REFUSED, ConsentState.WITHDRAWN)
StrictAnswers = list[tuple[Consent, int]]
"""Answers with the file they were given in: by the time they are said again it has moved."""


def stricter_answers(session: Session, kept_id: int, merged_id: int) -> StrictAnswers:
    """Refusals of either side that a newer yes of the other would cover, and whose they are."""
    newest: dict[tuple[Any, Any, int], Consent] = {}
    for answer in session.scalars(
        select(Consent)
        .where(Consent.client_id.in_((kept_id, merged_id)))
        .order_by(Consent.answered_at, Consent.id)
    ):
        newest[answer.channel, answer.purpose, answer.client_id] = answer
    return [
        (answer, owner)
        for (channel, purpose, owner), answer in newest.items()
        if answer.state in _STRICT
        and _is_covered(newest.get((channel, purpose, kept_id + merged_id - owner)), answer)
    ]


def _is_covered(other: Consent | None, answer: Consent) -> bool:
    return (
        other is not None
        and other.state is ConsentState.GIVEN
        and other.answered_at >= answer.answered_at
    )


def keep_strict(
    session: Session, kept_id: int, strict: StrictAnswers, *, user_id: int, now: datetime
) -> list[int]:
    """Say the stricter answers once more, so that the newest of the file is the one that counts.

    Returns those that repeat the merged file: undone, they go back with it, and what the client
    had agreed to in the file that stayed counts again.
    """
    said = [
        (
            Consent(
                uuid=str(uuid.uuid4()),
                client_id=kept_id,
                channel=answer.channel,
                purpose=answer.purpose,
                state=answer.state,
                answered_at=now,
                user_id=user_id,
                how=_("两份档案合并，取更严的答复"),
                created_at=now,
            ),
            owner,
        )
        for answer, owner in strict
    ]
    session.add_all(answer for answer, _owner in said)
    session.flush()  # their numbers are kept with the merge
    return [answer.id for answer, owner in said if owner != kept_id]
