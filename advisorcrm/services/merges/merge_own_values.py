"""Own fields of two files that become one: compared and chosen like any other field (R19).

What only the merged file has moves with its row; this is about fields that both have.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.models import OwnField, OwnValue
from advisorcrm.services.files.own_values import OWN, own_values, sort_key
from advisorcrm.services.histories.history_words import Words
from advisorcrm.services.merges.merge_fields import MergeField, Side


def compare_own(session: Session, kept_id: int, merged_id: int, words: Words) -> list[MergeField]:
    """The own fields in which two files differ, in the branch's order."""
    mine, theirs = own_values(session, kept_id), own_values(session, merged_id)
    fields = session.execute(
        select(OwnField.id, OwnField.name, OwnField.label)
        .where(OwnField.is_retired.is_(False))
        .order_by(OwnField.position, OwnField.id)
    )
    found = []
    for key, name, label in fields:
        kept, merged = mine.get(OWN + name, ""), theirs.get(OWN + name, "")
        if kept != merged:
            side = Side.KEPT if kept else Side.MERGED
            mine_said, theirs_said = words.own(key, kept), words.own(key, merged)
            found.append(MergeField(OWN + name, label, mine_said, theirs_said, side))
    return found


def own_values_to_store(
    session: Session, kept_id: int, merged_id: int, choices: Mapping[str, Side]
) -> dict[str, str]:
    """What changes in own fields that both files have: chosen values, and blanks filled."""
    mine, theirs = own_values(session, kept_id), own_values(session, merged_id)
    return {
        name: theirs[name]
        for name, value in mine.items()
        if theirs.get(name, "") not in ("", value)
        and (not value or choices.get(name) is Side.MERGED)
    }


def write_own(session: Session, client_id: int, values: Mapping[str, str]) -> dict[str, str]:
    """Write values of fields the file has; returns what stood there before."""
    before = {}
    for row, field in _rows(session, client_id, values):
        before[OWN + field.name] = row.value
        _write(row, field, values[OWN + field.name])
    return before


def take_own_back(
    session: Session, client_id: int, before: Mapping[str, str], written: Mapping[str, str]
) -> list[str]:
    """Put back what a merge had written; returns the labels of fields that were edited since."""
    left = []
    for row, field in _rows(session, client_id, before):
        name = OWN + field.name
        if row.value == written[name]:
            _write(row, field, before[name])
        else:
            left.append(field.label)
    return left


def _rows(
    session: Session, client_id: int, names: Mapping[str, str]
) -> list[tuple[OwnValue, OwnField]]:
    found = session.execute(
        select(OwnValue, OwnField)
        .join(OwnField, OwnField.id == OwnValue.own_field_id)
        .where(
            OwnValue.client_id == client_id,
            OwnField.name.in_([name.removeprefix(OWN) for name in names]),
        )
    )
    return [(row, field) for row, field in found]


def _write(row: OwnValue, field: OwnField, value: str) -> None:
    row.value, row.sort_key = value, sort_key(field.kind, value)
