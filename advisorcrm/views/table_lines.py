"""The formatted lines of a table: each is made when it is first looked at and kept for a while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from advisorcrm.columns import BoundColumn, CodeBook
from advisorcrm.views.table_cells import PLAIN, Cell, Heading, Look, make_cell

_KEPT = 256
"""Three screens of the largest; a formatted line holds six times what its row does."""
Line = tuple[Cell, ...] | Heading


class Lines:
    """Columns, their looks and the code lists; whatever changes one of them forgets all lines."""

    def __init__(
        self, columns: tuple[BoundColumn, ...], looks: Mapping[str, Look], book: CodeBook
    ) -> None:
        self.columns = columns
        self.book = book
        self._looks = [looks.get(bound.name, PLAIN) for bound in columns]
        self._is_private = False
        self._made: dict[int, Line] = {}

    def set_columns(self, columns: tuple[BoundColumn, ...], looks: Mapping[str, Look]) -> None:
        """Have other columns; those that stay and are not among ``looks`` are drawn as before."""
        before = {bound.name: look for bound, look in zip(self.columns, self._looks, strict=True)}
        self.columns = columns
        self.set_looks({**before, **looks})

    def set_looks(self, looks: Mapping[str, Look]) -> None:
        """Draw columns in another way."""
        self._looks = [looks.get(bound.name, PLAIN) for bound in self.columns]
        self.forget()

    def set_book(self, book: CodeBook) -> None:
        """Use other code lists."""
        self.book = book
        self.forget()

    def set_private(self, *, is_private: bool) -> None:
        """Mask names too, or no longer."""
        self._is_private = is_private
        self.forget()

    def forget(self) -> None:
        """Format every line anew."""
        self._made.clear()

    def made(self, row: int) -> Line | None:
        """A line that is formatted already."""
        return self._made.get(row)

    def make(self, row: int, record: Any) -> Line:
        """Format a line and keep it, instead of the one kept longest where there are many."""
        if len(self._made) >= _KEPT:
            del self._made[next(iter(self._made))]
        line = record if isinstance(record, Heading) else self._cells(record)
        self._made[row] = line
        return line

    def _cells(self, record: Any) -> tuple[Cell, ...]:
        return tuple(
            make_cell(record, bound, look, self.book, is_private=self._is_private)
            for bound, look in zip(self.columns, self._looks, strict=True)
        )


def pick(declared: tuple[BoundColumn, ...], names: Sequence[str]) -> tuple[BoundColumn, ...]:
    """The columns of these names in this order; all of them without names."""
    if not names:
        return declared
    by_name = {bound.name: bound for bound in declared}
    return tuple(by_name[name] for name in names)
