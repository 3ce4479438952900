"""Bringing back what a file held before: field by field, as a new version, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services import client_checks
from advisorcrm.services.access import own_client
from advisorcrm.services.client_files import MASKED_FIELDS, update_client
from advisorcrm.services.conflicts import Change
from advisorcrm.services.history_rows import Change as FieldChange
from advisorcrm.services.history_rows import changes_of
from advisorcrm.services.history_words import Words


def restore_fields(  # noqa: PLR0913 - which fields of which version, why and when
    session: Session,
    actor: Actor,
    client_id: int,
    version: int,
    fields: Sequence[str],
    *,
    why: str,
    now: datetime,
) -> int:
    """Give fields the values they had in an earlier version; returns the file's new version.

    Nothing is shown: a masked value comes back without anybody reading it. What the checks of
    the file would refuse today is refused (an account somebody else has meanwhile). Raises
    InvalidFieldError for an empty reason, no field, or one that cannot come back.
    """
    client = own_client(session, actor, client_id)
    why = client_checks.clean_text("why", why)
    if not why:
        raise InvalidFieldError("why", _("恢复须写明原因。"))
    unknown = set(fields) - client_checks.EDITABLE
    if unknown or not fields:
        raise InvalidFieldError(
            min(unknown, default="fields"), _("请选要恢复的字段；号码、同意等请在各自的卡片里改。")
        )
    values = _values_at(changes_of(session, client, Words(session, actor, client)), version)
    wanted = {}
    for name in fields:
        present = getattr(client, name)
        mask = MASKED_FIELDS.get(name)
        seen = mask(present or "") if mask else present
        wanted[name] = Change(seen, values.get(name, present))
    because(session, why)
    return update_client(session, actor, client_id, wanted, now=now)


def _values_at(changes: Sequence[FieldChange], version: int) -> dict[str, Any]:
    """What each field that changed later held in a version: what its next change replaced."""
    values: dict[str, Any] = {}
    for change in changes:
        if change.is_field and change.version > version:
            values.setdefault(change.key, change.was)
    return values
