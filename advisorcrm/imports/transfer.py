"""How rows travel from the parsing process to the program: whole columns, which is cheap.

A column of texts is one text, a column of numbers one array; only mixed columns are pickled.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Sequence
from datetime import date
from typing import Any

from advisorcrm.imports.raw_table import Cell

ROWS_PER_BLOCK = 4_096
_PARTING = "\0"
Packed = tuple[str, bytes]


def pack_rows(rows: Sequence[Sequence[Cell]]) -> list[Packed]:
    """The columns of a block of rows, all equally long."""
    return [_pack(column) for column in zip(*rows, strict=True)]


def unpack_rows(columns: list[Packed]) -> list[Sequence[Cell]]:
    """The rows of a block again."""
    return list(zip(*(_unpack(kind, data) for kind, data in columns), strict=True))


def _pack(column: tuple[Cell, ...]) -> Packed:
    try:
        text = _PARTING.join(column)  # type: ignore[arg-type] # a TypeError tells the others
    except TypeError:
        return _pack_typed(column)
    if text.count(_PARTING) != len(column) - 1:
        return "mixed", pickle.dumps(column, 5)
    return "text", text.encode("utf-8", "surrogatepass")


def _pack_typed(column: Sequence[Any]) -> Packed:
    kinds = set(map(type, column))
    if kinds == {float}:
        return "number", array("d", column).tobytes()
    if kinds == {date}:
        return "date", array("q", map(date.toordinal, column)).tobytes()
    if kinds in ({float, str}, {date, str}) and set(filter(_is_text, column)) == {""}:
        if float in kinds:
            numbers = (float("nan") if cell == "" else cell for cell in column)
            return "number", array("d", numbers).tobytes()
        days = (0 if cell == "" else cell.toordinal() for cell in column)
        return "date", array("q", days).tobytes()
    return "mixed", pickle.dumps(column, 5)


def _is_text(cell: object) -> bool:
    return isinstance(cell, str)


def _unpack(kind: str, data: bytes) -> Sequence[Cell]:
    if kind == "text":
        return data.decode("utf-8", "surrogatepass").split(_PARTING)
    if kind == "number":
        numbers = array("d", data).tolist()
        return [number if number == number else "" for number in numbers]
    if kind == "date":
        days = array("q", data)
        return [date.fromordinal(day) if day else "" for day in days]
    column: Sequence[Cell] = pickle.loads(data)  # noqa: S301 - from our own child process
    return column
