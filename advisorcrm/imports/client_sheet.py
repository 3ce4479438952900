"""What a client list has become: rows of cleaned values, and what was wrong with which cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from advisorcrm.imports.raw_table import Cell
from advisorcrm.imports.sheet_kinds import SheetKind


class CellFault(NamedTuple):
    """One faulty cell, in the sheet's own row number and heading."""

    row: int
    column: str
    reason: str
    sheet: str = ""
    field: str = ""
    """The field whose value was not taken; empty where the whole row is at fault."""
    written: str = ""
    """What stands in the cell: what the client's file holds already is no fault."""


class ClientSheetRow(NamedTuple):
    """One client of a file.

    ``values`` maps fields of the client's file to cleaned values: only fields the sheet has,
    None for a blank cell, a masked cell is missing. Besides the columns of ``client`` there
    are ``points`` (kind and value of each number or address), ``point_notes`` (value to
    remark: 传真), ``advisor``, ``advisor_no`` and
    ``client_group`` as texts. A row with faults is not imported.
    """

    row: int
    values: Mapping[str, Any]
    faults: tuple[CellFault, ...] = ()
    notes: tuple[CellFault, ...] = ()
    cells: Sequence[Cell] = ()
    """The whole row as it stands in the file."""
    sheet: str = ""
    same_as: int = 0
    """The row of the same person into which this one went, 0 for a row of its own."""


class SheetOffer(NamedTuple):
    """A sheet of the file that looks like a client list, and whether its clients are taken."""

    name: str
    is_read: bool
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One heading of the file, the field it feeds (empty: left alone) and a masked sample."""

    heading: str
    field: str
    label: str
    sample: str


@dataclass(frozen=True, slots=True)
class ClientSheet:
    """A client list as it was understood."""

    file_name: str
    columns: list[MappedColumn]
    rows: list[ClientSheetRow]
    sheet_names: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""
    layouts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sheet (empty if there is one list only) to its headings, column by column, as they have
    to stand in a file of rejected rows to be understood again."""

    kind: SheetKind = SheetKind.CLIENT_LIST
    """As what the file was recognised."""

    left_out: tuple[str, ...] = ()
    """Sheets of which nothing was read: hidden ones beside a visible list, and other tables."""

    offers: tuple[SheetOffer, ...] = ()
    """The sheets among which a person may choose."""

    @property
    def ignored(self) -> list[str]:
        """Headings of the file that the import leaves alone."""
        return [column.heading for column in self.columns if not column.field]
