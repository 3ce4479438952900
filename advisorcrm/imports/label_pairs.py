"""Google's pairs of columns (``Phone 1 - Label``, ``Phone 1 - Value``) joined into the value."""
# The words are those of address books.  # chinese: data

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from advisorcrm.imports.contact_labels import label_shown
from advisorcrm.imports.header_search import Header
from advisorcrm.imports.raw_table import Cell, RawTable

SEVERAL = re.compile(r"\s*:::\s*|\n")
_PAIR = re.compile(
    r"(?P<what>phone|im|relation|event)\s*(?P<number>\d+)\s*-\s*(?P<part>label|type|service|value)"
)
_TOGETHER = {"relation": "；", "event": "、"}
_SAID_BY_THE_COLUMN = "纪念日"
_MESSENGERS = {"qq": "QQ", "wechat": "微信", "weixin": "微信", "微信": "微信"}


def with_labels(table: RawTable, header: Header) -> RawTable:
    """The table with telephones that carry their label and messengers that carry their kind."""
    places: dict[tuple[str, str], dict[str, int]] = {}
    for at, heading in enumerate(header.headings):
        found = _PAIR.fullmatch(heading.text.strip().lower())
        if found is not None:
            part = "label" if found["part"] == "type" else found["part"]
            places.setdefault((found["what"], found["number"]), {})[part] = at
    pairs = [(what, at) for (what, _number), at in places.items() if "value" in at]
    if not pairs:
        return table
    first = header.last_row + 1
    rows = [*table.rows[:first], *(_joined(row, pairs) for row in table.rows[first:])]
    return replace(table, rows=rows)


def _joined(row: Sequence[Cell], pairs: list[tuple[str, dict[str, int]]]) -> Sequence[Cell]:
    cells = list(row)
    for what, sign in _TOGETHER.items():
        _join_all(cells, [at for kind, at in pairs if kind == what], sign)
    for what, at in pairs:
        if what in _TOGETHER:
            continue
        values = [part for part in SEVERAL.split(_text(cells, at["value"])) if part.strip()]
        if what == "im":
            service = _text(cells, at.get("service", -1)) or _text(cells, at.get("label", -1))
            kind = _MESSENGERS.get(service.strip().lower(), "")
            cells[at["value"]] = "\n".join(f"{kind} {value}" for value in values if kind)
            continue
        label = label_shown(_text(cells, at.get("label", -1)))
        if label and values:
            cells[at["value"]] = "\n".join(f"{value}（{label}）" for value in values)
    return cells


def _join_all(cells: list[Cell], places: list[dict[str, int]], sign: str) -> None:
    """All relatives, or all days, in the first of their cells: ``配偶 样乙；子女 样小甲``."""
    told = []
    for at in places:
        label = label_shown(_text(cells, at.get("label", -1)))
        label = "" if label == _SAID_BY_THE_COLUMN else label
        values = SEVERAL.split(_text(cells, at["value"]))
        told += [f"{label} {value}".strip() for value in values if value.strip()]
    if told:
        cells[places[0]["value"]] = sign.join(told)


def _text(cells: Sequence[Cell], at: int) -> str:
    found = cells[at] if 0 <= at < len(cells) else ""
    return found if isinstance(found, str) else str(found or "")
