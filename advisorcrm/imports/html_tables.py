"""HTML tables that are named .xls: what many counters and web pages export."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from advisorcrm.imports.raw_table import Cell, RawTable, ReadingLimits
from advisorcrm.imports.text_encoding import DecodedText, decode_text

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_HIDDEN = frozenset({"script", "style", "title"})
_MOST_SPAN = 1_000
_DEEPEST = 20


def decode_html(data: bytes) -> DecodedText:
    """The text of a page, by its own declaration if that holds, else as any text file."""
    declared = _CHARSET.search(data[:4096])
    if declared is not None and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = declared[1].decode("ascii").lower()
        encoding = "gb18030" if encoding in ("gb2312", "gbk", "gb_2312-80") else encoding
        try:
            return DecodedText(data.decode(encoding), encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode_text(data)


def read_html(decoded: DecodedText, limits: ReadingLimits) -> list[RawTable]:
    """The tables of a page, in their order; a small one inside a cell is only its text."""
    parser = _TableParser(limits)
    parser.feed(decoded.text)
    parser.close()
    grids = [grid for grid in parser.grids if grid.is_outermost or grid.is_list]
    return [
        RawTable(f"table{number}", grid.rows(), encoding=decoded.encoding)
        for number, grid in enumerate(grids, 1)
    ]


@dataclass
class _Grid:
    """Cells by place, since rows and columns may be spanned."""

    is_outermost: bool = True
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    row: int = -1
    column: int = 0
    text: list[str] | None = None
    """What the open cell holds so far."""
    span: tuple[int, int] = (1, 1)

    @property
    def is_list(self) -> bool:
        """Whether it may hold a list, not only the layout of one cell."""
        return self.row > 0 and any(column for _row, column in self.cells)

    def start_cell(self, attributes: dict[str, str | None]) -> None:
        """Open a cell."""
        self.text = []
        self.span = (_span(attributes.get("rowspan")), _span(attributes.get("colspan")))
        self.row = max(self.row, 0)  # a page that forgot its <tr>

    def end_cell(self, most: int) -> None:
        """Close the open cell, if there is one."""
        if self.text is None:
            return
        lines = "".join(self.text).replace("\xa0", " ").split("\n")
        text = "\n".join(" ".join(line.split()) for line in lines).strip()
        self.text = None
        if len(self.cells) < most:
            self.put(text, *self.span)

    def put(self, text: str, rows: int, columns: int) -> None:
        while (self.row, self.column) in self.cells:
            self.column += 1
        for down in range(rows):
            for right in range(columns):
                self.cells[self.row + down, self.column + right] = text
        self.column += columns

    def rows(self) -> list[list[Cell]]:
        if not self.cells:
            return []
        width = max(column for _row, column in self.cells) + 1
        grid: list[list[Cell]] = [[""] * width for _number in range(self.row + 1)]
        for (row, column), text in self.cells.items():
            if row <= self.row:
                grid[row][column] = text
        return grid


class _TableParser(HTMLParser):
    """Pages lay their tables inside others, so each open one is filled by itself."""

    def __init__(self, limits: ReadingLimits) -> None:
        super().__init__(convert_charrefs=True)
        self._most = limits.rows * 20
        self.grids: list[_Grid] = []
        self._open: list[_Grid] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "table":
            self._start_table()
        elif self._open and tag == "tr":
            self._end_cell()
            self._open[-1].row += 1
            self._open[-1].column = 0
        elif self._open and tag in ("td", "th"):
            self._end_cell()
            self._open[-1].start_cell(dict(attrs))
        elif tag in ("br", "p", "div"):
            self._break_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif self._open and tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for grid in () if self._hidden else self._open:
            if grid.text is not None:
                grid.text.append(data)

    def close(self) -> None:
        """The end of the page ends whatever is open."""
        super().close()
        while self._open:
            self._end_cell()
            self._open.pop()

    def _start_table(self) -> None:
        if len(self._open) == _DEEPEST:  # tables that are never closed
            self._end_cell()
            self._open.pop()
        grid = _Grid(is_outermost=not self._open)
        self._open.append(grid)
        self.grids.append(grid)

    def _break_line(self) -> None:
        for grid in self._open:
            if grid.text:
                grid.text.append("\n")

    def _end_cell(self) -> None:
        self._open[-1].end_cell(self._most)
        for outer in self._open[:-1]:
            if outer.text:
                outer.text.append(" ")


def _span(text: str | None) -> int:
    number = int(text) if text and text.strip().isdecimal() else 1
    return min(max(number, 1), _MOST_SPAN)
