"""Own fields of the branch in the client list: shown, ordered and narrowed by (R19, R246).

Values are read for the rows of a page and only for columns that are shown; a condition is one
EXISTS on the index of field and value. Values order by ``sort_key``: numbers by size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from advisorcrm.models import Client, OwnField, OwnValue
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.services.files.own_values import OWN, is_own, mask_own, sort_key
from advisorcrm.terms import OwnFieldKind


class OwnSign(StrEnum):
    """How a value is compared; dates and texts are also looked into."""

    IS = "="
    HAS = "~"
    OVER = ">"
    FROM = ">="
    BELOW = "<"
    UP_TO = "<="
    FILLED = "filled"
    EMPTY = "empty"


class OwnCondition(NamedTuple):
    """One condition on one own field; ``values`` as they are stored."""

    field: str
    kind: OwnFieldKind
    sign: OwnSign
    values: tuple[str, ...] = ()


def read_condition(stored: Sequence[Any]) -> OwnCondition | None:
    """A condition as a saved view holds it; None for one that a later version wrote."""
    try:
        field, kind, sign, values = stored
        return OwnCondition(str(field), OwnFieldKind(kind), OwnSign(sign), tuple(values))
    except (TypeError, ValueError):
        return None


def own_conditions(conditions: Sequence[OwnCondition]) -> list[ColumnElement[bool]]:
    """What each condition asks of a client."""
    return [_holds(condition) for condition in conditions]


def own_order(name: str) -> ColumnElement[Any]:
    """By what a list is ordered for an own field; files without a value are null."""
    return (
        select(func.nullif(OwnValue.sort_key, ""))
        .where(OwnValue.client_id == Client.id, OwnValue.own_field_id == _field(name))
        .correlate(Client)
        .scalar_subquery()
    )


def with_own_values(
    session: Session, rows: Sequence[ClientRow], names: Sequence[str], *, is_nameless: bool
) -> list[ClientRow]:
    """The rows with what their files hold in these fields (``own.f1``).

    ``is_nameless`` for who reads neither names nor numbers (head office). One indexed read of the
    page's ids, none where no own column is shown.
    """
    wanted = [name.removeprefix(OWN) for name in names if is_own(name)]
    if not wanted or not rows:
        return list(rows)
    found = read_values(session, [row.id for row in rows], wanted)
    if is_nameless:
        names_of = select(Client.id, Client.name).where(Client.id.in_(found))
        called = {row.id: row.name for row in session.execute(names_of)}
        found = {key: mask_values(values, called[key]) for key, values in found.items()}
    return [replace(row, own=found.get(row.id, {})) for row in rows]


def read_values(
    session: Session, ids: Sequence[int], names: Sequence[str] = (), *, with_retired: bool = False
) -> dict[int, dict[str, str]]:
    """What these files hold, by client and ``own.`` name; all fields in use without names."""
    asked = (
        select(OwnValue.client_id, OwnField.name, OwnValue.value)
        .join(OwnField, OwnField.id == OwnValue.own_field_id)
        .where(OwnValue.client_id.in_(ids), OwnValue.value != "")
    )
    if names:
        asked = asked.where(OwnField.name.in_(names))
    elif not with_retired:
        asked = asked.where(OwnField.is_retired.is_(False))
    found: dict[int, dict[str, str]] = {}
    for client_id, name, value in session.execute(asked):
        found.setdefault(client_id, {})[OWN + name] = value
    return found


def mask_values(values: Mapping[str, str], client_name: str) -> dict[str, str]:
    """Values without numbers and without the client's name."""
    masked = mask_name(client_name)
    return {name: mask_own(text.replace(client_name, masked)) for name, text in values.items()}


def _holds(condition: OwnCondition) -> ColumnElement[bool]:
    held = (
        select(OwnValue.id)
        .where(
            OwnValue.client_id == Client.id,
            OwnValue.own_field_id == _field(condition.field),
            OwnValue.sort_key != "",
            _compared(condition),
        )
        .correlate(Client)
        .exists()
    )
    return ~held if condition.sign is OwnSign.EMPTY else held


def _compared(condition: OwnCondition) -> ColumnElement[bool]:
    kind, sign = condition.kind, condition.sign
    column = OwnValue.sort_key
    if not condition.values:
        return column != ""
    if sign is OwnSign.HAS and kind is OwnFieldKind.TEXT:
        return OwnValue.value.icontains(condition.values[0], autoescape=True)
    keys = [sort_key(kind, value) for value in condition.values]
    compared: Mapping[OwnSign, ColumnElement[bool]] = {
        OwnSign.IS: column.in_(keys),
        OwnSign.HAS: column.startswith(keys[0], autoescape=True),
        OwnSign.OVER: column > keys[0],
        OwnSign.FROM: column >= keys[0],
        OwnSign.BELOW: column < keys[0],
        OwnSign.UP_TO: column <= keys[0],
    }
    return compared[sign]


def _field(name: str) -> ColumnElement[int]:
    return select(OwnField.id).where(OwnField.name == name.removeprefix(OWN)).scalar_subquery()
