"""The yearly sample of return calls: a tenth of the clients of last year's end (2.5a).

Sleeping accounts and those whose trading is suspended are left out, as the rule has it. Nothing
tells the program which these are: people tag them, one by one, many at once or by an import.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advisorcrm.models import Callback, CallbackCampaign, Client
from advisorcrm.rules.callback_records import REGULATED, SAMPLE_PERCENT
from advisorcrm.services.clients.client_matters import held_conditions
from advisorcrm.terms import TAG_DORMANT, CallbackState, ClientStage


@dataclass(frozen=True, slots=True)
class YearlySample:
    """Whom the sample may take, in a drawn order, and how many it still needs."""

    ids: tuple[int, ...]
    clients: int
    called: int
    dormant: int = 0

    @property
    def wanted(self) -> int:
        """How many are missing to the tenth, rounded up."""
        return max(0, -(-self.clients * SAMPLE_PERCENT // 100) - self.called)


def open_sample(session: Session, *, year: int, seed: str) -> YearlySample:
    """The clients of the last year's end who stand on no list of this year, in a drawn order.

    Who stands on one counts already; who could not be reached does not, and is replaced by another
    instead of being drawn again. A client whose opening is not known was there; prospects and
    clients who left are not, and who is tagged as sleeping or suspended counts neither to the
    tenth nor to the whole. The same seed draws the same order, so that what was shown is what is
    started.
    """
    there = select(Client.id).where(
        Client.archived_at.is_(None),
        Client.stage.in_((ClientStage.ACTIVE, ClientStage.AT_RISK)),
        or_(Client.opened_on.is_(None), Client.opened_on < date(year, 1, 1)),
    )
    dormant = set(session.scalars(there.where(*held_conditions((TAG_DORMANT,), (), ()))))
    base = set(session.scalars(there)) - dormant
    listed = _listed_in(session, year)
    called = {key for key in base & listed.keys() if listed[key]}
    left = sorted(base - listed.keys())
    random.Random(seed).shuffle(left)  # noqa: S311 - a draw, no secret
    return YearlySample(tuple(left), len(base), len(called), len(dormant))


def _listed_in(session: Session, year: int) -> dict[int, bool]:
    """Who stands on a regulated list of the year, and whether one of its calls still counts."""
    counts: dict[int, bool] = {}
    rows = session.execute(
        select(Callback.client_id, Callback.state)
        .join(CallbackCampaign, CallbackCampaign.id == Callback.callback_campaign_id)
        .where(
            CallbackCampaign.archived_at.is_(None),
            CallbackCampaign.kind.in_(REGULATED),
            CallbackCampaign.starts_on >= date(year, 1, 1),
            CallbackCampaign.starts_on < date(year + 1, 1, 1),
        )
    )
    for client_id, state in rows:
        counts[client_id] = counts.get(client_id, False) or state != CallbackState.UNREACHABLE
    return counts
