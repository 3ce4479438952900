"""What was put right in the record of a finished return call; the record itself stays (R223)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import CallbackCorrection, User
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.callbacks.callback_access import own_callback, seen_callback
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import CallbackState

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """What the form gives; ``uuid`` is made when it opens, so that a retry saves once."""

    uuid: str
    content: str


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction under a record; numbers in its text are masked."""

    id: int
    corrected_at: datetime
    author_name: str
    content: str


def correct_callback(
    session: Session, actor: Actor, callback_id: int, new: NewCorrection, *, now: datetime
) -> int:
    """Write under a finished record what is right; nothing of it is overwritten.

    Raises InvalidFieldError without words, and for a call that is not done: its record can still
    be written.
    """
    callback, _campaign, client = own_callback(session, actor, callback_id)
    known = select(CallbackCorrection.id).where(CallbackCorrection.uuid == new.uuid)
    if (key := session.scalar(known)) is not None:
        return key
    if callback.state is not CallbackState.DONE:
        raise InvalidFieldError("content", _("回访还没有完成，直接改记录就可以。"))
    content = clean_text("content", new.content, limit=LONG_TEXT)
    if not content:
        raise InvalidFieldError("content", _("请写明哪里记错了，正确的是什么。"))
    row = CallbackCorrection(
        uuid=new.uuid, callback_id=callback_id, client_id=client.id, user_id=actor.user_id,
        content=content, created_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()  # the id is the answer
    return row.id


def list_corrections(session: Session, actor: Actor, callback_id: int) -> list[CorrectionRow]:
    """The corrections of one record, the oldest first."""
    seen_callback(session, actor, callback_id)
    return list(corrections_of(session, [callback_id]).get(callback_id, ()))


def corrections_of(session: Session, ids: Sequence[int]) -> dict[int, tuple[CorrectionRow, ...]]:
    """The corrections below these records, the oldest first; who may see them was asked before."""
    found: dict[int, tuple[CorrectionRow, ...]] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = session.execute(
            select(CallbackCorrection, User.name)
            .join(User, User.id == CallbackCorrection.user_id)
            .where(CallbackCorrection.callback_id.in_(ids[start : start + _CHUNK]))
            .order_by(CallbackCorrection.id)
        )
        for row, name in rows:
            line = CorrectionRow(row.id, row.created_at, name, mask_words(row.content))
            found[row.callback_id] = (*found.get(row.callback_id, ()), line)
    return found
