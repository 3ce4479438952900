"""Where the head of a client list stands: below titles and instructions, on one or two rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from advisorcrm.imports.client_fields import FIELDS
from advisorcrm.imports.headings import (
    AMOUNTS,
    UNIT_LINE,
    Heading,
    money_unit,
    read_heading,
    unit_name,
)
from advisorcrm.imports.raw_table import Cell, RawTable, Span
from advisorcrm.rules.traditional import simplified

SEARCHED_ROWS = 60
_SEARCHED_AT_LAST = 2_000
"""Where nothing is found at once: some reports print a page of explanations above."""
_KEYS = frozenset({"name", "name_given", "account", "client_no"})
_NOT_ENOUGH = frozenset({"name", "name_family", "name_middle", "name_given", "remark", "alias"})
"""A sheet of names and remarks alone is not taken for a client list."""
_FIELD_NAMES = frozenset(field.name for field in FIELDS)


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a table: one heading per column, and what stands around it."""

    headings: tuple[Heading, ...]
    last_row: int
    """Place of the last row of the head; the data begin below it."""
    money_unit: int = 1
    """What amounts count in where their heading does not say (单位：万元)."""

    @property
    def layout(self) -> tuple[str, ...]:
        """The headings as they are understood without titles and groups above them."""
        return tuple(self._alone(heading) for heading in self.headings)

    def _alone(self, heading: Heading) -> str:
        needs_unit = heading.field in AMOUNTS and heading.money_unit is None
        if needs_unit and self.money_unit != 1:
            return f"{heading.text}（{unit_name(self.money_unit)}）"
        return heading.full or heading.text


def find_header(table: RawTable, chosen: Mapping[str, str] | None = None) -> Header | None:
    """The row that names most fields, or None if no row is the head of a client list.

    ``chosen`` maps headings to fields by hand (empty: leave alone) and beats the aliases.
    """
    return next(
        (
            header
            for searched in (SEARCHED_ROWS, _SEARCHED_AT_LAST)
            if (header := _best(_filled(table, searched), chosen or {}))
            and header.last_row + 1 < len(table.rows)
        ),
        None,
    )


def head_at(table: RawTable, at: int, chosen: Mapping[str, str]) -> Header:
    """The head if the row at a place were its last one."""
    return Header(_headings(table.rows[: at + 1], at, chosen), at)


def has_head_alone(table: RawTable, chosen: Mapping[str, str]) -> bool:
    """Whether a table is the head of a client list with nothing below it."""
    header = _best(_filled(table, SEARCHED_ROWS), chosen)
    return header is not None and header.last_row + 1 >= len(table.rows)


def _best(head: Sequence[Sequence[Cell]], chosen: Mapping[str, str]) -> Header | None:
    best: Header | None = None
    most = 0
    for at in range(len(head)):
        headings = _headings(head, at, chosen)
        fields = {heading.field for heading in headings if heading.field}
        weight = _weight(headings)
        goes_on = best is not None and at == best.last_row + 1 and weight == most
        if not (fields & _KEYS and fields - _NOT_ENOUGH and len(fields) > 1):
            continue
        if weight > most or goes_on:  # a second row of the head repeats what stands above
            most, best = weight, Header(headings, at, unit_told(head[:at]) or 1)
    return best


def _weight(headings: tuple[Heading, ...]) -> int:
    """Different fields count most, further known headings decide between equals."""
    fields = {heading.field for heading in headings if heading.field}
    return len(fields) * 100 + sum(1 for heading in headings if heading.is_known)


def _filled(table: RawTable, searched: int) -> list[list[Cell]]:
    """The first rows, with merged cells filled in both directions."""
    head = [list(row) for row in table.rows[: 1 if table.is_cards else searched]]
    for span in table.merged:
        if span.top < len(head):
            _fill(head, span)
    return head


def _fill(head: list[list[Cell]], span: Span) -> None:
    if span.left >= len(head[span.top]):
        return
    value = head[span.top][span.left]
    for row in head[span.top : span.bottom + 1]:
        for column in range(span.left, min(span.right + 1, len(row))):
            row[column] = value


def _headings(
    head: Sequence[Sequence[Cell]], at: int, chosen: Mapping[str, str]
) -> tuple[Heading, ...]:
    """The headings if the row at ``at`` were the last of the head."""
    above = head[at - 1] if at else ()
    found = []
    for column, cell in enumerate(head[at]):
        text = _text(cell)
        group = _text(above[column]) if column < len(above) else ""
        if not text and read_heading(group).is_known:
            text, group = group, ""
        found.append(_chosen(read_heading(text, group), chosen))
    return tuple(found)


def _chosen(heading: Heading, chosen: Mapping[str, str]) -> Heading:
    """A heading as a person has mapped it by hand, or as it is understood."""
    if heading.text not in chosen:
        return heading
    field = chosen[heading.text] if chosen[heading.text] in _FIELD_NAMES else ""
    return replace(heading, field=field, is_known=True)


def _text(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def unit_told(titles: Sequence[Sequence[Cell]]) -> int | None:
    """The unit that a title line declares for all amounts."""
    for row in titles:
        for cell in row:
            found = UNIT_LINE.search(simplified(cell)) if isinstance(cell, str) else None
            if found is not None:
                return money_unit(found[1])
    return None
