"""The cards of several clients taken out at once: each is noted in the log of its client."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from advisorcrm.errors import NotFoundError
from advisorcrm.exports.client_card import client_card_sheet, register_client_card
from advisorcrm.exports.imprint import Imprint
from advisorcrm.exports.sheet import Sheet
from advisorcrm.i18n import _
from advisorcrm.services.access import Actor
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
    """Demand the right for every client and note each in the access log; a write."""
    imprints = [
        register_client_card(
            session, actor, client_id, now=now, kind=kind, unmasked=unmasked, purpose=purpose
        )
        for client_id in client_ids
    ]
    if not imprints:
        raise NotFoundError(_("没有选中客户。"))
    return imprints[-1]


def card_sheets(
    session: Session, actor: Actor, client_ids: Sequence[int], imprint: Imprint
) -> list[Sheet]:
    """A card for each client, in their order, for preview, PDF and printer."""
    return [client_card_sheet(session, actor, client_id, imprint) for client_id in client_ids]
