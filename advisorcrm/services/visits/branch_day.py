"""The week of one advisor and the day of the whole branch, as 今日 shows them (R33, R3).

The branch's day: of each advisor the visits of today and of the week. What needs a look at every
date and every file of the branch (late matters, clients, completeness) is counted apart and comes a
little later, so that the first look costs the same for any number of clients.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.models import Client, ClientGroup, ContactLog, User, user_client_group
from advisorcrm.rules.workdays import HolidayTable, is_working
from advisorcrm.services.access import Right, demand
from advisorcrm.services.allocations.first_contacts import list_first_contacts_due
from advisorcrm.services.branch.settings import Settings, load_settings
from advisorcrm.services.branch.working_days import holiday_table
from advisorcrm.services.completeness.completeness import completeness_statement
from advisorcrm.services.completeness.completeness_weights import load_weight_book
from advisorcrm.services.days.absences import AbsenceRow, list_absences
from advisorcrm.services.dues.due_board import count_late
from advisorcrm.services.visits.visits import (
    visit_advisors,
    visits_by_author,
    visits_by_day,
    whose_visits,
)
from advisorcrm.terms import Role


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day of the week: visits, whether the branch works, whether it is still to come."""

    on: date
    visits: int
    is_working: bool
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class WeekProgress:
    """An advisor's week: the days, how complete the files are, how many there are."""

    wanted: int
    days: tuple[DayCount, ...]
    clients: int
    tenths: int | None


@dataclass(frozen=True, slots=True)
class AdvisorDay:
    """One advisor on one day, as the manager sees it."""

    id: int
    name: str
    visits: int
    days: tuple[DayCount, ...]
    last_log: datetime | None
    groups: str
    wanted: int


@dataclass(frozen=True, slots=True)
class BranchDay:
    """The branch on one day: its advisors, how many visits each should make, who is away."""

    wanted: int
    advisors: tuple[AdvisorDay, ...]
    absences: tuple[AbsenceRow, ...] = ()

    def away(self, advisor_id: int, day: date) -> AbsenceRow | None:
        """The absence of an advisor on a day of the week shown."""
        return next(
            (row for row in self.absences if row.user_id == advisor_id and row.covers(day)), None
        )


@dataclass(frozen=True, slots=True)
class BranchCounts:
    """Late matters and clients by advisor, clients without one, first talks that are late."""

    late: dict[int | None, int]
    clients: dict[int, int]
    unassigned: int
    first_contacts_late: int


def open_week(
    session: Session, actor: Actor, *, today: date, advisor_id: int | None = None
) -> WeekProgress:
    """Monday to Friday of one person (R33); an advisor asks for the own week only."""
    whose = whose_visits(actor, advisor_id)
    chosen, table = load_settings(session, actor), holiday_table(session, near=today)
    days = week_of(today)
    counted = visits_by_day(session, days, whose=whose, ways=chosen.visit_ways, table=table)
    clients, tenths = _files(session, actor, today).get(whose, (0, None))
    return WeekProgress(chosen.visits_a_day, _days(days, counted, today, table), clients, tenths)


def open_branch_day(
    session: Session, actor: Actor, *, now: datetime, settings: Settings | None = None
) -> BranchDay:
    """Everybody's day at a glance (manager, leader); ``settings`` where they are known already."""
    demand(actor, Right.LEAD_TEAM)
    today = branch_date(now)
    days = week_of(today)
    chosen = settings or load_settings(session, actor)
    table = holiday_table(session, near=today)
    asked = sorted({*days, today})
    visits = visits_by_author(session, asked, ways=chosen.visit_ways, table=table)
    groups, last = _groups(session), _last_logs(session)
    rows = []
    for key, _number, name in visit_advisors(session, actor):
        counted = visits.get(key, {})
        rows.append(
            AdvisorDay(
                key, name, counted.get(today, 0), _days(days, counted, today, table),
                last.get(key), groups.get(key, ""), chosen.visits_a_day,
            )
        )  # fmt: skip
    absences = list_absences(session, actor, from_on=days[0], to_on=max(days[-1], today))
    return BranchDay(chosen.visits_a_day, tuple(rows), tuple(absences))


def count_branch(session: Session, actor: Actor, *, now: datetime) -> BranchCounts:
    """What is late and who has how many clients: it looks at every date of the branch."""
    demand(actor, Right.LEAD_TEAM)
    today = branch_date(now)
    first_late = list_first_contacts_due(session, actor, today=today, only_late=True)
    late = count_late(session, actor, now=now)
    return BranchCounts(late, _owned(session), _unassigned(session), len(first_late))


def count_files(session: Session, actor: Actor, *, today: date) -> dict[int, int]:
    """How complete each advisor's files are, in ‰: it reads every file, so it comes last."""
    demand(actor, Right.LEAD_TEAM)
    found = _files(session, actor, today)
    return {key: tenths for key, (_count, tenths) in found.items() if tenths is not None}


def week_of(today: date) -> tuple[date, ...]:
    """Monday to Friday of the week of a day."""
    monday = today - timedelta(days=today.weekday())
    return tuple(monday + timedelta(days=step) for step in range(5))


def _days(
    days: tuple[date, ...], counted: dict[date, int], today: date, table: HolidayTable | None
) -> tuple[DayCount, ...]:
    return tuple(
        DayCount(day, counted.get(day, 0), is_working(day, table), day > today) for day in days
    )


def _files(session: Session, actor: Actor, today: date) -> dict[int, tuple[int, int | None]]:
    """Clients and average completeness in ‰ of the files seen, by advisor."""
    whole = completeness_statement(actor, load_weight_book(session), today)
    rows = session.execute(whole.add_columns(User.id)).all()
    found: dict[int, list[int]] = {}
    for _name, _group, clients, total, _below, key in rows:
        if key is not None:
            known = found.setdefault(key, [0, 0])
            known[0] += clients
            known[1] += int(total)
    return {key: (count, round(total * 10 / count)) for key, (count, total) in found.items()}


def _owned(session: Session) -> dict[int, int]:
    """How many clients each advisor has."""
    rows = session.execute(
        select(Client.advisor_id, func.count())
        .where(Client.archived_at.is_(None), Client.advisor_id.is_not(None))
        .group_by(Client.advisor_id)
    )
    return {key: count for key, count in rows if key is not None}


def _groups(session: Session) -> dict[int, str]:
    rows = session.execute(
        select(user_client_group.c.user_id, ClientGroup.name)
        .join(ClientGroup, ClientGroup.id == user_client_group.c.client_group_id)
        .order_by(ClientGroup.id.desc())
    )
    return {key: name for key, name in rows}


def _last_logs(session: Session) -> dict[int, datetime]:
    """When each advisor's last conversation was."""
    last = (
        select(func.max(ContactLog.contacted_at))
        .where(ContactLog.author_id == User.id)
        .correlate(User)
        .scalar_subquery()
    )
    rows = session.execute(select(User.id, last).where(User.role == Role.ADVISOR))
    return {key: at for key, at in rows if at is not None}


def _unassigned(session: Session) -> int:
    return session.scalar(
        select(func.count(Client.id)).where(
            Client.advisor_id.is_(None), Client.archived_at.is_(None)
        )
    ) or 0  # fmt: skip
