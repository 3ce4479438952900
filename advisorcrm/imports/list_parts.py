"""Several lists in one sheet: side by side, or below one another under heads of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from advisorcrm.i18n import _
from advisorcrm.imports.client_fields import FIELD_OF
from advisorcrm.imports.client_rows import client_places, is_plainly_a_client
from advisorcrm.imports.header_search import Header, find_header, head_at, unit_told
from advisorcrm.imports.raw_table import Cell, RawTable, Span

_BRANCH_KEYS = frozenset({"account", "client_no"})
_Part = tuple[RawTable, Header]


def list_parts(table: RawTable, chosen: Mapping[str, str] | None = None) -> list[_Part]:
    """The lists of a sheet with their heads: one as a rule, none where there is no head."""
    header = find_header(table, chosen)
    if header is None:
        return []
    if table.is_cards or not _fields(header) & _BRANCH_KEYS:
        return [(table, header)]
    beside = [
        part
        for columns in _columns_beside(header)
        for part in _parts_below(_between_columns(table, columns), chosen)
    ]
    parts = beside or _parts_below(table, chosen)
    return [
        (replace(part, sheet_name=_name(table.sheet_name, number)), _in_unit(part, own, header))
        for number, (part, own) in enumerate(parts, 1)
    ]


def _in_unit(part: RawTable, own: Header, first: Header) -> Header:
    """The head with the unit of its own title, or that of the sheet's."""
    told = unit_told(part.rows[: own.last_row])
    return own if told else replace(own, money_unit=first.money_unit)


def _name(sheet: str, number: int) -> str:
    if number == 1:
        return sheet
    return _("{sheet}（第 {number} 份名单）").format(sheet=sheet, number=number)


def _fields(header: Header) -> set[str]:
    return {heading.field for heading in header.headings if heading.field}


# --- side by side -----------------------------------------------------------------------------


def _columns_beside(header: Header) -> list[slice]:
    """The columns of each list if the whole head repeats itself; else nothing."""
    headings = header.headings
    first = next(heading.text for heading in headings if heading.is_known)
    starts = [at for at, heading in enumerate(headings) if heading.text == first]
    slices = [slice(*ends) for ends in zip(starts, (*starts[1:], len(headings)), strict=True)]
    complete = all(
        {"name"} < {heading.field for heading in headings[columns]}
        and _BRANCH_KEYS & {heading.field for heading in headings[columns]}
        for columns in slices
    )
    return slices if len(slices) > 1 and complete else []


def _between_columns(table: RawTable, columns: slice) -> RawTable:
    left, right = columns.start, columns.stop - 1
    return replace(
        table,
        rows=[row[columns] for row in table.rows],
        merged=tuple(
            Span(one.top, max(one.left - left, 0), one.bottom, min(one.right, right) - left)
            for one in table.merged
            if one.left <= right and one.right >= left
        ),
        zero_widths={
            at - left: width for at, width in table.zero_widths.items() if left <= at <= right
        },
    )


# --- below one another ------------------------------------------------------------------------


def _parts_below(table: RawTable, chosen: Mapping[str, str] | None) -> list[_Part]:
    """The list, and those below it whose heads say something else."""
    parts: list[_Part] = []
    while (header := find_header(table, chosen)) is not None:
        start = _next_start(table, header, chosen or {})
        if start is None:
            return [*parts, (table, header)]
        parts.append((_between_rows(table, 0, start), header))
        table = _between_rows(table, start, len(table.rows))
    return parts


def _next_start(table: RawTable, header: Header, chosen: Mapping[str, str]) -> int | None:
    """Where the next list begins: below the last client above its head."""
    for at in _possible_heads(table.rows, header):
        other = head_at(table, at, chosen)
        if _fields(other) & _BRANCH_KEYS and _says_other(other, header):
            above = client_places(_between_rows(table, 0, at), header)
            return max(above, default=header.last_row) + 1
    return None


def _possible_heads(rows: Sequence[Sequence[Cell]], header: Header) -> Iterator[int]:
    """Rows that are no plain clients and hold words of heads."""
    is_client = is_plainly_a_client(header)
    for at in range(header.last_row + 1, len(rows) - 1):
        row = rows[at]
        if is_client(row):
            continue
        if sum(1 for cell in row if isinstance(cell, str) and cell.strip() in FIELD_OF) > 1:
            yield at


def _says_other(other: Header, header: Header) -> bool:
    """Whether some column means something else, or counts in another unit."""
    pairs = zip(other.headings, header.headings, strict=True)
    return any((new.field, new.unit) != (old.field, old.unit) for new, old in pairs if new.field)


def _between_rows(table: RawTable, top: int, end: int) -> RawTable:
    return replace(
        table,
        rows=table.rows[top:end],
        first_row_number=table.first_row_number + top,
        merged=tuple(
            Span(max(one.top - top, 0), one.left, min(one.bottom, end - 1) - top, one.right)
            for one in table.merged
            if one.top < end and one.bottom >= top
        ),
    )
