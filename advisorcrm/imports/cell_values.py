"""What a cleaner gives back, and what it needs to know besides the cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _
from advisorcrm.imports.headings import Heading
from advisorcrm.imports.raw_table import Cell

Cleaner = Callable[[Cell], object]

EXACT_DIGITS = 10**15
"""From here on a number cell no longer holds every digit that was typed."""


class Mark(Enum):
    """Values that are none."""

    UNCHANGED = "unchanged"  # the cell is masked


UNCHANGED = Mark.UNCHANGED


@dataclass(frozen=True, slots=True)
class Values:
    """What one cell says about several fields at once."""

    fields: tuple[tuple[str, object], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ColumnContext:
    """What a cleaner needs to know besides the cell."""

    heading: Heading
    book: CodeBook
    today: date | None
    money_unit: int = 1
    zero_width: int = 0
    """Numbers of the column are shown padded with zeros to this width."""
    is_from_1904: bool = False
    """Bare numbers that mean days are counted from 1904."""
    is_contacts: bool = False
    """The file is an address book: what is odd in it is noted and costs nobody."""

    def under(self, heading: Heading, zero_width: int) -> ColumnContext:
        """The same for a column of this heading."""
        return replace(self, heading=heading, zero_width=zero_width)


def text_of(cell: Cell) -> str:
    """A cell as text: whole numbers without ``.0``, dates as written in forms."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("是") if cell else _("否")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT_DIGITS:
        return str(int(cell))
    if isinstance(cell, datetime):
        is_midnight = cell.time() == datetime.min.time()
        return cell.date().isoformat() if is_midnight else cell.strftime("%Y-%m-%d %H:%M")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
