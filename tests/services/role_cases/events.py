"""Events: who plans them, who invites and notes whom, who reads them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.services.meetings import event_guests, events
from advisorcrm.terms import Channel, GuestAnswer
from tests.factories import NOW, People, make_client
from tests.services.role_cases.days import done
from tests.services.roles import EDIT, ENTER, EVERYBODY, NAME, SEE, Case, World

LOOK = EVERYBODY - {"administrator"}
DATA = events.EventData("open_day", "接待日", NOW, "大厅", "资料", is_prepared=True)


def fill(session: Session, people: People, client: int) -> dict[str, Any]:
    lin = people.advisor
    event = events.add_event(session, lin, DATA)
    invited = event_guests.invite_clients(session, lin, event, [client], Channel.PHONE, now=NOW)
    assert invited.ids == (client,)
    [guest] = event_guests.list_guests(session, lin, event)
    event_guests.mark_attendance(session, lin, [guest.id], has_come=True, now=NOW)
    other = make_client(session, people.advisor, name=NAME)
    return {"event": event, "guest": guest.id, "other": other}


def made(world: World, name: str) -> Any:
    return world.more["events"][name]


def preview(session: Session, actor: Any, world: World) -> Any:
    return event_guests.preview_invitations(
        session, actor, made(world, "event"), [made(world, "other")], Channel.PHONE, now=NOW
    ).ids


def invite(session: Session, actor: Any, world: World) -> Any:
    return event_guests.invite_clients(
        session, actor, made(world, "event"), [made(world, "other")], Channel.PHONE, now=NOW
    ).ids


CASES: dict[str, Case] = {
    "event_guests.add_visitor": (
        lambda s, a, w: event_guests.add_visitor(s, a, made(w, "event"), "来客"), ENTER),
    "event_guests.answer_invitation": (
        done(lambda s, a, w: event_guests.answer_invitation(
            s, a, made(w, "guest"), GuestAnswer.COMES)), EDIT),
    "event_guests.archive_guest": (
        done(lambda s, a, w: event_guests.archive_guest(s, a, made(w, "guest"), now=NOW)), EDIT),
    "event_guests.give_souvenir": (
        done(lambda s, a, w: event_guests.give_souvenir(
            s, a, made(w, "guest"), "台历", value_fen=2000, now=NOW)), EDIT),
    "event_guests.invite_clients": (invite, EDIT),
    "event_guests.list_client_events": (
        lambda s, a, w: event_guests.list_client_events(s, a, w.client), SEE),
    "event_guests.list_guests": (
        lambda s, a, w: event_guests.list_guests(s, a, made(w, "event")), LOOK),
    "event_guests.mark_attendance": (
        done(lambda s, a, w: event_guests.mark_attendance(
            s, a, [made(w, "guest")], has_come=False, now=NOW)), EDIT),
    "event_guests.preview_invitations": (preview, EDIT),
    "event_guests.restore_guest": (
        done(lambda s, a, w: event_guests.restore_guest(s, a, made(w, "guest"))), EDIT),
    "event_guests.write_feedback": (
        done(lambda s, a, w: event_guests.write_feedback(s, a, made(w, "guest"), "好")), EDIT),
    "events.add_event": (lambda s, a, w: events.add_event(s, a, DATA), ENTER),
    "events.archive_event": (
        done(lambda s, a, w: events.archive_event(s, a, made(w, "event"), now=NOW)), EDIT),
    "events.change_event": (
        done(lambda s, a, w: events.change_event(
            s, a, made(w, "event"), DATA, version=1)), EDIT),
    "events.close_event": (
        done(lambda s, a, w: events.close_event(s, a, made(w, "event"), "意见", now=NOW)), EDIT),
    "events.list_events": (lambda s, a, w: events.list_events(s, a), LOOK),
    "events.open_event": (lambda s, a, w: events.open_event(s, a, made(w, "event")), LOOK),
    "events.planned_event": (
        lambda s, a, w: events.planned_event(s, a, made(w, "event")).title, EDIT),
    "events.restore_event": (
        done(lambda s, a, w: events.restore_event(s, a, made(w, "event"))), EDIT),
}  # fmt: skip
