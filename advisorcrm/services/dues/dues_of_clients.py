"""What is due with single clients: next steps, first contacts, calls, ends of tests and seats."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, or_, select
from sqlalchemy.orm import aliased

from advisorcrm.db.branch_clock import clock_of, clock_text, day_of, days_after, month_after
from advisorcrm.db.database import AnySelect
from advisorcrm.db.plans import looked_at_last
from advisorcrm.models import Appointment, Client, ContactLog, Handover, HandoverClient, SeatUse
from advisorcrm.services.clients.client_matters import spoken_since_handover
from advisorcrm.services.dues.due_questions import DueQuestion, due_columns
from advisorcrm.services.dues.dues_of_callbacks import is_on_new_client_list
from advisorcrm.terms import ClientStage, DueKind, Role

NEW_FOR_DAYS = 120
"""So long after the opening a call that was never made is still asked for: not for the clients
of years ago that a branch brings along."""
CALL_COUNTS_DAYS = 7
"""A call so many days before the month is over counts as the call after a month."""
_RESTRICTED = Client.__table__.alias("restricted")
"""Asked last, of the few that nobody was told of: the index of the dates holds everything else."""


def next_steps(question: DueQuestion) -> AnySelect:
    """Next steps an author agreed with a client to whom nobody has spoken since (R80)."""
    return (
        _step_columns(question, ContactLog.author_id)
        .join(Client, Client.id == ContactLog.client_id)
        .where(
            question.mine(ContactLog.author_id),
            _step_is_open(question),
            or_(
                Client.advisor_id.is_(None),
                Client.advisor_id == ContactLog.author_id,
                ~_author_was_advisor(),
            ),
        )
    )


def handed_steps(question: DueQuestion) -> AnySelect:
    """Next steps that the advisor before agreed with a client who was handed over since."""
    later = aliased(HandoverClient)
    was_handed_on = (
        select(later.id)
        .where(later.client_id == HandoverClient.client_id, later.id > HandoverClient.id)
        .correlate(HandoverClient)
        .exists()
    )
    found = (
        _step_columns(question, HandoverClient.to_advisor_id)
        .join(HandoverClient, HandoverClient.client_id == ContactLog.client_id)
        .join(Handover, Handover.id == HandoverClient.handover_id)
        .join(Client, Client.id == ContactLog.client_id)
        .where(
            question.mine(HandoverClient.to_advisor_id),
            Client.advisor_id == HandoverClient.to_advisor_id,
            Handover.undone_at.is_(None),
            ContactLog.author_id != HandoverClient.to_advisor_id,
            ContactLog.contacted_at < Handover.at,
            _author_was_advisor(),
            ~was_handed_on,
            _step_is_open(question),
        )
    )
    if question.since is not None:
        found = found.where(HandoverClient.first_contact_due_on >= question.since)
    return found


def _author_was_advisor() -> ColumnElement[bool]:
    """Whether the author had the client and gave him away: his steps go along."""
    given = aliased(HandoverClient)
    return (
        select(given.id)
        .where(given.client_id == Client.id, given.from_advisor_id == ContactLog.author_id)
        .correlate(Client, ContactLog)
        .exists()
    )


def _step_columns(question: DueQuestion, user: Any) -> AnySelect:
    return due_columns(
        question, DueKind.NEXT_STEP, subject=ContactLog.id, user=user, on=ContactLog.next_on,
        client=Client.id, name=Client.name, clock=clock_text(ContactLog.next_at),
        detail=ContactLog.next_note,
    ).select_from(ContactLog)  # fmt: skip


def _step_is_open(question: DueQuestion) -> ColumnElement[bool]:
    last_on = day_of(Client.last_contact_at)
    at_later_hour = and_(
        ContactLog.next_on == last_on,
        clock_text(ContactLog.next_at) > clock_of(Client.last_contact_at),
    )
    is_latest = ContactLog.contacted_at >= Client.last_contact_at
    return and_(
        ContactLog.next_on.is_not(None),
        question.window(DueKind.NEXT_STEP, ContactLog.next_on),
        ContactLog.corrects_id.is_(None),
        Client.archived_at.is_(None),
        or_(is_latest, ContactLog.next_on > last_on, at_later_hour),
        ~_has_other_time(),
    )


def _has_other_time() -> ColumnElement[bool]:
    """A next step that was given a time of its own is told as that appointment."""
    moved = or_(
        ContactLog.next_at.is_(None),
        day_of(Appointment.starts_at) != ContactLog.next_on,
        clock_of(Appointment.starts_at) != clock_text(ContactLog.next_at),
    )
    return (
        select(Appointment.id)
        .where(Appointment.from_log_id == ContactLog.id, Appointment.cancelled_at.is_(None), moved)
        .correlate(ContactLog)
        .exists()
    )


def first_contacts(question: DueQuestion) -> AnySelect:
    """Clients to whom their new advisor has not spoken within a week of the hand-over (R218)."""
    return (
        due_columns(
            question, DueKind.FIRST_CONTACT, subject=HandoverClient.id,
            user=HandoverClient.to_advisor_id, on=HandoverClient.first_contact_due_on,
            client=Client.id, name=Client.name, detail=Handover.reason,
        )
        .select_from(HandoverClient)
        .join(Handover, Handover.id == HandoverClient.handover_id)
        .join(Client, Client.id == HandoverClient.client_id)
        .where(
            question.mine(HandoverClient.to_advisor_id),
            question.window(DueKind.FIRST_CONTACT, HandoverClient.first_contact_due_on),
            Handover.undone_at.is_(None),
            Client.archived_at.is_(None),
            Client.is_restricted.is_(False),
            Client.advisor_id == HandoverClient.to_advisor_id,
            ~spoken_since_handover(),
        )
    )  # fmt: skip


def risk_tests(question: DueQuestion) -> AnySelect:
    """Suitability tests that run out or are over (2.4c)."""
    return _file_end(question, DueKind.RISK_TEST, Client.risk_expires_on)


def id_documents(question: DueQuestion) -> AnySelect:
    """Identity documents that run out or are over; a permanent one never (2.9b)."""
    return _file_end(question, DueKind.ID_DOCUMENT, Client.id_expires_on).where(
        Client.id_is_permanent.is_(False)
    )


def _file_end(question: DueQuestion, kind: DueKind, on: Any) -> AnySelect:
    return due_columns(
        question, kind, subject=Client.id, user=Client.advisor_id, on=on, client=Client.id,
        name=Client.name,
    ).where(
        question.mine(Client.advisor_id),
        question.window(kind, on),
        Client.archived_at.is_(None),
        Client.stage != ClientStage.CHURNED,
        ~select(_RESTRICTED.c.id)
        .where(_RESTRICTED.c.id == Client.id, _RESTRICTED.c.is_restricted.is_(True))
        .exists(),
    )  # fmt: skip


def seat_transitions(question: DueQuestion) -> AnySelect:
    """Two months on a seat without meeting its conditions (R107)."""
    return (
        due_columns(
            question, DueKind.SEAT_TRANSITION, subject=SeatUse.id, user=Client.advisor_id,
            on=SeatUse.transition_ends_on, client=Client.id, name=Client.name,
            detail=SeatUse.pass_no,
        )
        .select_from(SeatUse)
        .join(Client, Client.id == SeatUse.client_id)
        .where(
            question.mine(looked_at_last(Client.advisor_id)),
            question.window(DueKind.SEAT_TRANSITION, SeatUse.transition_ends_on),
            SeatUse.left_on.is_(None),
            Client.archived_at.is_(None),
        )
    )  # fmt: skip


def new_client_calls(question: DueQuestion) -> AnySelect | None:
    """New clients to be called after a month, by another person than their advisor (R204, 2.13).

    Whoever manages has to see to it. A conversation that somebody else had with the client in
    the last week of the month or later is the call.
    """
    manages = question.actor.role is Role.MANAGER and question.user_id == question.actor.user_id
    if not manages and question.user_id is not None:
        return None
    kind, due = DueKind.NEW_CLIENT_CALL, month_after(Client.opened_on)
    called = (
        select(ContactLog.id)
        .where(
            ContactLog.client_id == Client.id,
            ContactLog.corrects_id.is_(None),
            or_(Client.advisor_id.is_(None), ContactLog.author_id != Client.advisor_id),
            days_after(day_of(ContactLog.contacted_at), literal(CALL_COUNTS_DAYS)) >= due,
        )
        .correlate(Client)
        .exists()
    )
    first = question.today - timedelta(days=NEW_FOR_DAYS)
    return due_columns(
        question, kind, subject=Client.id, user=question.whose, on=due, client=Client.id,
        name=Client.name,
    ).where(
        Client.opened_on >= first,
        Client.opened_on <= question.horizon(kind) - timedelta(days=28),
        due <= question.horizon(kind),
        Client.stage.in_((ClientStage.ACTIVE, ClientStage.AT_RISK)),
        Client.is_restricted.is_(False),
        Client.archived_at.is_(None),
        ~called,
        ~is_on_new_client_list(),
    )  # fmt: skip
