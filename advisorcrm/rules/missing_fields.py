"""What a client's file lacks or leaves in doubt, and how complete it is (R3, R15, R71, R112, R146).

The weights come from the branch's book; what counts as complete is said by conditions that SQL
repeats, so that a list of 100,000 clients and the page of one show the same percentage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from advisorcrm.i18n import _
from advisorcrm.rules.file_conditions import Complaint, FileFacts, Reachable
from advisorcrm.rules.weight_book import DEFAULT_BOOK, Item, WeightBook
from advisorcrm.terms import ClientKind


@dataclass(frozen=True, slots=True)
class MissingField:
    """One gap or doubt: where to go, why, and how much it counts.

    ``fields`` are all stored values it concerns, of which ``name`` is the first.
    """

    name: str
    label: str
    reason: str
    weight: int
    is_doubt: bool = False
    fields: tuple[str, ...] = ()


def missing_of(
    file: Mapping[str, object],
    points: Iterable[Reachable],
    *,
    today: date,
    book: WeightBook = DEFAULT_BOOK,
) -> list[MissingField]:
    """The gaps of one file, worst first: what is wrong before what is absent, then by weight."""
    gaps = [
        _gap(item, weight, complaints)
        for item, weight, complaints in _judged(FileFacts.of(file, points, today), book)
        if complaints
    ]
    return sorted(gaps, key=lambda gap: (not gap.is_doubt, -gap.weight))


def completeness(
    file: Mapping[str, object],
    points: Iterable[Reachable],
    *,
    today: date,
    book: WeightBook = DEFAULT_BOOK,
) -> int:
    """How complete the file is, in percent."""
    facts = FileFacts.of(file, points, today)
    return sum(weight for _item, weight, complaints in _judged(facts, book) if not complaints)


def _judged(facts: FileFacts, book: WeightBook) -> Iterator[tuple[Item, int, list[Complaint]]]:
    """Each item that counts for this client, with what is wrong about it."""
    tier = facts.file.get("tier")
    is_institution = facts.file.get("kind") == ClientKind.INSTITUTION
    for item, weight in zip(book.items, book.weights(str(tier or "")), strict=True):
        if weight:
            is_exempt = item.persons_only and is_institution
            yield item, weight, [] if is_exempt else _complaints(item, facts)


def _complaints(item: Item, facts: FileFacts) -> list[Complaint]:
    found = []
    for alternatives in item.conditions:
        if not any(condition.holds(facts) for condition in alternatives):
            said = [condition.complain(facts) for condition in alternatives]
            found.append(next((one for one in said if one.is_doubt), said[0]))
    return found


def _gap(item: Item, weight: int, complaints: list[Complaint]) -> MissingField:
    worst = next((one for one in complaints if one.is_doubt), complaints[0])
    fields = tuple(one.field for one in complaints)
    return MissingField(worst.field, _(item.label), worst.reason, weight, worst.is_doubt, fields)
