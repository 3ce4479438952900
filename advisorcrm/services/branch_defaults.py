"""What a branch begins with: lists and tables that it may change afterwards."""

from __future__ import annotations

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.callback_scripts import seed_scripts
from advisorcrm.services.code_lists import seed_code_lists
from advisorcrm.services.completeness_weights import seed_weights
from advisorcrm.services.day_slots import seed_day_slots
from advisorcrm.services.festivals import seed_festivals
from advisorcrm.services.greetings import seed_templates
from advisorcrm.services.suitability import seed_suitability
from advisorcrm.services.tiers import seed_tier_rules


def fill_defaults(session: Session, _actor: Actor) -> None:
    """Give a new branch, or one whose program was renewed, what it does not have yet.

    Nothing that is there is touched, so that it may be called after every upgrade.
    """
    seed_code_lists(session)
    seed_weights(session)
    seed_tier_rules(session)
    seed_suitability(session)
    seed_festivals(session)
    seed_templates(session)
    seed_scripts(session)
    seed_day_slots(session)
