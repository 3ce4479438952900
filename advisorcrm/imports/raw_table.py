"""A table as it lies in a foreign file: typed cells and the sheet's own row numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

Cell = str | int | float | bool | date | datetime | time | None
"""One cell; an empty one is ``""`` or None."""


UNCOMPUTED = "（公式没有结果）"
"""Stands in a cell whose formula was never computed: the file holds no value."""
SHEET_ERRORS = frozenset(
    {"#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#N/A"}
)
"""What a spreadsheet shows instead of a value."""
NOT_FOUND = "#N/A"
"""Of these the one that says that there is nothing: a look-up found none."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that could not be read whole; what could be read of it stands in the table."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range, counted in rows and columns of the table from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class RawTable:
    """One sheet of a workbook, or a whole text file."""

    sheet_name: str
    rows: Sequence[Sequence[Cell]]
    first_row_number: int = 1
    merged: tuple[Span, ...] = ()
    is_hidden: bool = False
    is_cards: bool = False
    """Every row below the head is the card of one contact, also an empty one."""
    encoding: str = ""
    separator: str = ""
    faults: tuple[RowFault, ...] = ()
    zero_widths: Mapping[int, int] = field(default_factory=dict)
    """Column to the width to which the sheet pads its numbers with zeros."""
    is_from_1904: bool = False
    """Bare numbers that mean days are counted from 1904, not from 1900."""

    def row_number(self, at: int) -> int:
        """The number under which the sheet shows the row at a place of ``rows``."""
        return self.first_row_number + at


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What one file may cost before it is refused."""

    memory_bytes: int = 2 << 30
    seconds: float = 60.0
    seconds_per_megabyte: float = 2.0
    file_bytes: int = 500 << 20
    card_bytes: int = 100 << 20
    expanded_bytes: int = 1 << 30
    suspicious_bytes: int = 32 << 20  # below this no ratio is a bomb
    expansion_ratio: int = 100
    parts: int = 5_000
    rows: int = 1_048_576
    columns: int = 4_096
    sheets: int = 64
