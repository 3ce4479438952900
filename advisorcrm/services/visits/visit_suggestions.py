"""Whom to visit today: contribution × overdue against the agreed frequency (R9, R34).

The contribution of a client is the branch's weights of commission (twelve months) and assets,
each against the largest of the advisor's clients; its rank among them is what is multiplied.
Overdue is days since the last conversation over the agreed number of days. Who was visited or
put aside today, does not want to be disturbed or had the file restricted is not suggested.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Float,
    Integer,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, Form
from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.db.day_count import whole_days
from advisorcrm.db.prepared import Prepared, among, not_among, slot
from advisorcrm.models import Client, ContactLog, TierRule, VisitSkip
from advisorcrm.models.base import UtcInstant
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.branch.settings import Settings, load_settings
from advisorcrm.services.clients.client_matters import start_of
from advisorcrm.services.completeness.completeness_columns import constant
from advisorcrm.services.visits.visit_reasons import Suggested, reasons_for
from advisorcrm.services.visits.visits import VisitRow, visits_of, whose_visits
from advisorcrm.terms import ClientStage

EVERY_DAYS = 30
"""Agreed frequency of a client for whom neither the file nor the type says one."""
BOARD_LINES = 6
_SERVED = (ClientStage.ACTIVE, ClientStage.AT_RISK)


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One line of 今日三访: visited already, or suggested with two reasons.

    ``is_gone``: visited while the client was the advisor's, and handed over since.
    """

    id: int
    is_done: bool
    name: Annotated[str, Column("客户", width=16)]
    rank: Annotated[int, Column("贡献度", width=11)]
    assets_fen: Annotated[int | None, Column("总资产", form=Form.MONEY, align="right", width=11)]
    days_since: Annotated[int | None, Column("距上次", form=Form.DAYS, align="right", width=9)]
    reasons: Annotated[tuple[str, str], Column("为什么是他", width=30)]
    tier: str | None
    trading_ways: tuple[str, ...]
    share: int
    every_days: int
    log: VisitRow | None = None
    is_gone: bool = False

    @property
    def is_overdue(self) -> bool:
        """Whether the agreed frequency is exceeded."""
        return self.days_since is not None and self.days_since > self.every_days


@dataclass(frozen=True, slots=True)
class VisitBoard:
    """The visits of one day: how many are wanted, who was visited, who comes next."""

    day: date
    wanted: int
    visited: int
    lines: tuple[VisitLine, ...]
    skipped: int
    weight_commission: int
    weight_assets: int

    @property
    def suggested(self) -> tuple[VisitLine, ...]:
        """The lines still to be done."""
        return tuple(line for line in self.lines if not line.is_done)


def open_visit_board(
    session: Session,
    actor: Actor,
    *,
    today: date,
    advisor_id: int | None = None,
    lines: int = BOARD_LINES,
    settings: Settings | None = None,
) -> VisitBoard:
    """Visits done today, then whom to visit next, so many lines in all (R33, R34).

    ``settings`` where they are known already.
    Raises NotAllowedError for another person's day, except for manager and leader.
    """
    whose = whose_visits(actor, advisor_id)
    chosen = settings or load_settings(session, actor)
    visits = visits_of(session, chosen.visit_ways, day=today, whose=whose)
    asked = _questions(
        chosen.visit_weight_commission, chosen.visit_weight_assets, chosen.visit_ways
    )
    values = _values(whose, today, [row.client_id for row in visits])
    done = _done_lines(session, asked, values, visits)
    missing = max(lines - len(done), chosen.visits_a_day - len(done), 0)
    found = asked.suggested.ask(session, **values, today=today, missing=missing)
    facts = [Suggested(*row) for row in found]
    reasons = reasons_for(session, facts, today=today)
    open_lines = [_line(fact, reasons[fact.id]) for fact in facts]
    skipped = _SKIPPED.ask_one(session, whose=whose, today=today)
    return VisitBoard(
        today, chosen.visits_a_day, len(visits), (*done, *open_lines), skipped,
        chosen.visit_weight_commission, chosen.visit_weight_assets,
    )  # fmt: skip


