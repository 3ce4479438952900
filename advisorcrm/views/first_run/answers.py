"""What the five steps collect, and the draft that survives leaving them: never a password."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass

from advisorcrm import paths
from advisorcrm.services.branch.branches import BranchInfo
from advisorcrm.services.workplace.desk import NewUser

_DRAFT = "first_run.json"
Values = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class FirstRunAnswers:
    """Everything that is needed to make the database; nothing is made before."""

    language: str
    appearance: str
    font_percent: int
    location: str
    branch: BranchInfo
    people: tuple[NewUser, ...]
    high_end_tiers: tuple[str, ...]
    start_with: str  # import, sample or blank


def load_draft() -> Values:
    """What was typed before the wizard was left."""
    with suppress(OSError, ValueError):
        found = json.loads((paths.data_dir() / _DRAFT).read_text("utf-8"))
        if isinstance(found, dict):
            return {str(step): dict(values) for step, values in found.items()}
    return {}


def save_draft(values: Values) -> bool:
    """Keep what is typed on this computer; False if the disk does not take it."""
    folder = paths.data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _DRAFT).write_text(json.dumps(values, ensure_ascii=False), "utf-8")
    except OSError:
        return False
    return True


def drop_draft() -> None:
    """The database is made: the draft has done its work."""
    with suppress(OSError):
        (paths.data_dir() / _DRAFT).unlink()
