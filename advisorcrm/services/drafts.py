"""Drafts: what was typed and not yet saved, kept per person, encrypted with everything else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.claims import enter_once
from advisorcrm.models import Draft

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft: of which form, about what, and its content as the form wrote it."""

    form: str
    subject: str
    title: str
    content: Mapping[str, Any]
    saved_at: datetime


def save_draft(  # noqa: PLR0913 - what a draft consists of
    session: Session,
    actor: Actor,
    form: str,
    subject: str,
    *,
    title: str,
    content: Mapping[str, Any],
    now: datetime,
) -> datetime:
    """Keep what is typed so far; replaces the draft of the same form and subject."""
    text, title = json.dumps(content, ensure_ascii=False), title[:LONGEST_TITLE]
    mine = (Draft.user_id == actor.user_id, Draft.form == form, Draft.subject == subject)
    find = partial(session.scalar, select(Draft).where(*mine))
    draft = find()
    if draft is None:
        new = Draft(
            user_id=actor.user_id, form=form, subject=subject, title=title, content=text,
            saved_at=now,
        )  # fmt: skip
        draft = enter_once(session, new, find)
    draft.title, draft.content, draft.saved_at = title, text, now
    return now


def list_drafts(session: Session, actor: Actor) -> list[DraftRow]:
    """The person's own drafts, newest first."""
    rows = session.execute(
        select(Draft.form, Draft.subject, Draft.title, Draft.content, Draft.saved_at)
        .where(Draft.user_id == actor.user_id)
        .order_by(Draft.saved_at.desc())
    )
    return [
        DraftRow(form, subject, title, json.loads(content), saved_at)
        for form, subject, title, content, saved_at in rows
    ]


def discard_draft(session: Session, actor: Actor, form: str, subject: str) -> None:
    """Forget a draft: it was saved as a record, or given up on purpose."""
    session.execute(
        delete(Draft).where(
            Draft.user_id == actor.user_id, Draft.form == form, Draft.subject == subject
        )
    )
