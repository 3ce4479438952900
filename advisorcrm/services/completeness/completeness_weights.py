"""The branch's weights of completeness: read with every question, set by the manager (R3, R19)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import AnySelect
from advisorcrm.db.history import because
from advisorcrm.db.prepared import Prepared
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Client, CodeListEntry, CompletenessWeight, User
from advisorcrm.rules.weight_book import (
    EVERYBODY,
    HIGHEST,
    ITEMS,
    TOTAL,
    Item,
    WeightBook,
    own_item,
)
from advisorcrm.services.access import Right, demand
from advisorcrm.services.completeness.completeness_columns import completeness_percent
from advisorcrm.services.files.own_fields import load_own_fields
from advisorcrm.services.files.own_values import OWN, is_own
from advisorcrm.terms import TIER

ENOUGH = 90
"""A file below so many percent is one to work on."""

_STORED = Prepared(
    select(CompletenessWeight.tier, CompletenessWeight.item, CompletenessWeight.weight).order_by(
        CompletenessWeight.tier, CompletenessWeight.item
    )
)


def load_weight_book(session: Session) -> WeightBook:
    """The weights in force now; every question about completeness begins with them."""
    rows = _stored(session)
    weighed = {item for _tier, item, _weight in rows if is_own(item)}
    return _book(rows, _own_items(session, weighed) if weighed else ())


def _stored(session: Session) -> tuple[tuple[str, str, int], ...]:
    return tuple((tier, item, weight) for tier, item, weight in _STORED.ask(session))


def _own_items(session: Session, names: Collection[str] | None = None) -> tuple[Item, ...]:
    """The items of these own fields, or of all in use; what counts cannot be retired."""
    fields = load_own_fields(session, with_retired=names is not None)
    return tuple(
        own_item(OWN + field.name, field.title)
        for field in fields
        if names is None or OWN + field.name in names
    )


@lru_cache(maxsize=32)
def _book(rows: tuple[tuple[str, str, int], ...], own: tuple[Item, ...]) -> WeightBook:
    """The same rows are the same book, so that statements made for it are found again."""
    return WeightBook.of(rows, ITEMS + own)


def read_weight_book(session: Session, actor: Actor) -> WeightBook:
    """The weights for their page."""
    demand(actor, Right.SEE_STANDARDS)
    return _whole_book(session)


def _whole_book(session: Session) -> WeightBook:
    """With every own field in use, also one that counts nothing yet."""
    return _book(_stored(session), _own_items(session))


def seed_weights(session: Session) -> None:
    """Enter the general set, if the branch has none."""
    has_any = session.scalar(
        select(CompletenessWeight.id).where(CompletenessWeight.tier == EVERYBODY).limit(1)
    )
    if has_any is None:
        session.add_all(
            CompletenessWeight(tier=EVERYBODY, item=item.name, weight=item.weight) for item in ITEMS
        )


def change_weights(
    session: Session, actor: Actor, weights: Mapping[str, int], *, tier: str = EVERYBODY
) -> WeightBook:
    """Set what the items count, for all clients or for those of one type; returns the new book.

    Raises InvalidFieldError while the weights do not make 100: the old ones stay in force.
    """
    demand(actor, Right.SET_STANDARDS)
    _demand_right(session, weights, tier)
    with because(session, _("完备率权重")):
        _store(session, weights, tier)
        return _whole_book(session)


def drop_own_weights(session: Session, actor: Actor, tier: str) -> WeightBook:
    """Let the clients of a type follow the general set again; returns the new book."""
    demand(actor, Right.SET_STANDARDS)
    with because(session, _("完备率权重")):
        names = {row.item for row in _rows(session, tier).values()}
        _store(session, dict.fromkeys(names, 0), tier)
        return _whole_book(session)


@dataclass(frozen=True, slots=True)
class Shift:
    """An average before and after a change, in tenths of a percent."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of the weights does to the branch."""

    clients: int
    average: Shift
    below_before: int
    below_after: int
    advisors: tuple[Shift, ...]


def weigh_effect(
    session: Session, actor: Actor, before: WeightBook, after: WeightBook, *, today: date
) -> Effect:
    """Averages and files below 90 % under two books, for the branch and each advisor (R3)."""
    demand(actor, Right.SEE_STANDARDS)
    sums = session.execute(_effect_statement(before, after, today)).all()
    clients, old, new, below_old, below_new = (
        sum(int(row[at]) for row in sums) for at in range(1, 6)
    )
    return Effect(
        clients,
        Shift("", _tenths(old, clients), _tenths(new, clients)),
        below_old,
        below_new,
        tuple(
            Shift(name, _tenths(int(row[2]), int(row[1])), _tenths(int(row[3]), int(row[1])))
            for row in sums
            if (name := row[0])
        ),
    )


def _effect_statement(before: WeightBook, after: WeightBook, today: date) -> AnySelect:
    files = (
        select(
            Client.advisor_id,
            completeness_percent(before, today).label("old"),
            completeness_percent(after, today).label("new"),
        )
        .where(Client.archived_at.is_(None))
        .subquery()
    )
    return (
        select(
            User.name,
            func.count(),
            func.sum(files.c.old),
            func.sum(files.c.new),
            func.sum(case((files.c.old < ENOUGH, 1), else_=0)),
            func.sum(case((files.c.new < ENOUGH, 1), else_=0)),
        )
        .select_from(files)
        .outerjoin(User, User.id == files.c.advisor_id)
        .group_by(files.c.advisor_id, User.name)
        .order_by(User.name)
    )


def _tenths(total: int, count: int) -> int:
    return round(total * 10 / count) if count else 0


def _demand_right(session: Session, weights: Mapping[str, int], tier: str) -> None:
    known = {item.name for item in _whole_book(session).items}
    for name, weight in weights.items():
        if name not in known:
            raise InvalidFieldError(name, _("没有“{code}”这个选项。").format(code=name))
        if not 0 <= weight <= HIGHEST:
            raise InvalidFieldError(
                name, _("权重应在 0 到 {highest} 之间。").format(highest=HIGHEST)
            )
    if sum(weights.values()) != TOTAL:
        raise InvalidFieldError(
            "weight",
            _("合计 {total}，须为 {wanted}；原来的权重继续有效。").format(
                total=sum(weights.values()), wanted=TOTAL
            ),
        )
    if tier != EVERYBODY and not session.scalar(
        select(CodeListEntry.id).where(CodeListEntry.list_name == TIER, CodeListEntry.code == tier)
    ):
        raise InvalidFieldError("tier", _("没有“{code}”这个选项。").format(code=tier))


def _store(session: Session, weights: Mapping[str, int], tier: str) -> None:
    stored = _rows(session, tier)
    for name, weight in weights.items():
        if name in stored:
            stored[name].weight = weight
        else:
            session.add(CompletenessWeight(tier=tier, item=name, weight=weight))
    for name in stored.keys() - weights.keys():
        stored[name].weight = 0
    session.flush()  # the book is read again in the same transaction


def _rows(session: Session, tier: str) -> dict[str, CompletenessWeight]:
    found = session.scalars(select(CompletenessWeight).where(CompletenessWeight.tier == tier))
    return {row.item: row for row in found}
