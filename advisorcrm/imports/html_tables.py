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
    """The outermost tables of a page, in their order."""
    parser = _TableParser(limits)
    parser.feed(decoded.text)
    parser.close()
    return [
        RawTable(f"table{number}", grid.rows(), encoding=decoded.encoding)
        for number, grid in enumerate(parser.grids, 1)
    ]


@dataclass
class _Grid:
    """Cells by place, since rows and columns may be spanned."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    row: int = -1
    column: int = 0

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
    def __init__(self, limits: ReadingLimits) -> None:
        super().__init__(convert_charrefs=True)
        self._limits = limits
        self.grids: list[_Grid] = []
        self._depth = 0
        self._hidden = 0
        self._text: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.grids.append(_Grid())
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.grids[-1].row += 1
            self.grids[-1].column = 0
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            self._start_cell(dict(attrs))
        elif tag in ("br", "p", "div") and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif self._depth == 1 and tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table":
            self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._hidden:
            self._text.append(data)

    def _start_cell(self, attributes: dict[str, str | None]) -> None:
        self._text = []
        self._span = (_span(attributes.get("rowspan")), _span(attributes.get("colspan")))
        if self.grids[-1].row < 0:  # a page that forgot its <tr>
            self.grids[-1].row = 0

    def _end_cell(self) -> None:
        if self._text is None:
            return
        lines = "".join(self._text).replace("\xa0", " ").split("\n")
        text = "\n".join(" ".join(line.split()) for line in lines).strip()
        self._text = None
        if len(self.grids[-1].cells) < self._limits.rows * 20:
            self.grids[-1].put(text, *self._span)


def _span(text: str | None) -> int:
    number = int(text) if text and text.strip().isdecimal() else 1
    return min(max(number, 1), _MOST_SPAN)
