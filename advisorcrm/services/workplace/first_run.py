"""The first run as a whole: database, people, the branch's first choices, samples if wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from advisorcrm.services.access import Right, may
from advisorcrm.services.branch.branches import BranchInfo
from advisorcrm.services.branch.settings import Settings, save_setting
from advisorcrm.services.workplace.desk import NewUser, set_up, sign_in
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
    recovery_key = set_up(wanted.location, wanted.branch, wanted.people)
    for person in wanted.people:
        database = sign_in(wanted.location, person.employee_no, person.password, now=now)
        try:
            actor = database.actor
            for name, value in wanted.choices.items():
                database.write(partial(save_setting, name=name, value=value))
            if may(actor, Right.MANAGE_BRANCH):
                tiers = list(wanted.high_end_tiers)
                database.write(partial(save_setting, name="high_end_tiers", value=tiers))
            if wanted.with_samples and may(actor, Right.EDIT_CLIENTS):
                database.write(partial(fill_with_samples, advisor_id=actor.user_id, now=now))
        finally:
            database.close()
    return recovery_key
