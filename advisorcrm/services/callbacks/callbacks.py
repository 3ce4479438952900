"""One return call: who is called, by which number, when else, and what was said (R221–R225)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotAllowedError
from advisorcrm.i18n import _
from advisorcrm.models import Callback, Client, CodeListEntry, ContactPoint, User
from advisorcrm.rules.callback_records import (
    INDEPENDENT,
    QUESTIONS,
    TRIES,
    CallbackAnswers,
    missing_parts,
    unpack_scores,
)
from advisorcrm.rules.convenient_times import suits
from advisorcrm.rules.greetings import address_of
from advisorcrm.rules.masking import mask_account, mask_words
from advisorcrm.rules.sending import SendCode, is_quiet_at, read_hours, reason_of
from advisorcrm.services.access import Right, demand
from advisorcrm.services.access_logs import record_access
from advisorcrm.services.branch.compliance_parameters import load_compliance
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.callbacks.callback_access import demand_open, own_callback, seen_callback
from advisorcrm.services.callbacks.callback_lists import demand_caller
from advisorcrm.services.consents.may_send import SendAnswer, send_code_column
from advisorcrm.services.files.client_points import PointRow, mask_point, reveal_purpose
from advisorcrm.terms import AccessKind, CallbackState, Channel, PointKind, Purpose, RevealReason

_PHONES = (PointKind.MOBILE, PointKind.LANDLINE)


@dataclass(frozen=True, slots=True)
class CallCard:
    """All a caller needs for one call; numbers are masked until they are asked for."""

    id: int
    version: int
    client_id: int
    client_name: str
    salutation: str
    account: str
    tier: str | None
    advisor_name: str
    caller_id: int | None
    caller_name: str
    campaign_name: str
    kind: str
    purpose: str
    state: CallbackState
    due_on: date
    appointed_at: datetime | None
    tries: int
    convenient_time: str
    suits_client: bool | None
    send: SendAnswer
    points: tuple[PointRow, ...]
    items: tuple[str, ...]
    answers: CallbackAnswers
    missing: tuple[str, ...]
    spoken_at: datetime | None
    way: str
    may_work: bool


def open_callback(session: Session, actor: Actor, callback_id: int, *, now: datetime) -> CallCard:
    """The card of one call: may the client be disturbed now, and does the hour suit (R221).

    Raises NotFoundError for a call that is neither the person's own nor theirs to lead.
    """
    callback, campaign, client = seen_callback(session, actor, callback_id)
    items = active_items(session)
    answers = answers_of(callback)
    is_independent = campaign.kind in INDEPENDENT
    here = now.astimezone(BRANCH_TIME)
    return CallCard(
        id=callback.id, version=callback.version, client_id=client.id, client_name=client.name,
        salutation=address_of(client.name, client.sex, client.kind, client.alias),
        account=mask_account(client.account or ""),
        tier=client.tier, advisor_name=_name_of(session, client.advisor_id),
        caller_id=callback.caller_id,
        caller_name=_name_of(session, callback.caller_id), campaign_name=campaign.name,
        kind=campaign.kind, purpose=campaign.purpose, state=callback.state,
        due_on=callback.due_on, appointed_at=callback.appointed_at, tries=callback.tries,
        convenient_time=client.convenient_time,
        suits_client=suits(client.convenient_time, here, holiday_table(session, near=here.date())),
        send=may_call(session, client.id, now=now),
        points=_phones(session, client.id), items=items, answers=answers,
        missing=missing_parts(answers, campaign.kind, items), spoken_at=callback.spoken_at,
        way=callback.way or campaign.way,
        may_work=not (is_independent and client.advisor_id == actor.user_id),
    )  # fmt: skip


def reveal_callback_phone(  # noqa: PLR0913 - one line of a log
    session: Session,
    actor: Actor,
    callback_id: int,
    point_id: int,
    reason: RevealReason = RevealReason.CALL,
    *,
    note: str = "",
    now: datetime,
) -> str:
    """A number in full for dialling, logged before it is shown; not while the client rests (R221).

    Whoever makes the call may see the number, though the client is somebody else's. Raises
    NotAllowedError with the reason for a client who must not be called now.
    """
    callback, campaign, client = own_callback(session, actor, callback_id)
    demand_open(callback)
    answer = may_call(session, client.id, now=now)
    if not answer.may:
        raise NotAllowedError(answer.reason)
    point = session.scalar(
        select(ContactPoint).where(
            ContactPoint.id == point_id,
            ContactPoint.client_id == client.id,
            ContactPoint.archived_at.is_(None),
        )
    )
    if point is None:
        raise InvalidFieldError("point", _("这个号码已不在档案里。"))
    record_access(
        session, actor, AccessKind.REVEAL, subject=point.kind.label_zh,
        purpose=reveal_purpose(reason, note or campaign.name[:100]), now=now,
        client_id=client.id, was_masked=False,
    )  # fmt: skip
    return point.value


def note_try(session: Session, actor: Actor, callback_id: int, *, now: datetime) -> int:
    """Nobody answered; returns how often that was so."""
    callback, _campaign, _client = own_callback(session, actor, callback_id)
    demand_open(callback)
    callback.tries += 1
    callback.last_try_at = now
    return callback.tries


def give_up(session: Session, actor: Actor, callback_id: int) -> None:
    """The client cannot be reached: the call ends, uncovered, and stands out for the manager.

    Raises InvalidFieldError before three tries.
    """
    callback, _campaign, _client = own_callback(session, actor, callback_id)
    demand_open(callback)
    if callback.tries < TRIES:
        raise InvalidFieldError(
            "tries", _("拨打满 {count} 次仍未接通，才能记作联系不上。").format(count=TRIES)
        )
    callback.state = CallbackState.UNREACHABLE


def appoint_callback(
    session: Session, actor: Actor, callback_id: int, at: datetime, *, now: datetime
) -> None:
    """Agree another time with the client: from then on that time is the clock (R224).

    Raises InvalidFieldError for a time that is past or in the client's hours of rest (R221).
    """
    callback, _campaign, _client = own_callback(session, actor, callback_id)
    demand_open(callback)
    if at <= now:
        raise InvalidFieldError("appointed_at", _("约定的时间已经过去。"))
    if at > now + timedelta(days=92):
        raise InvalidFieldError("appointed_at", _("约定的时间不能晚于三个月。"))
    hours = load_compliance(session).contact_hours
    if is_quiet_at(read_hours(hours), at.astimezone(BRANCH_TIME)):
        said = _("这是客户休息时间，可联系时段 {hours}。").format(hours=_("、").join(hours))
        raise InvalidFieldError("appointed_at", said)
    callback.appointed_at = at
    callback.state = CallbackState.APPOINTED


def assign_caller(session: Session, actor: Actor, callback_id: int, caller_id: int) -> None:
    """Say who calls (manager).

    Raises InvalidFieldError for the client's own advisor where the call must be independent
    (2.13), and for somebody who may not call.
    """
    demand(actor, Right.LEAD_LISTS)
    callback, campaign, client = seen_callback(session, actor, callback_id)
    demand_open(callback)
    demand_caller(session, caller_id)
    if campaign.kind in INDEPENDENT and client.advisor_id == caller_id:
        raise InvalidFieldError("caller_id", _("这类回访须由客户的客服专员以外的人进行。"))
    callback.caller_id = caller_id


def may_call(session: Session, client_id: int, *, now: datetime) -> SendAnswer:
    """Whether this client may be called now, by the rules of every other sending (R221).

    Asked for a call that the person makes: ``callback_access`` has decided that already.
    """
    hours = load_compliance(session).contact_hours
    is_quiet = is_quiet_at(read_hours(hours), now.astimezone(BRANCH_TIME))
    column = send_code_column(Channel.PHONE, Purpose.CARE, is_quiet_hour=is_quiet)
    code = SendCode(session.execute(select(column).where(Client.id == client_id)).scalar_one())
    return SendAnswer(code, reason_of(code, Channel.PHONE, Purpose.CARE, hours))


def active_items(session: Session) -> tuple[str, ...]:
    """What clients are asked to score, in the branch's order (R242)."""
    return tuple(
        session.scalars(
            select(CodeListEntry.code)
            .where(
                CodeListEntry.list_name == terms.CALLBACK_ITEM,
                CodeListEntry.is_retired.is_(False),
            )
            .order_by(CodeListEntry.position)
        )
    )


def answers_of(callback: Callback) -> CallbackAnswers:
    """What was written down, for the form and the reports; numbers in texts are masked."""
    return CallbackAnswers(
        content=mask_words(callback.content),
        outcome=callback.outcome,
        service_grade=callback.service_grade,
        product_grade=callback.product_grade,
        scores=unpack_scores(callback.scores or ()),
        declined_scores=callback.declined_scores,
        questions={question.field: getattr(callback, question.field) for question in QUESTIONS},
        wishes=mask_words(callback.wishes),
        measures=mask_words(callback.measures),
    )


def _phones(session: Session, client_id: int) -> tuple[PointRow, ...]:
    points = session.scalars(
        select(ContactPoint)
        .where(
            ContactPoint.client_id == client_id,
            ContactPoint.kind.in_(_PHONES),
            ContactPoint.archived_at.is_(None),
        )
        .order_by(ContactPoint.position, ContactPoint.id)
    )
    return tuple(
        PointRow(point.id, point.kind, mask_point(point.kind, point.value), point.validity,
                 point.verified_on, point.note)
        for point in points
    )  # fmt: skip


def _name_of(session: Session, user_id: int | None) -> str:
    user = session.get(User, user_id) if user_id is not None else None
    return user.name if user else ""
