"""Envelopes for chosen clients: address, name and form of address; who has none is left out.

An envelope shows the address in full, so whoever prints it must be one who may reveal it, and
each client's log says so (R148).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm.errors import NotFoundError
from advisorcrm.exports.forms import Filling, fill
from advisorcrm.exports.held_back import without_held_back
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.sheet import Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.i18n import _
from advisorcrm.models import Client
from advisorcrm.services.access import Actor, visible_clients
from advisorcrm.services.branch.branches import get_branch
from advisorcrm.terms import AccessKind, ClientKind, Sex

SUBJECT = "信封"
DL, C5 = "envelope_dl", "envelope_c5"
SIZES = {DL: "DL（220 × 110 mm）", C5: "C5（229 × 162 mm）"}
_TITLES: dict[Sex | None, str] = {Sex.MALE: "先生", Sex.FEMALE: "女士"}
_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class AddressCount:
    """How many of a selection can be written to, have no address, or a restricted file."""

    written: int
    without: int
    held_back: int = 0


def count_addresses(session: Session, actor: Actor, client_ids: Sequence[int]) -> AddressCount:
    """Who would be left out, said before anything is printed."""
    free = without_held_back(session, client_ids)
    written = sum(
        session.scalar(
            select(func.count(Client.id)).where(
                Client.id.in_(free[start : start + _CHUNK]),
                Client.archived_at.is_(None),
                Client.address != "",
                visible_clients(actor),
            )
        )
        or 0
        for start in range(0, len(free), _CHUNK)
    )
    return AddressCount(written, len(free) - written, len(client_ids) - len(free))


def register_envelopes(
    session: Session,
    actor: Actor,
    client_ids: Sequence[int],
    *,
    now: datetime,
    kind: AccessKind = AccessKind.PRINT,
) -> Imprint:
    """Demand the right and note each client whose address leaves; a write.

    Raises NotFoundError if nobody of the selection has an address.
    """
    imprint = None
    for client in _addressed(session, actor, client_ids):
        leaving = Leaving(SUBJECT, kind, client.id, is_letter=True)
        imprint = take_imprint(session, actor, leaving, now=now)
    if imprint is None:
        raise NotFoundError(_("所选客户都没有地址或已限制处理，没有可打印的信封。"))
    return imprint


def envelope_sheets(
    session: Session,
    actor: Actor,
    client_ids: Sequence[int],
    imprint: Imprint,
    *,
    form: str = DL,
) -> list[Sheet]:
    """An envelope for each client with an address, in their order."""
    branch = get_branch(session, actor)
    sender = {
        "sender": f"{branch.company}{branch.name}" if branch.company else imprint.branch,
        "sender_address": branch.address,
        "sender_postcode": branch.postcode,
    }
    return [
        fill(form, Filling(sender | {"address": client.address, "receiver": _receiver(client)}))
        for client in _addressed(session, actor, client_ids)
    ]


def export_envelopes(
    session: Session,
    actor: Actor,
    client_ids: Sequence[int],
    imprint: Imprint,
    path: Path,
    *,
    form: str = DL,
) -> int:
    """Write the envelopes as a workbook, one worksheet each; returns how many."""
    sheets = envelope_sheets(session, actor, client_ids, imprint, form=form)
    write_forms(path, sheets)
    return len(sheets)


def _addressed(session: Session, actor: Actor, client_ids: Sequence[int]) -> list[Client]:
    found: dict[int, Client] = {}
    client_ids = without_held_back(session, client_ids)
    for start in range(0, len(client_ids), _CHUNK):
        rows = session.scalars(
            select(Client).where(
                Client.id.in_(client_ids[start : start + _CHUNK]),
                Client.archived_at.is_(None),
                Client.address != "",
                visible_clients(actor),
            )
        )
        found |= {client.id: client for client in rows}
    return [found[key] for key in client_ids if key in found]


def _receiver(client: Client) -> str:
    """The name with 先生 or 女士 where that is known; a house is only named."""
    title = "" if client.kind is ClientKind.INSTITUTION else _TITLES.get(client.sex, "")
    parts = (client.name + (f" {title}" if title else ""), "收")
    return "　".join(parts)
