"""Files that may be about one person: found, judged, remembered (R146)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Annotated, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import Column
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.models import Client, ContactPoint, DuplicateDecision
from advisorcrm.rules.likeness import LISTED, LikeFact, Likeness, Traits, keys_of, likeness
from advisorcrm.services.access import Right, any_client, demand
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import DuplicateVerdict, PointKind

_MOST_ALIKE = 12
"""A number more files share than this is the branch's own or a company's: it proves nothing."""


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two files that look alike; the lower id stands first."""

    first_id: int
    second_id: int
    first_name: Annotated[str, Column("一份档案", width=12)]
    second_name: Annotated[str, Column("另一份", width=12)]
    first_no: str
    second_no: str
    score: Annotated[int, Column("相似", align="right", width=6)]
    facts: tuple[LikeFact, ...]
    is_very_like: bool
    verdict: DuplicateVerdict | None = None


def list_duplicate_pairs(session: Session, actor: Actor) -> list[DuplicatePair]:
    """All pairs that are not judged to be different people, the likest first; reads for long.

    Those put off until later stand at the end.
    """
    demand(actor, Right.MERGE_CLIENTS)
    traits = _all_traits(session)
    verdicts = _verdicts(session)
    like = {
        pair: found
        for pair in _candidates(traits)
        if verdicts.get(pair) is not DuplicateVerdict.DIFFERENT
        and (found := likeness(traits[pair[0]], traits[pair[1]])).score >= LISTED
    }
    people = _people(session, {key for pair in like for key in pair})
    pairs = [
        _pair(people[first], people[second], found, verdicts.get((first, second)))
        for (first, second), found in like.items()
    ]
    return sorted(pairs, key=_order)


def judge_pair(
    session: Session,
    actor: Actor,
    client_ids: tuple[int, int],
    verdict: DuplicateVerdict,
    *,
    reason: str = "",
    now: datetime,
) -> None:
    """Remember that two files are different people, or that this is decided later."""
    demand(actor, Right.MERGE_CLIENTS)
    first, second = sorted(client_ids)
    if first == second:
        raise InvalidFieldError("client", _("请选两份不同的档案。"))
    for client_id in (first, second):
        any_client(session, actor, client_id)
    row = session.scalar(
        select(DuplicateDecision).where(
            DuplicateDecision.first_id == first, DuplicateDecision.second_id == second
        )
    )
    if row is None:
        row = DuplicateDecision(first_id=first, second_id=second)
        session.add(row)
    row.verdict, row.reason = verdict, clean_text("reason", reason)
    row.user_id, row.at = actor.user_id, now


def compare_clients(session: Session, actor: Actor, first: int, second: int) -> Likeness:
    """By which facts two files look alike."""
    demand(actor, Right.MERGE_CLIENTS)
    traits = _all_traits(session, (first, second))
    return likeness(traits[first], traits[second]) if len(traits) == 2 else Likeness(0, ())


def _candidates(traits: Mapping[int, Traits]) -> Iterator[tuple[int, int]]:
    """Pairs that share a key worth comparing, each once."""
    meeting: dict[object, list[int]] = defaultdict(list)
    for client_id, one in traits.items():
        for key in set(keys_of(one)):
            meeting[key].append(client_id)
    seen: set[tuple[int, int]] = set()
    for group in meeting.values():
        if 1 < len(group) <= _MOST_ALIKE:
            seen.update(combinations(sorted(group), 2))
    yield from sorted(seen)


def _all_traits(session: Session, only: Iterable[int] | None = None) -> dict[int, Traits]:
    phones: dict[int, set[str]] = defaultdict(set)
    emails: dict[int, set[str]] = defaultdict(set)
    points = select(ContactPoint.client_id, ContactPoint.kind, ContactPoint.value).where(
        ContactPoint.archived_at.is_(None),
        ContactPoint.kind.in_((PointKind.MOBILE, PointKind.LANDLINE, PointKind.EMAIL)),
    )
    clients = select(
        Client.id, Client.name, Client.pinyin, Client.id_number, Client.birthday, Client.address
    ).where(Client.archived_at.is_(None))
    if only is not None:
        ids = tuple(only)
        points = points.where(ContactPoint.client_id.in_(ids))
        clients = clients.where(Client.id.in_(ids))
    for client_id, kind, value in session.execute(points):
        (emails if kind is PointKind.EMAIL else phones)[client_id].add(value.lower())
    _drop_common(phones)
    _drop_common(emails)
    return {
        key: Traits(
            "".join(name.split()),
            pinyin,
            number or "",
            birthday,
            "".join(address.split()),
            frozenset(phones.get(key, ())),
            frozenset(emails.get(key, ())),
        )
        for key, name, pinyin, number, birthday, address in session.execute(clients)
    }


def _drop_common(values: dict[int, set[str]]) -> None:
    """Leave out numbers that many files have: the branch's own, a company's."""
    counts = Counter(value for found in values.values() for value in found)
    for found in values.values():
        found -= {value for value in found if counts[value] > _MOST_ALIKE}


def _verdicts(session: Session) -> dict[tuple[int, int], DuplicateVerdict]:
    rows = session.execute(
        select(DuplicateDecision.first_id, DuplicateDecision.second_id, DuplicateDecision.verdict)
    )
    return {(first, second): verdict for first, second, verdict in rows}


def _order(pair: DuplicatePair) -> tuple[bool, int, int, int]:
    return pair.verdict is not None, -pair.score, pair.first_id, pair.second_id


class _Person(NamedTuple):
    """How a file is called in a pair."""

    id: int
    name: str
    client_no: str


def _people(session: Session, ids: Iterable[int]) -> dict[int, _Person]:
    rows = session.execute(
        select(Client.id, Client.name, Client.client_no).where(Client.id.in_(list(ids)))
    )
    return {row.id: _Person(*row) for row in rows}


def _pair(
    first: _Person, second: _Person, found: Likeness, verdict: DuplicateVerdict | None
) -> DuplicatePair:
    return DuplicatePair(
        first.id, second.id, first.name, second.name, first.client_no, second.client_no,
        found.score, found.facts, found.is_very_like, verdict,
    )  # fmt: skip
