"""The first run as a whole: database, people, the branch's first choices, samples if wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from advisorcrm.db.database import introduce
from advisorcrm.services.access import Right, may
from advisorcrm.services.branch.branches import BranchInfo
from advisorcrm.services.branch.settings import Settings, save_setting
from advisorcrm.services.branch.users import clean_employee_no, find_actor
from advisorcrm.services.workplace.desk import NewUser, set_up
from advisorcrm.services.workplace.sample_data import fill_with_samples


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What is decided once, before anybody has signed in."""

    location: str
    branch: BranchInfo
    people: tuple[NewUser, ...]
    high_end_tiers: tuple[str, ...] = Settings().high_end_tiers
    with_samples: bool = False
    choices: Mapping[str, object] = field(default_factory=dict)
    """Language and look, which everybody begins with."""


def make_branch(wanted: FirstRun, *, now: datetime) -> str:
    """Make the branch; returns the recovery key, shown this once.

    See ``desk.set_up`` for what may be raised; nothing is left behind then.
    """
    furnish = partial(_furnish, wanted=wanted, now=now)
    return set_up(wanted.location, wanted.branch, wanted.people, furnish=furnish)


def _furnish(session: Session, *, wanted: FirstRun, now: datetime) -> None:
    """The choices and samples, each person's own in the history too."""
    for person in wanted.people:
        actor = find_actor(session, clean_employee_no(person.employee_no))
        introduce(session, actor)
        for name, value in wanted.choices.items():
            save_setting(session, actor, name, value)
        if may(actor, Right.MANAGE_BRANCH):
            save_setting(session, actor, "high_end_tiers", list(wanted.high_end_tiers))
        if wanted.with_samples and may(actor, Right.EDIT_CLIENTS):
            fill_with_samples(session, actor, advisor_id=actor.user_id, now=now)
        session.flush()  # written in this person's name, before the next is introduced
