"""Tags on many clients at once: one transaction, one reason, taken back exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Client
from advisorcrm.services.access import Right, demand, visible_clients
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.files.client_checks import clean_text

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Tagging:
    """Which tags come and which go, and why."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tagged:
    """What really changed, client by client: to take back no more than that."""

    changes: tuple[tuple[int, tuple[str, ...], tuple[str, ...]], ...]  # client, came, went


def tag_clients(
    session: Session, actor: Actor, client_ids: Sequence[int], tagging: Tagging, *, now: datetime
) -> Tagged:
    """Put tags on clients or take them off; restricted files are left as they are (2.7d).

    Raises InvalidFieldError without a tag or for an unknown one, NotFoundError for a client
    who is gone or not the person's.
    """
    demand(actor, Right.EDIT_CLIENTS)
    add = demand_codes(session, terms.TAG, tagging.add, field="tags")
    if not add and not tagging.remove:
        raise InvalidFieldError("tags", _("请选标签。"))
    with because(session, clean_text("reason", tagging.reason)):
        wanted = [(key, add, tagging.remove) for key in dict.fromkeys(client_ids)]
        return _apply(session, actor, wanted, now=now)


def untag_clients(session: Session, actor: Actor, tagged: Tagged, *, now: datetime) -> int:
    """Take a tagging back: what came goes, what went comes back; other tags stay."""
    demand(actor, Right.EDIT_CLIENTS)
    wanted = [(key, went, came) for key, came, went in tagged.changes]
    return len(_apply(session, actor, wanted, now=now).changes)


def _apply(
    session: Session,
    actor: Actor,
    wanted: Sequence[tuple[int, tuple[str, ...], tuple[str, ...]]],
    *,
    now: datetime,
) -> Tagged:
    changes = []
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        held = _held(session, actor, [key for key, _add, _remove in part])
        for key, add, remove in part:
            before = held.get(key)
            if before is None:
                continue
            came = tuple(code for code in add if code not in before)
            went = tuple(code for code in remove if code in before)
            if came or went:
                after = tuple(code for code in before if code not in went) + came
                _store(session, key, after, now)
                changes.append((key, came, went))
    return Tagged(tuple(changes))


def _held(session: Session, actor: Actor, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found = session.execute(
        select(Client.id, Client.tags, Client.is_restricted).where(
            Client.id.in_(ids), Client.archived_at.is_(None), visible_clients(actor)
        )
    ).all()
    if len(found) < len(ids):
        raise NotFoundError(_("有客户已不在档案里，请刷新名单后再试。"))
    return {key: tags or () for key, tags, is_restricted in found if not is_restricted}


def _store(session: Session, key: int, tags: tuple[str, ...], now: datetime) -> None:
    session.execute(
        update(Client)
        .where(Client.id == key)
        .values(tags=tags or None, updated_at=now, version=Client.version + 1)
        .execution_options(synchronize_session=False)
    )
