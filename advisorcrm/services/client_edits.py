"""Saving what was changed on a client's page as one action: fields, numbers, the draft's end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.services.client_checks import clean_text
from advisorcrm.services.client_files import update_client
from advisorcrm.services.client_points import add_point, change_point
from advisorcrm.services.conflicts import Change
from advisorcrm.services.drafts import discard_draft
from advisorcrm.terms import PointKind

DRAFT_FORM = "client"
"""Under this form the drafts of client files are kept; their subject is the client's id."""


@dataclass(frozen=True, slots=True)
class PointEdit:
    """A number typed on the page: new, or in place of ``point_id``."""

    kind: PointKind
    value: str
    point_id: int | None = None


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
    does.
    """
    if edit.why.strip():
        because(session, clean_text("why", edit.why))
    if edit.changes:
        update_client(session, actor, client_id, edit.changes, now=now)
    for point in edit.points:
        if point.point_id is None:
            add_point(session, actor, client_id, point.kind, point.value)
        else:
            change_point(session, actor, point.point_id, point.value, now=now)
    discard_draft(session, actor, DRAFT_FORM, str(client_id))
