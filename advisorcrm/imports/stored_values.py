"""Cleaned values as text in the database: what an import changed, what waits to be decided."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date

from advisorcrm.models import Client
from advisorcrm.models.base import CodeSet, TermText
from advisorcrm.terms import PointKind

POINTS = "points"


def write_values(values: Mapping[str, Any]) -> str:
    """Fields and values as one JSON text."""
    return json.dumps(values, ensure_ascii=False, default=_plain, separators=(",", ":"))


def read_values(text: str) -> dict[str, Any]:
    """Fields and values as they were."""
    return {name: read_value(name, value) for name, value in json.loads(text).items()}


def read_value(name: str, value: Any) -> Any:
    """One value of a field as the client's file holds it."""
    if name == POINTS:
        return [(PointKind(kind), text) for kind, text in value or ()]
    reader = _READERS.get(name)
    return value if value is None or reader is None else reader(value)


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _reader(column: Any) -> Callable[[Any], Any] | None:
    if isinstance(column.type, TermText):
        return column.type.term
    if isinstance(column.type, CodeSet):
        return _as_tuple
    return date.fromisoformat if isinstance(column.type, Date) else None


def _as_tuple(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(codes)


_READERS = {
    column.name: reader
    for column in Client.__table__.columns
    if (reader := _reader(column)) is not None
}
