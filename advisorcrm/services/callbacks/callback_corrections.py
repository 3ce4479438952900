"""What was put right in the record of a finished return call; the record itself stays (R223)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import (
    Callback,
    CallbackCampaign,
    CallbackCorrection,
    ContactLog,
    User,
)
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.callback_records import (
    CORRECTED,
    INDEPENDENT,
    QUESTIONS,
    CallbackAnswers,
    call_on_timeline,
    pack_scores,
    unpack_scores,
    worries,
)
from advisorcrm.rules.corrected_answers import AnswerChange, AnswerFixes, changes_of, corrected
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.callbacks.callback_access import own_callback, seen_callback
from advisorcrm.services.callbacks.callback_recording import demand_scores
from advisorcrm.services.callbacks.callbacks import active_items, answers_of
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import CallbackState

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """What the form gives; ``uuid`` is made when it opens, so that a retry saves once."""

    uuid: str
    content: str
    fixes: AnswerFixes = field(default_factory=AnswerFixes)


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction under a record; numbers in its text are masked."""

    id: int
    corrected_at: datetime
    author_name: str
    content: str
    changes: tuple[AnswerChange, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectedCall:
    """A record's corrections, the oldest first, and the answers that count with them."""

    counted: CallbackAnswers
    rows: tuple[CorrectionRow, ...] = ()


def correct_callback(
    session: Session, actor: Actor, callback_id: int, new: NewCorrection, *, now: datetime
) -> int:
    """Write under a finished record what is right; nothing of it is overwritten.

    Answers put right count in reports from now on, and one that is alarming becomes a matter for
    the manager as at the first record; the client's timeline says below the call what is right.
    Raises InvalidFieldError without words, for a score out of
    range, and for a call that is not done: its record can still be written.
    """
    callback, campaign, client = own_callback(session, actor, callback_id)
    known = select(CallbackCorrection.id).where(CallbackCorrection.uuid == new.uuid)
    if (key := session.scalar(known)) is not None:
        return key
    if callback.state is not CallbackState.DONE:
        raise InvalidFieldError("content", _("回访还没有完成，直接改记录就可以。"))
    content = clean_text("content", new.content, limit=LONG_TEXT)
    if not content:
        raise InvalidFieldError("content", _("请写明哪里记错了，正确的是什么。"))
    before = corrections_of(session, [callback])[callback_id].counted
    _check(session, before, new.fixes)
    row = CallbackCorrection(
        uuid=new.uuid, callback_id=callback_id, client_id=client.id, user_id=actor.user_id,
        content=content, created_at=now, **_columns(new.fixes),
    )  # fmt: skip
    session.add(row)
    _raise_worries(callback, before, new.fixes)
    _hang_on_timeline(session, row, callback, campaign, corrected(before, [new.fixes]))
    session.flush()  # the id is the answer
    return row.id


def list_corrections(session: Session, actor: Actor, callback_id: int) -> CorrectedCall:
    """The corrections of one record, and what counts with them."""
    callback, _campaign, _client = seen_callback(session, actor, callback_id)
    return corrections_of(session, [callback])[callback_id]


def corrections_of(session: Session, calls: Sequence[Callback]) -> dict[int, CorrectedCall]:
    """Each of these records with its corrections; who may see them was asked before."""
    found = {call.id: CorrectedCall(answers_of(call)) for call in calls}
    ids = list(found)
    for start in range(0, len(ids), _CHUNK):
        rows = session.execute(
            select(CallbackCorrection, User.name)
            .join(User, User.id == CallbackCorrection.user_id)
            .where(CallbackCorrection.callback_id.in_(ids[start : start + _CHUNK]))
            .order_by(CallbackCorrection.id)
        )
        for row, name in rows:
            found[row.callback_id] = _with(found[row.callback_id], row, name)
    return found


def _with(so_far: CorrectedCall, row: CallbackCorrection, name: str) -> CorrectedCall:
    fixes = _fixes_of(row)
    changes = changes_of(so_far.counted, fixes)
    line = CorrectionRow(row.id, row.created_at, name, mask_words(row.content), changes)
    return CorrectedCall(corrected(so_far.counted, [fixes]), (*so_far.rows, line))


def _check(session: Session, before: CallbackAnswers, fixes: AnswerFixes) -> None:
    demand_scores(session, fixes.scores)
    after = corrected(before, [fixes])
    is_asked = before.declined_scores and not after.declined_scores
    if is_asked and set(active_items(session)) - set(after.scores):
        raise InvalidFieldError("scores", _("客户既然评了分，请把每项的分数都填上。"))


def _raise_worries(callback: Callback, before: CallbackAnswers, fixes: AnswerFixes) -> None:
    """What is alarming only now is to be looked into; a matter closed before is open again."""
    fresh = [word for word in worries(corrected(before, [fixes])) if word not in worries(before)]
    if fresh:
        callback.follow_up = "；".join([*filter(None, [callback.follow_up]), *fresh])
        callback.followed_up_on = callback.followed_up_by_id = None


def _hang_on_timeline(
    session: Session,
    row: CallbackCorrection,
    callback: Callback,
    campaign: CallbackCampaign,
    counted: CallbackAnswers,
) -> None:
    """Below the call on the client's timeline; of an independent one only its rating (2.13)."""
    is_independent = campaign.kind in INDEPENDENT
    if callback.contact_log_id is None or (is_independent and row.outcome is None):
        return
    called = session.get_one(ContactLog, callback.contact_log_id)
    said = call_on_timeline(
        campaign.name, counted.outcome, () if is_independent else (row.content,)
    )
    session.add(
        ContactLog(
            uuid=str(uuid.uuid4()), client_id=called.client_id, author_id=row.user_id,
            topics=called.topics, contacted_at=called.contacted_at, way=called.way,
            content=said[:LONG_TEXT], corrects_id=called.id, correction_reason=CORRECTED,
            created_at=row.created_at,
        )
    )  # fmt: skip


def _columns(fixes: AnswerFixes) -> dict[str, object]:
    return {
        "outcome": fixes.outcome, "service_grade": fixes.service_grade,
        "product_grade": fixes.product_grade, "scores": pack_scores(fixes.scores) or None,
        "declined_scores": fixes.declined_scores,
        **{question.field: fixes.questions.get(question.field) for question in QUESTIONS},
    }  # fmt: skip


def _fixes_of(row: CallbackCorrection) -> AnswerFixes:
    asked = {question.field: getattr(row, question.field) for question in QUESTIONS}
    return AnswerFixes(
        row.outcome, row.service_grade, row.product_grade, unpack_scores(row.scores or ()),
        row.declined_scores, {name: said for name, said in asked.items() if said is not None},
    )  # fmt: skip
