"""What a person's window must know before it can be shown, read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session, configure_mappers

from advisorcrm.columns import CodeBook
from advisorcrm.db.actor import Actor
from advisorcrm.services.branches import BranchInfo, get_branch
from advisorcrm.services.code_lists import load_code_book
from advisorcrm.services.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class StartData:
    """Branch, labels and settings as they are at sign-in."""

    branch: BranchInfo
    book: CodeBook
    settings: Settings


def prepare() -> None:
    """Do once, while a password is typed, what the first question would wait for.

    Mapping the tables takes longer than reading 50 rows.
    """
    import sqlcipher3  # noqa: F401 - loads the library

    configure_mappers()


def load_start(session: Session, actor: Actor) -> StartData:
    """Read what the window starts with; every role may."""
    return StartData(
        get_branch(session, actor), load_code_book(session, actor), load_settings(session, actor)
    )
