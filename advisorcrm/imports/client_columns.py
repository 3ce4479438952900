"""Cleaning by columns: what a hundred thousand cells of one field become.

A column is cleaned in one go, and a cell that repeats only once. Cells that are special (faulty,
masked, about several fields) are noted beside the column, so that the others cost nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisorcrm.errors import InvalidFieldError
from advisorcrm.imports.cell_choices import sex_counted_from_zero, unclear_sex_cleaner
from advisorcrm.imports.cell_cleaning import UNIQUE, cleaner_for, without_sheet_errors
from advisorcrm.imports.cell_values import Cleaner, ColumnContext, Mark, Values
from advisorcrm.imports.client_fields import POINT_FIELDS, REPEATABLE
from advisorcrm.imports.ditto_cells import DITTOS, may_repeat, without_dittos
from advisorcrm.imports.header_search import Header
from advisorcrm.imports.raw_table import SHEET_ERRORS, UNCOMPUTED, Cell

Special = Values | InvalidFieldError | Mark
_NO_VALUES = SHEET_ERRORS | {UNCOMPUTED}
_SELDOM = _NO_VALUES | DITTOS
_SPECIAL = (Values, InvalidFieldError, Mark)
STORED_AS = {"no_service": "service_need", "birthday_either": "birthday"}
_NOT_BESIDE = {
    "no_service": "service_need",
    "birthday_either": "birthday",
    "name_family": "name",
    "name_middle": "name",
    "name_given": "name",
}
"""Fields that are left alone when the sheet has the better one too."""


@dataclass(slots=True)
class CleanedColumn:
    """The values of one column; special cells hold None there and stand in ``special``."""

    field: str
    heading: str
    values: list[object]
    place: int = 0
    """Which column of the sheet it is, from 0."""
    special: list[tuple[int, Special]] = dataclasses.field(default_factory=list)
    repeated: Mapping[int, int | None] = dataclasses.field(default_factory=dict)
    """Cells that say 同上, and where what they stand for was written."""

    @property
    def is_points(self) -> bool:
        """Whether the column holds numbers or addresses to reach the client."""
        return self.field in POINT_FIELDS


def clean_columns(
    rows: Sequence[Sequence[Cell]],
    header: Header,
    context: ColumnContext,
    zero_widths: Mapping[int, int],
) -> list[CleanedColumn]:
    """Every column that brings something, cleaned."""
    found = []
    for at in read_columns(header):
        heading = header.headings[at]
        cells: list[Cell] = [row[at] for row in rows]
        clean = cleaner_for(heading.field, context.under(heading, zero_widths.get(at, 0)))
        if heading.field == "sex" and sex_counted_from_zero(cells):
            clean = unclear_sex_cleaner(clean)
        column = CleanedColumn(STORED_AS.get(heading.field, heading.field), heading.text, [], at)
        if not _SELDOM.isdisjoint(cells):
            clean = without_sheet_errors(heading.field, clean)
            if may_repeat(heading.field):
                cells, column.repeated = without_dittos(cells)
        _fill(column, heading.field, cells, clean)
        found.append(column)
    return found


def read_columns(header: Header) -> list[int]:
    """Columns that are read: of several with the same field the first, of telephones all.

    One that says to be a further one (账号（信用）) only where there is none before it.
    """
    headings = header.headings
    fields = [heading.field for heading in headings]
    seen: set[str] = set()
    places = []
    for at in sorted(range(len(fields)), key=lambda at: headings[at].is_of_another):
        name = fields[at]
        if not name or _NOT_BESIDE.get(name) in fields or name in seen:
            continue
        if name not in REPEATABLE:
            seen.add(name)
        places.append(at)
    return sorted(places)


def _fill(column: CleanedColumn, name: str, cells: list[Cell], clean: Cleaner) -> None:
    remember = _each if name in UNIQUE else _once
    remember(column, cells, clean)
    blank: object = () if column.is_points else None
    for at, _special in column.special:
        column.values[at] = blank


def _each(column: CleanedColumn, cells: list[Cell], clean: Cleaner) -> None:
    """Clean every cell by itself."""
    add, special = column.values.append, column.special
    for at, cell in enumerate(cells):
        try:
            value = clean(cell)
        except InvalidFieldError as error:
            value = error
        if value.__class__ in _SPECIAL:
            special.append((at, value))
        add(value)


def _once(column: CleanedColumn, cells: list[Cell], clean: Cleaner) -> None:
    """Clean each different cell once."""
    known: dict[Cell, object] = {}
    odd: dict[Cell, Special] = {}
    for cell in dict.fromkeys(cells):
        try:
            value = clean(cell)
        except InvalidFieldError as error:
            value = error
        if isinstance(value, _SPECIAL):
            odd[cell] = value
        known[cell] = value
    column.values = [known[cell] for cell in cells]
    if odd:
        column.special = [(at, odd[cell]) for at, cell in enumerate(cells) if cell in odd]
