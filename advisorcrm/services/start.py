"""What a person's window must know before it can be shown, read in one go."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy.orm import Session, configure_mappers

from advisorcrm.columns import CodeBook
from advisorcrm.db.actor import Actor
from advisorcrm.db.engines import rehearsing_engine
from advisorcrm.errors import NotFoundError
from advisorcrm.services.access import Right, may
from advisorcrm.services.branches import BranchInfo, get_branch
from advisorcrm.services.client_rows import ClientRow
from advisorcrm.services.clients import ClientFilter, ClientOrder, list_client_page
from advisorcrm.services.code_lists import load_code_book
from advisorcrm.services.settings import Settings, load_settings
from advisorcrm.services.users import find_actor
from advisorcrm.terms import Role


@dataclass(frozen=True, slots=True)
class StartData:
    """Branch, labels and settings as they are at sign-in, and the clients seen first."""

    branch: BranchInfo
    book: CodeBook
    settings: Settings
    top: tuple[ClientRow, ...] | None = None
    """The list as it opens; None for those who see no clients, or when nobody looks now."""


def prepare(*, today: date) -> None:
    """Do once, while a password is typed, what the first questions would wait for.

    Mapping the tables and compiling the statements takes longer than reading 50 rows: they are
    asked of empty tables in memory, for every role that may see clients.
    """
    configure_mappers()
    with Session(rehearsing_engine()) as session:
        for role in Role:
            nobody = Actor(user_id=0, employee_no="", name="", role=role)
            for ask in (partial(load_start, today=today), _look_for):
                with suppress(NotFoundError):
                    ask(session, nobody)


def _look_for(session: Session, actor: Actor) -> None:
    find_actor(session, actor.employee_no)


def load_start(session: Session, actor: Actor, *, today: date | None = None) -> StartData:
    """Read what the window starts with; every role may.

    With a day the first clients come along for those who may see them, so that the window is
    painted once and not first without them.
    """
    top = None
    if today is not None and may(actor, Right.SEE_CLIENTS):
        found = list_client_page(session, actor, ClientFilter(), ClientOrder(), today=today)
        top = tuple(found)
    book, settings = load_code_book(session, actor), load_settings(session, actor)
    return StartData(get_branch(session, actor), book, settings, top)
