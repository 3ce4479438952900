"""The cards of several clients taken out at once: each is noted in the log of its client."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from advisorcrm.errors import NotFoundError
from advisorcrm.exports.client_card import (
    SUBJECT,
    demand_clients,
    iterate_client_cards,
    register_client_card,
)
from advisorcrm.exports.held_back import without_held_back
from advisorcrm.exports.imprint import Imprint
from advisorcrm.exports.progress import Progress, unheard
from advisorcrm.exports.sheet import Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.i18n import _
from advisorcrm.services.access import Actor
from advisorcrm.services.access_logs import record_access
from advisorcrm.terms import AccessKind


def register_card_set(  # noqa: PLR0913 - one line of a log
    session: Session,
    actor: Actor,
    client_ids: Sequence[int],
    *,
    now: datetime,
    kind: AccessKind = AccessKind.EXPORT,
    unmasked: bool = False,
    purpose: str = "",
) -> Imprint:
    """Demand the right for every client and note each in the access log; a write.

    Restricted files are left out; NotAllowedError if there are no others.
    """
    if not client_ids:
        raise NotFoundError(_("没有选中客户。"))
    demand_clients(session, actor, client_ids)
    first, *others = without_held_back(session, client_ids) or client_ids
    imprint = register_client_card(
        session, actor, first, now=now, kind=kind, unmasked=unmasked, purpose=purpose
    )
    for client_id in others:
        record_access(
            session, actor, kind, subject=SUBJECT, purpose=imprint.purpose, now=now,
            client_id=client_id, was_masked=imprint.is_masked,
        )  # fmt: skip
    return imprint


def card_sheets(
    session: Session,
    actor: Actor,
    client_ids: Sequence[int],
    imprint: Imprint,
    *,
    progress: Progress = unheard,
) -> list[Sheet]:
    """A card for each client, in their order, for preview, PDF and printer."""
    sheets: list[Sheet] = []
    client_ids = without_held_back(session, client_ids)
    progress(0, len(client_ids))
    for sheet in iterate_client_cards(session, actor, client_ids, imprint):
        sheets.append(sheet)
        progress(len(sheets), len(client_ids))
    return sheets


def export_card_set(
    session: Session,
    actor: Actor,
    client_ids: Sequence[int],
    imprint: Imprint,
    path: Path,
    *,
    progress: Progress = unheard,
) -> int:
    """Write the cards as a workbook, a worksheet a client; returns how many."""
    sheets = card_sheets(session, actor, client_ids, imprint, progress=progress)
    write_forms(path, sheets)
    return len(sheets)
