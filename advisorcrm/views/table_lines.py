"""The formatted lines of a table: each cell is made when it is first looked at, and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from advisorcrm.columns import BoundColumn, CodeBook
from advisorcrm.views.table_cells import PLAIN, Cell, Heading, Look, make_cell

_KEPT = 256
"""Three screens of the largest; a formatted line holds six times what its row does."""


class Cells(dict[int, Cell]):
    """The cells of one line by their column; those of hidden columns are never made."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[int], Cell]) -> None:
        self._make = make

    def __missing__(self, column: int) -> Cell:
        cell = self[column] = self._make(column)
        return cell


Line = Cells | Heading


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
        line = record if isinstance(record, Heading) else Cells(partial(self._cell, record))
        self._made[row] = line
        return line

    def _cell(self, record: Any, column: int) -> Cell:
        bound, look = self.columns[column], self._looks[column]
        return make_cell(record, bound, look, self.book, is_private=self._is_private)


def pick(declared: tuple[BoundColumn, ...], names: Sequence[str]) -> tuple[BoundColumn, ...]:
    """The columns of these names in this order; all of them without names."""
    if not names:
        return declared
    by_name = {bound.name: bound for bound in declared}
    return tuple(by_name[name] for name in names)
