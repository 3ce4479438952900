"""The record of a return call: kept as it comes, counted when nothing is missing (R223, R242)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Callback, CallbackCampaign, Client, ContactLog
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.callback_records import (
    HIGHEST_SCORE,
    INDEPENDENT,
    QUESTIONS,
    CallbackAnswers,
    call_on_timeline,
    missing_parts,
    pack_scores,
    written_worries,
)
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.callbacks.callback_access import demand_open, own_callback
from advisorcrm.services.callbacks.callbacks import active_items
from advisorcrm.services.contacts.contact_log_numbers import complete_text
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import CallbackState

_LONGS = ("content", "wishes", "measures")


@dataclass(frozen=True, slots=True)
class NewCallbackRecord:
    """What the form gives about one call; ``version`` is that of the card it was opened with."""

    spoken_at: datetime
    answers: CallbackAnswers
    way: str = terms.WAY_PHONE
    version: int | None = None


def record_callback(
    session: Session, actor: Actor, callback_id: int, record: NewCallbackRecord, *, now: datetime
) -> tuple[str, ...]:
    """Keep what was said; returns what is still missing, and only without gaps it is done (R223).

    A complete record becomes a contact log of the client. A worrying answer to a question of the
    regulator, or a client who is dissatisfied, becomes a matter for the manager. Raises
    InvalidFieldError for a time in the future or a score out of range.
    """
    callback, campaign, client = own_callback(session, actor, callback_id)
    if callback.state is CallbackState.DONE and callback.spoken_at == record.spoken_at:
        return ()  # the same save once more
    demand_open(callback)
    if record.version is not None and record.version != callback.version:
        raise InvalidFieldError("version", _("别人刚改过这条回访，请重新打开再填。"))
    if record.spoken_at > now + timedelta(minutes=1):
        raise InvalidFieldError("spoken_at", _("回访时间不能晚于现在。"))
    demand_codes(session, terms.CONTACT_WAY, (record.way,), field="way")
    _store(session, callback, record)
    callback.follow_up = written_worries(record.answers)
    callback.caller_id = actor.user_id
    missing = missing_parts(record.answers, campaign.kind, active_items(session))
    callback.state = CallbackState.INCOMPLETE if missing else CallbackState.DONE
    if not missing:
        callback.contact_log_id = _log(session, actor, callback, campaign, client, now)
    return missing


def demand_scores(session: Session, scores: Mapping[str, int]) -> None:
    """Raises InvalidFieldError for a score out of range or of something that is not scored."""
    if any(not 1 <= score <= HIGHEST_SCORE for score in scores.values()):
        raise InvalidFieldError("scores", _("评分从 1 到 {most}。").format(most=HIGHEST_SCORE))
    demand_codes(session, terms.CALLBACK_ITEM, scores, field="scores")


def _store(session: Session, callback: Callback, record: NewCallbackRecord) -> None:
    answers = record.answers
    demand_scores(session, answers.scores)
    for name in _LONGS:
        typed = clean_text(name, getattr(answers, name), limit=LONG_TEXT)
        setattr(callback, name, complete_text((getattr(callback, name),), typed, field=name))
    for question in QUESTIONS:
        setattr(callback, question.field, answers.questions.get(question.field))
    callback.spoken_at, callback.way = record.spoken_at, record.way
    callback.outcome = answers.outcome
    callback.service_grade, callback.product_grade = answers.service_grade, answers.product_grade
    callback.scores = pack_scores({} if answers.declined_scores else answers.scores)
    callback.declined_scores = answers.declined_scores


def _log(
    session: Session,
    actor: Actor,
    callback: Callback,
    campaign: CallbackCampaign,
    client: Client,
    now: datetime,
) -> int:
    """The call on the client's timeline; of an independent one only that it was made (2.13)."""
    texts = () if campaign.kind in INDEPENDENT else (callback.content, callback.wishes)
    log = ContactLog(
        uuid=str(uuid.uuid4()), client_id=client.id, author_id=actor.user_id,
        topics=("opinion",), contacted_at=callback.spoken_at, way=callback.way,
        content=call_on_timeline(campaign.name, callback.outcome, texts)[:LONG_TEXT],
        created_at=now,
    )  # fmt: skip
    session.add(log)
    if callback.spoken_at is not None:
        client.touch(callback.spoken_at)
    session.flush()  # the call keeps its id
    return log.id
