"""Saving what was changed on a client's page as one action: fields, numbers, the draft's end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.rules.masking import MASKED_FIELDS
from advisorcrm.services.access import own_client
from advisorcrm.services.drafts import discard_draft
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.client_points import PointEdit, add_point, change_point
from advisorcrm.services.files.conflicts import Change, ClientConflictError, merge
from advisorcrm.services.files.own_values import present_values
from advisorcrm.services.files.point_conflicts import (
    colliding_points,
    keep_lost_point,
    replaced_point,
)
from advisorcrm.services.histories.histories import last_change

DRAFT_FORM = "client"
"""Under this form the drafts of client files are kept; their subject is the client's id."""


@dataclass(frozen=True, slots=True)
class ClientEdit:
    """Everything one press of 保存 stores."""

    changes: Mapping[str, Change] = field(default_factory=dict)
    points: tuple[PointEdit, ...] = ()
    why: str = ""


def save_client_edit(
    session: Session, actor: Actor, client_id: int, edit: ClientEdit, *, now: datetime
) -> None:
    """Store fields and numbers together or not at all, and forget the draft (R15, R71).

    A reason, if one was given, stays with the changes in the history. Raises InvalidFieldError
    with the field's name (for a number its kind), and ClientConflictError as ``update_client``
    does; a number that both replaced by different ones collides as a field does, one that was
    only put away meanwhile is entered anew.
    """
    why = clean_text("why", edit.why)
    _demand_no_clash(session, actor, client_id, edit)
    with because(session, why) if why else nullcontext():
        if edit.changes:
            update_client(session, actor, client_id, edit.changes, now=now)
        for point in edit.points:
            is_gone = replaced_point(session, client_id, point.point_id) is not None
            if point.point_id is None or is_gone:
                add_point(session, actor, client_id, point.kind, point.value)
            else:
                change_point(session, actor, point.point_id, point.value, now=now)
    discard_draft(session, actor, DRAFT_FORM, str(client_id))


def keep_losers(
    session: Session,
    actor: Actor,
    client_id: int,
    losers: Mapping[str, Any],
    *,
    points: Sequence[PointEdit] = (),
    now: datetime,
) -> None:
    """Let values that lost a conflict into the history: stored, and taken back at once.

    Nobody else sees them in the file. Raises what ``update_client`` raises for a value that the
    file could not hold; then nothing is kept.
    """
    client = own_client(session, actor, client_id)
    with because(session, LOST):
        for point in points:
            keep_lost_point(session, client_id, point, now=now)
    if not losers:
        return
    present = present_values(session, client, losers)
    for why, values in ((LOST, losers), (WON, present)):
        with because(session, why):
            held = present_values(session, client, values)
            changes = {
                name: Change(_as_seen(name, held[name]), value) for name, value in values.items()
            }
            update_client(session, actor, client_id, changes, now=now)


LOST, WON = "两人都改：没有采用", "两人都改：采用"  # chinese: data
"""Reasons in the history of what lost a conflict, and of what won it."""


def _demand_no_clash(session: Session, actor: Actor, client_id: int, edit: ClientEdit) -> None:
    """Tell of numbers that both replaced, and of the fields that both changed with them."""
    points = colliding_points(session, client_id, edit.points)
    if not points:
        return
    client = own_client(session, actor, client_id)
    present = present_values(session, client, edit.changes)
    _merged, fields = merge(edit.changes, present, masks=MASKED_FIELDS)
    last = last_change(session, "contact_point", points[0].successor_id)
    raise ClientConflictError(client.name, (*points, *fields), *(last or ("", client.updated_at)))


def _as_seen(name: str, value: Any) -> Any:
    mask = MASKED_FIELDS.get(name)
    return mask(value or "") if mask else value
