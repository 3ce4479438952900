"""What a saved view holds, as JSON: only what narrows, so that a later version reads it too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from advisorcrm.services.clients.clients import ClientFilter, ClientOrder
from advisorcrm.services.clients.own_columns import read_condition
from advisorcrm.terms import ClientKind, ClientMatter, ClientStage, RiskLevel, Term

ME = 0
"""Stands for whoever looks: a shared view of own clients shows each person the own ones."""

_TERMS: Mapping[str, type[Term]] = {
    "stages": ClientStage,
    "risk_levels": RiskLevel,
    "kinds": ClientKind,
    "matters": ClientMatter,
}
_PEOPLE = "advisor_ids"
_OWN = "own"


@dataclass(frozen=True, slots=True)
class ViewContent:
    """A list as somebody wants to see it: narrowed, ordered, with these columns."""

    query: ClientFilter = field(default_factory=ClientFilter)
    order: ClientOrder = field(default_factory=ClientOrder)
    columns: tuple[str, ...] = ()


def write_content(content: ViewContent, my_id: int) -> str:
    """The view as it is stored."""
    empty = ClientFilter()
    narrowed = {
        item.name: getattr(content.query, item.name)
        for item in fields(ClientFilter)
        if getattr(content.query, item.name) != getattr(empty, item.name)
    }
    if _PEOPLE in narrowed:
        narrowed[_PEOPLE] = [ME if key == my_id else key for key in narrowed[_PEOPLE]]
    order = {"column": content.order.column, "descending": content.order.descending}
    stored = {"filter": narrowed, "order": order, "columns": content.columns}
    return json.dumps(stored, ensure_ascii=False, sort_keys=True)


def read_content(text: str, my_id: int) -> ViewContent:
    """The view for one person; what this version does not know is left out."""
    stored = json.loads(text)
    known = {item.name for item in fields(ClientFilter)}
    values = {
        name: _value(name, value, my_id)
        for name, value in stored.get("filter", {}).items()
        if name in known
    }
    order = stored.get("order", {})
    return ViewContent(
        ClientFilter(**values),
        ClientOrder(order.get("column", "assets_fen"), bool(order.get("descending", True))),
        tuple(stored.get("columns", ())),
    )


def _value(name: str, value: Any, my_id: int) -> Any:
    if name in _TERMS:
        known = set(_TERMS[name])
        return tuple(_TERMS[name](code) for code in value if code in known)
    if name == _OWN:
        return tuple(read for item in value if (read := read_condition(item)) is not None)
    if name == _PEOPLE:
        return tuple(my_id if key == ME else key for key in value)
    return tuple(_deep(item) for item in value) if isinstance(value, list) else value


def _deep(item: Any) -> Any:
    return tuple(item) if isinstance(item, list) else item
