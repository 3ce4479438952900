"""What a branch begins with: lists and tables that it may change afterwards."""

from __future__ import annotations

from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.services.branch.code_lists import seed_code_lists
from advisorcrm.services.branch.tiers import seed_tier_rules
from advisorcrm.services.callbacks.callback_scripts import seed_scripts
from advisorcrm.services.care.festivals import seed_festivals
from advisorcrm.services.care.greetings import seed_templates
from advisorcrm.services.completeness.completeness_weights import seed_weights
from advisorcrm.services.days.day_slots import seed_day_slots
from advisorcrm.services.suitability.suitability import seed_suitability


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
