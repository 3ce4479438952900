"""How answers of the consent ledger are worded and coloured."""

from __future__ import annotations

from advisorcrm.i18n import N_, _
from advisorcrm.services.consents.consents import ConsentBook, ConsentRow
from advisorcrm.terms import Channel, ConsentState
from advisorcrm.views.table_cells import Look
from advisorcrm.views.widgets.badge import BadgeText

STATE_KINDS = {
    ConsentState.GIVEN: "ok",
    ConsentState.REFUSED: "warn",
    ConsentState.WITHDRAWN: "warn",
    ConsentState.NOT_ASKED: "mute",
}
_SENTENCES = {
    ConsentState.GIVEN: N_("{channel}：同意"),
    ConsentState.REFUSED: N_("{channel}：未同意"),
    ConsentState.WITHDRAWN: N_("{channel}：未同意"),
    ConsentState.NOT_ASKED: N_("{channel}：未询问"),
}


def channel_badges(book: ConsentBook) -> list[BadgeText]:
    """Short messages always, the other ways once somebody asked: ``短信：未同意``."""
    return [
        BadgeText(_(_SENTENCES[state]).format(channel=channel.label), STATE_KINDS[state])
        for channel in Channel
        if (state := book.channel(channel)) is not ConsentState.NOT_ASKED or channel is Channel.SMS
    ]


def ledger_looks() -> dict[str, Look]:
    """The ledger's columns that are no plain text."""
    return {"state": Look(badges=_state)}


def _state(row: ConsentRow) -> tuple[BadgeText, ...]:
    return (BadgeText(row.state.label, STATE_KINDS[row.state]),)
