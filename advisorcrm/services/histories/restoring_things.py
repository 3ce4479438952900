"""What hangs on a file and can come back: own fields, numbers and addresses (R4, R19, R77).

A number that was replaced is put away, not overwritten: to bring it back is to take it out again
with the state it had, and to put the one away that came later.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Client, ContactPoint, OwnField
from advisorcrm.services.files.client_checks import EDITABLE
from advisorcrm.services.files.client_points import standing_point
from advisorcrm.services.files.own_values import OWN
from advisorcrm.services.histories.history_rows import Change
from advisorcrm.terms import Validity

TAGS = "tags"
_POINT, _OWN_VALUE = "contact_point.", "own_value."


def can_come_back(change: Change) -> bool:
    """Whether what a change replaced can be brought back; answers and tests are not taken back."""
    if change.is_field:
        return change.key in EDITABLE or change.key == TAGS
    return change.key.startswith((_POINT, _OWN_VALUE))


def is_point(key: str) -> bool:
    """Whether a key of the history is that of a number or an address."""
    return key.startswith(_POINT)


def is_own_value(key: str) -> bool:
    """Whether a key of the history is that of an own field."""
    return key.startswith(_OWN_VALUE)


def own_name(session: Session, change: Change) -> str:
    """The field of the file (``own.f1``) that a change of an own value is about."""
    row: Mapping[str, Any] = change.now or change.was
    name = session.scalar(select(OwnField.name).where(OwnField.id == row["own_field_id"]))
    return f"{OWN}{name}"


def restore_point(
    session: Session, client: Client, key: str, was: Mapping[str, Any] | None, *, now: datetime
) -> None:
    """Give a number the state it had; one that was not there yet is put away.

    Raises InvalidFieldError where the same number stands in the file a second time by now.
    """
    point = session.get_one(ContactPoint, int(key.removeprefix(_POINT)))
    if was is None:
        point.archived_at = point.archived_at or now
        return
    is_taken = standing_point(session, client.id, point.kind, point.value) is not None
    if point.archived_at is not None and is_taken:
        raise InvalidFieldError("fields", _("这个号码已在档案里，不必恢复。"))
    point.archived_at = None
    point.validity = was.get("validity") or Validity.UNVERIFIED
    point.verified_on = was.get("verified_on")
    point.note = was.get("note") or ""
