"""What a person's window must know before it can be shown, read in one go."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session, configure_mappers

from advisorcrm.columns import CodeBook, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.db.engines import rehearsing_engine
from advisorcrm.errors import NotAllowedError, NotFoundError
from advisorcrm.services.access import Right, may
from advisorcrm.services.branch.branches import BranchInfo, get_branch
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import Settings, load_settings
from advisorcrm.services.branch.users import find_actor
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_page
from advisorcrm.services.days.checklists import DayPart, list_day_parts
from advisorcrm.services.dues.due_board import open_due_board
from advisorcrm.services.visits.branch_day import BranchDay, open_branch_day
from advisorcrm.services.visits.visit_suggestions import VisitBoard, open_visit_board
from advisorcrm.terms import Role

_MOST_LIKELY = (Role.ADVISOR, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class FirstDay:
    """What today shows first: the parts of the day, and the own visits or those of the branch."""

    parts: tuple[DayPart, ...]
    visits: VisitBoard | None = None
    branch: BranchDay | None = None


@dataclass(frozen=True, slots=True)
class StartData:
    """Branch, labels and settings as they are at sign-in, and what the first page shows first.

    ``day`` is for those who begin with today, ``top`` the list of clients as it opens for the
    others; neither when nobody looks now.
    """

    branch: BranchInfo
    book: CodeBook
    settings: Settings
    day: FirstDay | None = None
    top: tuple[ClientRow, ...] | None = None


def prepare(*, now: datetime, role: Role | None = None) -> None:
    """Do once, while a password is typed, what the first questions would wait for.

    Mapping the tables and compiling the statements takes longer than reading 50 rows: they are
    asked of empty tables in memory, for the ``role`` of who signed in here last. Where nobody
    did, for the roles most people have. What is compiled for a role stays in memory (some MB
    each), so whoever has another waits a moment longer.
    """
    configure_mappers()
    with Session(rehearsing_engine()) as session:
        for one in (role,) if role else _MOST_LIKELY:
            nobody = Actor(user_id=0, employee_no="", name="", role=one)
            for ask in (partial(load_start, now=now), _look_for, partial(_open, now=now)):
                with suppress(NotFoundError, NotAllowedError):
                    ask(session, nobody)


def _look_for(session: Session, actor: Actor) -> None:
    find_actor(session, actor.employee_no)


def _open(session: Session, actor: Actor, *, now: datetime) -> None:
    """What the first pages ask for when the first sight is over."""
    today = branch_date(now)
    for ask in (
        partial(list_client_page, query=ClientFilter(), order=ClientOrder(), today=today),
        partial(open_due_board, now=now),
    ):
        with suppress(NotAllowedError):
            ask(session, actor)


def begins_with_today(actor: Actor) -> bool:
    """Whether the person has a day at the branch; head office reads lists, nothing is due there."""
    return actor.role not in (Role.HEAD_OFFICE, Role.ADMINISTRATOR)


def load_start(session: Session, actor: Actor, *, now: datetime | None = None) -> StartData:
    """Read what the window starts with; every role may.

    With an instant comes along what the first page shows first, so that the window is painted
    once and not first without it.
    """
    book, settings = load_code_book(session, actor), load_settings(session, actor)
    day, top = (None, None) if now is None else _first_sight(session, actor, now, settings)
    return StartData(get_branch(session, actor), book, settings, day, top)


def _first_sight(
    session: Session, actor: Actor, now: datetime, settings: Settings
) -> tuple[FirstDay | None, tuple[ClientRow, ...] | None]:
    """The day, or the list of clients for those who have none at the branch."""
    if not may(actor, Right.SEE_CLIENTS):
        return None, None
    if begins_with_today(actor):
        return _first_day(session, actor, now, settings), None
    today = branch_date(now)
    found = list_client_page(session, actor, ClientFilter(), ClientOrder(), today=today)
    return None, tuple(found)


def _first_day(session: Session, actor: Actor, now: datetime, settings: Settings) -> FirstDay:
    today = branch_date(now)
    parts = list_day_parts(session, actor, today=today)
    if may(actor, Right.LEAD_TEAM):
        branch = open_branch_day(session, actor, now=now, settings=settings)
        return FirstDay(parts, branch=branch)
    if may(actor, Right.LOG_CONTACTS):
        visits = open_visit_board(session, actor, today=today, settings=settings)
        return FirstDay(parts, visits=visits)
    return FirstDay(parts)
