"""Handing clients over to other advisors: one transaction, one reason, taken back as a whole.

The new advisor has a week for the first conversation (R218); who gave whom to whom and why is
kept for good (R217).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client, Handover, HandoverClient, User
from advisorcrm.services.access import Right, demand, visible_clients
from advisorcrm.services.branch.compliance_parameters import load_compliance
from advisorcrm.services.calendar.appointments import follow_client
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.services.tasks.task_offers import offer_tasks_of_clients
from advisorcrm.terms import Role

_CHUNK = 5_000
_UNDONE = "撤销移交"  # chinese: data


@dataclass(frozen=True, slots=True)
class NewHandover:
    """Who gets whom: (client, new advisor) pairs; ``uuid`` is made before the first attempt."""

    uuid: str
    moves: tuple[tuple[int, int], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was done, for the sentence of the undo bar and to take it back."""

    id: int
    client_count: int
    advisor_names: tuple[str, ...]


def hand_over(session: Session, actor: Actor, new: NewHandover, *, now: datetime) -> HandedOver:
    """Give clients to other advisors (manager); whoever is theirs already is left out (R217).

    The files' own dates do not move: a file nobody has worked on stays stale. Raises
    InvalidFieldError without a reason, for an advisor who has left or if nobody is to move,
    NotFoundError for a client who is gone.
    """
    demand(actor, Right.HAND_OVER)
    known = session.scalar(select(Handover).where(Handover.uuid == new.uuid))
    if known is not None:
        return _told(session, known.id)
    reason = clean_text("reason", new.reason)
    if not reason:
        raise InvalidFieldError("reason", _("请写明移交原因。"))
    targets = dict(new.moves)
    demand_advisors(session, set(targets.values()))
    owners = _owners(session, actor, list(targets))
    moves = [(key, owners[key], to) for key, to in targets.items() if owners[key] != to]
    if not moves:
        raise InvalidFieldError("moves", _("所选客户已属于这位客服专员。"))
    with because(session, reason):
        handover = Handover(uuid=new.uuid, at=now, user_id=actor.user_id, reason=reason)
        session.add(handover)
        session.flush()  # the clients of the allocation point at it
        _write_moves(session, handover, moves)
        return _told(session, handover.id)


def note_handover(
    session: Session, actor: Actor, client: Client, to_advisor_id: int | None, *, now: datetime
) -> None:
    """A single client got another advisor in the file itself: the same record, the same week."""
    demand(actor, Right.HAND_OVER)
    if to_advisor_id is None or to_advisor_id == client.advisor_id:
        return
    demand_advisors(session, {to_advisor_id})
    handover = Handover(uuid=str(uuid.uuid4()), at=now, user_id=actor.user_id)
    session.add(handover)
    session.flush()  # the client of the allocation points at it
    session.add(_row(session, handover, client.id, client.advisor_id, to_advisor_id))
    follow_client(session, [client.id], to_advisor_id)
    offer_tasks_of_clients(session, [client.id], to_advisor_id)


def undo_handover(session: Session, actor: Actor, handover_id: int, *, now: datetime) -> int:
    """Give the clients back; returns how many. Whoever was handed on since stays there."""
    demand(actor, Right.HAND_OVER)
    handover = session.get(Handover, handover_id)
    if handover is None or handover.undone_at is not None:
        raise NotFoundError(_("这次移交已撤销，或不在记录里。"))
    handover.undone_at = now
    with because(session, _UNDONE):
        rows = session.scalars(
            select(HandoverClient)
            .join(Client, Client.id == HandoverClient.client_id)
            .where(
                HandoverClient.handover_id == handover_id,
                Client.advisor_id == HandoverClient.to_advisor_id,
            )
        ).all()
        _assign(session, [(row.client_id, row.from_advisor_id) for row in rows])
        return len(rows)


def demand_advisors(session: Session, user_ids: Iterable[int]) -> dict[int, str]:
    """The names of these people, all of whom may have clients; else InvalidFieldError."""
    wanted = set(user_ids)
    found = session.execute(
        select(User.id, User.name).where(
            User.id.in_(wanted), User.is_active, User.role.in_((Role.ADVISOR, Role.MANAGER))
        )
    )
    names: dict[int, str] = {row[0]: row[1] for row in found}
    if wanted - names.keys():
        raise InvalidFieldError("advisor_id", _("请选在岗的客服专员。"))
    return names


def _owners(session: Session, actor: Actor, client_ids: Sequence[int]) -> dict[int, int | None]:
    owners: dict[int, int | None] = {}
    for part in _parts(client_ids):
        found = session.execute(
            select(Client.id, Client.advisor_id).where(
                Client.id.in_(part), Client.archived_at.is_(None), visible_clients(actor)
            )
        )
        owners |= {row[0]: row[1] for row in found}
    if len(owners) < len(client_ids):
        raise NotFoundError(_("有客户已不在档案里，请刷新名单后再移交。"))
    return owners


def _write_moves(
    session: Session, handover: Handover, moves: Sequence[tuple[int, int | None, int]]
) -> None:
    due = _first_contact_due(session, handover)
    session.execute(
        insert(HandoverClient),
        [
            {"handover_id": handover.id, "client_id": key, "from_advisor_id": was,
             "to_advisor_id": to, "first_contact_due_on": due}
            for key, was, to in moves
        ],
    )  # fmt: skip
    _assign(session, [(key, to) for key, _was, to in moves])


def _first_contact_due(session: Session, handover: Handover) -> date:
    """By when the new advisor speaks with the client (R218)."""
    days = load_compliance(session).first_contact_days
    return branch_date(handover.at) + timedelta(days=days)


def _row(
    session: Session, handover: Handover, client_id: int, from_id: int | None, to_id: int
) -> HandoverClient:
    return HandoverClient(
        handover_id=handover.id,
        client_id=client_id,
        from_advisor_id=from_id,
        to_advisor_id=to_id,
        first_contact_due_on=_first_contact_due(session, handover),
    )


def _assign(session: Session, owners: Sequence[tuple[int, int | None]]) -> None:
    """Set the advisors, one statement for all clients of one; whoever has the file open is told."""
    for owner in dict.fromkeys(owner for _key, owner in owners):
        ids = [key for key, to in owners if to == owner]
        for part in _parts(ids):
            follow_client(session, part, owner)
            offer_tasks_of_clients(session, part, owner)
            session.execute(
                update(Client)
                .where(Client.id.in_(part))
                .values(advisor_id=owner, version=Client.version + 1)
                .execution_options(synchronize_session=False)
            )


def _told(session: Session, handover_id: int) -> HandedOver:
    rows = session.execute(
        select(HandoverClient.client_id, User.name)
        .join(User, User.id == HandoverClient.to_advisor_id)
        .where(HandoverClient.handover_id == handover_id)
    ).all()
    names = tuple(dict.fromkeys(name for _key, name in rows))
    return HandedOver(handover_id, len(rows), names)


def _parts(ids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield list(ids[start : start + _CHUNK])
