"""The same person on several cards of an address book (telephone, SIM card, cloud): made one.

It is the same person where the name is the same and a number or address is shared; cards with
neither number nor address are the same by their name alone. A card without a name (a number on
a SIM card) is about the one person who has all its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisorcrm.imports.client_sheet import ClientSheetRow
from advisorcrm.models.base import REMARK_TEXT


def merge_repeated(rows: Sequence[ClientSheetRow]) -> list[ClientSheetRow]:
    """The rows with everything known of a person in the first, the others marked ``same_as``."""
    first_of = _first_places(rows)
    gathered: dict[int, dict[str, Any]] = {}
    for place, row in enumerate(rows):
        first = first_of[place]
        if first != place:
            known = gathered.setdefault(first, dict(rows[first].values))
            _add(known, row.values)
    for known in gathered.values():
        known["points"] = list(known.get("points", ()))
    return [
        row._replace(same_as=rows[first_of[place]].row, faults=())
        if first_of[place] != place
        else row._replace(values=gathered.get(place, row.values))
        for place, row in enumerate(rows)
    ]


def _first_places(rows: Sequence[ClientSheetRow]) -> list[int]:
    """For each place the first one with the same person."""
    first_of = list(range(len(rows)))
    owners: dict[tuple[str, str], int] = {}
    for place, row in enumerate(rows):
        for key in _keys(row):
            other = _root(first_of, owners.setdefault(key, place))
            own = _root(first_of, place)
            first_of[max(own, other)] = min(own, other)
    found = [_root(first_of, place) for place in range(len(rows))]
    for place, owner in _nameless(rows, found):
        found[place] = owner
    return found


def _nameless(rows: Sequence[ClientSheetRow], first_of: list[int]) -> Iterator[tuple[int, int]]:
    """The cards of numbers alone, each with the person they belong to if that is one only."""
    bare = [place for place, row in enumerate(rows) if lacks_only_its_name(row)]
    owners: dict[str, set[int]] = {}
    for place, row in enumerate(rows if bare else ()):
        for name, value in _keys(row):
            if name and value:
                owners.setdefault(value, set()).add(first_of[place])
    for place in bare:
        found = [owners.get(value, set()) for _kind, value in rows[place].values["points"]]
        whose = set.union(*found)
        if len(whose) == 1 and all(found):
            yield place, whose.pop()


def lacks_only_its_name(row: ClientSheetRow) -> bool:
    """Whether a contact is a number or address without a name, and nothing else is wrong."""
    is_bare = len(row.faults) == 1 and not row.faults[0].field and not row.values.get("name")
    return is_bare and bool(row.values.get("points"))


def _root(first_of: list[int], place: int) -> int:
    while first_of[place] != place:
        first_of[place] = first_of[first_of[place]]
        place = first_of[place]
    return place


def _keys(row: ClientSheetRow) -> list[tuple[str, str]]:
    values = row.values
    name = "".join(str(values.get("name") or "").split()).casefold()
    if row.faults or not name or values.get("account") or values.get("client_no"):
        return []
    points: Any = values.get("points") or ()
    return [(name, value) for _kind, value in points] or [(name, "")]


def _add(known: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Fill what is blank; numbers and remarks are joined."""
    for name, value in values.items():
        old = known.get(name)
        if name == "points":
            if not isinstance(old, dict):  # while it grows: thousands of cards may be one person
                known[name] = old = dict.fromkeys(old or ())
            old.update(dict.fromkeys(value))
        elif name == "point_notes":
            known[name] = {**value, **(old or {})}
        elif name == "remark" and old and value and value not in old:
            known[name] = f"{old}\n{value}"[:REMARK_TEXT]
        elif old is None:
            known[name] = value
