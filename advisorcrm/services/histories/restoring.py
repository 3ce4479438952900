"""Bringing back what a file held before: one by one, as a new version, with a reason.

Fields of the file, the branch's own, numbers and addresses, tags; answers about consent, tests
and what else is a record of its day are not taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.history import because
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Client
from advisorcrm.rules.masking import MASKED_FIELDS
from advisorcrm.services.access import own_client
from advisorcrm.services.files import client_checks
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.own_values import own_values
from advisorcrm.services.histories.history_rows import Change as FieldChange
from advisorcrm.services.histories.history_rows import changes_of
from advisorcrm.services.histories.history_words import Words
from advisorcrm.services.histories.restoring_things import (
    TAGS,
    can_come_back,
    is_own_value,
    is_point,
    own_name,
    restore_point,
)


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
    changes = changes_of(session, client, Words(session, actor, client))
    newest = {change.key: change for change in changes}
    unknown = {key for key in fields if not _is_known(newest, key)}
    if unknown or not fields:
        raise InvalidFieldError(
            min(unknown, default="fields"), _("请选要恢复的字段；同意、测评等请在各自的卡片里改。")
        )
    with because(session, why):
        values = _values_at(changes, version)
        _restore_things(session, client, {key: values[key] for key in fields if key in values}, now)
        wanted = {}
        for key in fields:
            if key in client_checks.EDITABLE:
                wanted[key] = _of_field(client, key, values)
            elif is_own_value(key):
                name = own_name(session, newest[key])
                wanted[name] = _of_own(session, client, name, values.get(key, newest[key].now))
        return update_client(session, actor, client_id, wanted, now=now)


def _is_known(newest: Mapping[str, FieldChange], key: str) -> bool:
    """A field of the file, or a thing the history of this file tells of."""
    return key in client_checks.EDITABLE or (key in newest and can_come_back(newest[key]))


def _restore_things(
    session: Session, client: Client, values: Mapping[str, Any], now: datetime
) -> None:
    """Numbers and tags; those that came later go first, so that the earlier find their place."""
    for key, was in sorted(values.items(), key=lambda item: item[1] is not None):
        if key == TAGS:
            client.tags = tuple(was or ())
        elif is_point(key):
            restore_point(session, client, key, was, now=now)
            session.flush()  # whether the same number stands there is asked of what is saved


def _of_field(client: Client, name: str, values: Mapping[str, Any]) -> Change:
    present = getattr(client, name)
    mask = MASKED_FIELDS.get(name)
    seen = mask(present or "") if mask else present
    return Change(seen, values.get(name, present))


def _of_own(session: Session, client: Client, name: str, was: Mapping[str, Any] | None) -> Change:
    present = own_values(session, client.id).get(name, "")
    return Change(present, str(was["value"] or "") if was else "")


def _values_at(changes: Sequence[FieldChange], version: int) -> dict[str, Any]:
    """What everything that changed later held in a version: what its next change replaced."""
    values: dict[str, Any] = {}
    for change in changes:
        if change.version > version:
            values.setdefault(change.key, change.was)
    return values