def _line(fact: Suggested, reasons: tuple[str, str], log: VisitRow | None = None) -> VisitLine:
    share = 100 * (fact.total - fact.rank + 1) // fact.total
    return VisitLine(
        fact.id, log is not None, fact.name, fact.rank, fact.assets_fen, fact.days_since, reasons,
        fact.tier, fact.trading_ways, share, fact.every_days, log,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Questions:
    """The clients visited with their rank, among those served or among all; those suggested."""

    done: Prepared
    done_of_all: Prepared
    suggested: Prepared


def _done_lines(
    session: Session, asked: _Questions, values: Mapping[str, Any], visits: list[VisitRow]
) -> list[VisitLine]:
    """The clients visited, with their rank; in the order of the visits.

    Who is only to become a client, or was one, is ranked among all. Whoever has another advisor
    by now has none, and stands there by the surname alone.
    """
    if not visits:
        return []
    facts = {row[0]: Suggested(*row) for row in asked.done.ask(session, **values)}
    if len(facts) < len(visits):
        found = (Suggested(*row) for row in asked.done_of_all.ask(session, **values))
        facts = {fact.id: fact for fact in found} | facts
    return [
        _line(facts[row.client_id], ("", ""), row) if row.client_id in facts else _gone_line(row)
        for row in visits
    ]


def _gone_line(log: VisitRow) -> VisitLine:
    """The file is another's now: of the visit only that it was made, when and by which way."""
    log = replace(log, client_name=mask_name(log.client_name), client_no="", content="",
                  next_on=None, next_note="")  # fmt: skip
    return VisitLine(
        log.client_id, True, log.client_name, 0, None, None, ("", ""), None, (), 0, EVERY_DAYS,
        log, is_gone=True,
    )  # fmt: skip


def _values(whose: int, today: date, visited: list[int]) -> dict[str, Any]:
    """What the two questions are asked with: person, day, who was visited already."""
    ended = start_of(today + timedelta(days=1)) - timedelta(seconds=1)
    return {"whose": whose, "ended": ended, "visited": visited}


@lru_cache(maxsize=8)
def _questions(weight_commission: int, weight_assets: int, ways: tuple[str, ...]) -> _Questions:
    """Built once, asked at every change."""
    own = _own(_contribution(weight_commission, weight_assets), ways)
    served = _ranked(own.where(Client.stage.in_(_SERVED)))
    return _Questions(
        Prepared(_visited(served)), Prepared(_visited(_ranked(own))), Prepared(_suggested(served))
    )


def _visited(ranked: Any) -> AnySelect:
    return _named(ranked).where(among(ranked.c.id, "visited"))


_WHOSE = slot("whose", Integer())
_TODAY = slot("today", Date())
_ENDED = slot("ended", UtcInstant())
_MISSING = slot("missing", Integer())
_ASIDE = VisitSkip.user_id == _WHOSE, VisitSkip.skipped_on == _TODAY
_SKIPPED = Prepared(select(func.count(VisitSkip.id)).where(*_ASIDE))


def _ranked(asked: AnySelect) -> Any:
    """The advisor's clients with contribution rank and days since the last conversation."""
    own = asked.subquery("own")
    rank = func.rank().over(order_by=own.c.contribution.desc())
    return select(
        own.c.id, own.c.tier, own.c.assets_fen, own.c.commission_year_fen, own.c.days_since,
        own.c.never_days, own.c.every_days, rank.label("rank"), func.count().over().label("total"),
        own.c.may_be_visited,
    ).subquery("ranked")  # fmt: skip


def _named(chosen: Any) -> AnySelect:
    """The few that are shown, with what only their own files tell; columns as in ``Suggested``."""
    c = chosen.c
    return select(
        c.id, Client.name, c.tier, Client.trading_way, c.assets_fen, c.commission_year_fen,
        c.days_since, c.never_days, c.every_days, c.rank, c.total, c.may_be_visited,
    ).join(Client, Client.id == c.id)  # fmt: skip


def _own(contribution: ColumnElement[Any], ways: tuple[str, ...]) -> AnySelect:
    return (
        select(
            Client.id, Client.tier, Client.assets_fen, Client.commission_year_fen,
            whole_days(_ENDED, _last_talk(ways)).label("days_since"),
            _never_days().label("never_days"),
            func.coalesce(
                Client.contact_every_days, TierRule.contact_every_days, constant(EVERY_DAYS)
            ).label("every_days"),
            contribution.label("contribution"),
            _may_be_visited().label("may_be_visited"),
        )
        .outerjoin(TierRule, TierRule.tier == Client.tier)
        .where(Client.advisor_id == _WHOSE, Client.archived_at.is_(None))
    )  # fmt: skip


def _never_days() -> ColumnElement[int]:
    """Days since the file was made; none on a day before that."""
    days = whole_days(_ENDED, Client.created_at)
    return case((days < 0, 0), else_=days)


def _last_talk(ways: tuple[str, ...]) -> Any:
    """The last conversation until that day by a way that counts: a mailing begins nothing anew."""
    return (
        select(ContactLog.contacted_at)
        .where(
            ContactLog.client_id == Client.id,
            ContactLog.corrects_id.is_(None),
            ContactLog.way.in_(ways),
            ContactLog.contacted_at <= _ENDED,
        )
        .order_by(ContactLog.contacted_at.desc())
        .limit(1)
        .correlate(Client)
        .scalar_subquery()
    )


def _contribution(weight_commission: int, weight_assets: int) -> ColumnElement[Any]:
    parts = (
        (weight_commission, Client.commission_year_fen),
        (weight_assets, Client.assets_fen),
    )
    shares = [
        constant(weight) * _as_float(func.coalesce(column, 0))
        / _as_float(func.nullif(func.max(column).over(), 0))
        for weight, column in parts
    ]  # fmt: skip
    return func.coalesce(shares[0], 0) + func.coalesce(shares[1], 0)


def _as_float(value: Any) -> ColumnElement[Any]:
    return cast(value, Float)


def _may_be_visited() -> ColumnElement[bool]:
    return and_(
        Client.is_restricted.is_(False),
        or_(Client.service_need.is_(None), Client.service_need != terms.DO_NOT_DISTURB),
    )


def _suggested(ranked: Any) -> AnySelect:
    """The best score first; where nobody is overdue the larger contribution decides."""
    days = func.coalesce(ranked.c.days_since, ranked.c.never_days + ranked.c.every_days)
    worth = ranked.c.total - ranked.c.rank + 1
    score = _as_float(worth * days) / _as_float(func.nullif(ranked.c.every_days, 0))
    skipped = select(VisitSkip.client_id).where(*_ASIDE)
    best = (
        select(ranked, score.label("score"))
        .where(
            ranked.c.may_be_visited,
            not_among(ranked.c.id, "visited"),
            ranked.c.id.not_in(skipped),
        )
        .order_by(score.desc(), ranked.c.rank, ranked.c.id)
        .limit(_MISSING)
        .subquery("best")
    )
    return _named(best).order_by(best.c.score.desc(), best.c.rank, best.c.id)
