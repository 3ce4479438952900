"""Text tables: comma, tab, semicolon; quoted cells, ``="0123"`` wrappers, quotes left open.

Rows are counted as a spreadsheet counts them: a cell of several lines is one row. A quote that
is never closed costs its own row, not the rest of the file.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from advisorcrm.i18n import N_, _
from advisorcrm.imports.padded import padded_rows
from advisorcrm.imports.raw_table import Cell, RawTable, RowFault
from advisorcrm.imports.text_encoding import DecodedText, line_end

SEPARATORS = {",": N_("逗号"), "\t": N_("制表符"), ";": N_("分号"), "|": N_("竖线"),
              "，": N_("全角逗号")}  # fmt: skip
_LOOKED_AT = 60
_LONGEST_CELL_LINES = 300
_LONGEST_FIELD = 2**31 - 1
_WRAPPED = re.compile(r'="([^"]*)"')
_SEPARATOR_LINE = re.compile(r"sep=(.)", re.IGNORECASE)


class _OpenQuoteError(Exception):
    """A quote was opened and the line ends before it is closed."""


def read_delimited(decoded: DecodedText, sheet_name: str) -> RawTable:
    """The one table of a text file."""
    csv.field_size_limit(_LONGEST_FIELD)
    lines = _lines(decoded.text)
    told = _SEPARATOR_LINE.fullmatch(_without_return(lines[0])) if lines else None
    separator = told[1] if told else _guess_separator(lines)
    padded = None if told else _padded(lines, separator)
    if padded is not None:
        return RawTable(sheet_name, padded, encoding=decoded.encoding)
    reader = _LineReader(lines[1:] if told else lines, separator, 2 if told else 1)
    reader.read(decoded.broken_lines)
    return RawTable(
        sheet_name,
        reader.rows,
        first_row_number=2 if told else 1,
        encoding=decoded.encoding,
        separator=separator,
        faults=tuple(reader.faults),
    )


def _lines(text: str) -> list[str]:
    """Lines without their ends; a lone CR is content unless it is what ends the lines."""
    lines = text.split(line_end(text))
    if lines and not lines[-1]:
        lines.pop()
    return lines


def _without_return(line: str) -> str:
    return line.removesuffix("\r")


def _guess_separator(lines: Sequence[str]) -> str:
    """The one that cuts most lines into equally many cells."""
    sample = [line.rstrip("\r") for line in lines[: _LOOKED_AT * 2] if line.strip()][:_LOOKED_AT]
    best, most = ",", 0
    for separator in SEPARATORS:
        widths = Counter(_width(line, separator) for line in sample)
        width, count = max(
            ((width, count) for width, count in widths.items() if width > 1),
            key=lambda found: found[1] * (found[0] - 1),
            default=(1, 0),
        )
        if count * (width - 1) > most:
            best, most = separator, count * (width - 1)
    return best


def _padded(lines: Sequence[str], separator: str) -> list[list[str]] | None:
    """The rows of a text that knows no separator."""
    if any(separator in line for line in lines[:_LOOKED_AT]):
        return None
    return padded_rows([_without_return(line) for line in lines])


def _width(line: str, separator: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=separator), []))
    except csv.Error:
        return line.count(separator) + 1


class _LineReader:
    """Goes through the lines once and knows what was open at which row."""

    def __init__(self, lines: Sequence[str], separator: str, first_row: int) -> None:
        self._lines = lines
        self._separator = separator
        self._first_row = first_row
        self._width = 0
        self.rows: list[Sequence[Cell]] = []
        self.faults: list[RowFault] = []

    def read(self, broken_lines: frozenset[int]) -> None:
        """Fill ``rows`` and ``faults``."""
        lines = self._lines
        at = 0
        while at < len(lines):
            first = len(self.rows)
            if '"' in lines[at]:
                used = self._read_quoted(at)
            else:
                self.rows.extend(self._plain_rows(_without_return(lines[at])))
                used = 1
            self._width = max(self._width, len(self.rows[-1]))
            if broken_lines and any(at + 1 <= line <= at + used for line in broken_lines):
                for place in range(first, len(self.rows)):
                    self._fault(_("这一行有缺损的字符，可能被截断，请核对原文件。"), place)
            at += used

    def _plain_rows(self, line: str) -> list[list[Cell]]:
        """A line without quotes; several rows where a lone CR parts whole ones."""
        parts = line.split("\r")
        rows: list[list[Cell]] = [list(part.split(self._separator)) for part in parts]
        if len(rows) > 1 and (self._width < 2 or {*map(len, rows)} != {self._width}):
            return [list(line.split(self._separator))]
        return rows

    def _fault(self, reason: str, place: int) -> None:
        self.faults.append(RowFault(self._first_row + place, reason))

    def _read_quoted(self, at: int) -> int:
        """One row that holds quotes; returns how many lines it took."""
        used = 1
        try:
            cells = self._parse(self._lines[at : at + 1])
        except _OpenQuoteError:
            used = self._closing_line(at)
            if not used:
                self._keep_literally(at)
                return 1
            cells = self._parse(self._lines[at : at + used])
        except csv.Error:
            self.rows.append(_literal(_without_return(self._lines[at]), self._separator))
            return 1
        self.rows.append([_unwrapped(cell) if cell.startswith('="') else cell for cell in cells])
        return used

    def _parse(self, lines: Sequence[str]) -> list[str]:
        """The cells of one row. Raises _OpenQuoteError, csv.Error for quotes against the rule."""
        ended = [*(f"{line}\n" for line in lines[:-1]), _without_return(lines[-1]) + "\n"]
        try:
            found = list(csv.reader(ended, delimiter=self._separator, strict=True))
        except csv.Error as error:
            if "end of data" in str(error):
                raise _OpenQuoteError from error
            raise
        if len(found) != 1:
            raise csv.Error("several rows")
        return found[0]

    def _closing_line(self, at: int) -> int:
        """How many lines a cell of several lines takes; 0 if its quote is a stray one."""
        last = min(len(self._lines), at + _LONGEST_CELL_LINES)
        for end in range(at + 1, last):
            if '"' not in self._lines[end]:
                continue
            try:
                self._parse(self._lines[at : end + 1])
            except _OpenQuoteError:
                continue
            except csv.Error:
                return 0
            return 0 if self._swallows(self._lines[at : end + 1]) else end + 1 - at
        return 0

    def _swallows(self, lines: Sequence[str]) -> bool:
        """Whether every line would be a whole row by itself: then the quote is the mistake."""
        widths = {line.count(self._separator) + 1 for line in lines}
        return self._width > 2 and widths == {self._width}

    def _keep_literally(self, at: int) -> None:
        self.rows.append(_literal(_without_return(self._lines[at]), self._separator))
        self._fault(
            _("文件第 {line} 行的引号没有收尾，这一行没有导入，后面的行不受影响。").format(
                line=at + self._first_row
            ),
            len(self.rows) - 1,
        )


def _literal(line: str, separator: str) -> list[Cell]:
    """Cells of a line whose quotes follow no rule: parted at separators, quotes kept inside."""
    cells: list[Cell] = []
    for cell in line.split(separator):
        is_quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
        cells.append(_unwrapped(cell[1:-1] if is_quoted else cell))
    return cells


def _unwrapped(cell: str) -> str:
    found = _WRAPPED.fullmatch(cell)
    return found[1] if found else cell
