"""From a filled sheet to pages: where each row stands, what is repeated, what stays whole.

Pages are planned by the heights of rows first and their cells made when a page is looked at,
so that a list of any length costs a few numbers per row. Rows are never split unless one is
higher than a page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from advisorcrm.exports.progress import Progress, unheard
from advisorcrm.exports.sheet import Block, Cell, CellRole, Row, Sheet
from advisorcrm.views.paper_text import MM_PER_POINT, FittedText, TextMeasure

TOP_PADDING = 0.6
CORNER_HEIGHT = 5.0
TITLE_HEIGHT = 10.0
TITLE_POINTS = 16.0
_GAP = 1.0
_CORNER_SHARE = 0.6
_FOOT_SHARE = 0.8
_SIDE_PADDING_EMS = 0.28
_SMALLER = 0.5  # points less for what stands at the edges
_BETWEEN_PARTS = "　　"
_CONTINUED = "（续）"  # chinese: data


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell where it is painted, in millimetres from the paper's corner."""

    left: float
    top: float
    width: float
    height: float
    text: FittedText
    role: CellRole
    align: str = "left"
    bold: bool = False
    is_ruled: bool = True
    foot: FittedText | None = None
    padding: float = 0.0


@dataclass(frozen=True, slots=True)
class _Heads:
    """The texts of head and foot, fitted."""

    left: FittedText
    right: FittedText
    title: FittedText
    line: FittedText
    foot: FittedText


@dataclass(slots=True)
class _PlacedRow:
    """A row (or some lines of one) on a page."""

    block: int
    row: int  # below zero: a row of the heading, counted from its end
    top: float
    height: float
    first_line: int = 0
    last_line: int | None = None


@dataclass(slots=True)
class _PlannedPage:
    rows: list[_PlacedRow] = field(default_factory=list)


class Pages:
    """A sheet laid out on paper."""

    def __init__(self, sheet: Sheet, progress: Progress = unheard) -> None:
        self.sheet = sheet
        self._progress = progress
        self.padding = sheet.font_pt * MM_PER_POINT * _SIDE_PADDING_EMS
        self._measure = TextMeasure()
        self._edges = sheet.left_edges()
        self._heads = self._fit_heads()
        self.body_top = sheet.page.top + sum(self._head_heights()) + _GAP
        self.body_bottom = sheet.page.height - sheet.page.bottom - self._heads.foot.height - _GAP
        self._planned = self._plan()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._planned)

    def rows_on(self, page: int) -> int:
        """How many rows of blocks, headings left out, stand on a page."""
        return sum(1 for placed in self._planned[page].rows if placed.row >= 0)

    def cells(self, page: int) -> list[PlacedCell]:
        """Everything on one page, counted from 0."""
        return [*self._head(page), *self._body(page), *self._foot(page)]

    # Planning

    def _plan(self) -> list[_PlannedPage]:
        planner = _Planner(self)
        for index, block in enumerate(self.sheet.blocks):
            planner.add(index, block)
        return planner.pages

    def tell(self, done: int, total: int) -> None:
        """So many rows of a block are placed."""
        self._progress(done, total)

    def row_height(self, row: Row, side: bool) -> float:
        """Millimetres of a row: as declared, or what its tallest text takes."""
        tallest = 0.0
        for cell, _left, width in self._across(row, side):
            text = self._fit(cell, width).height
            if cell.role is CellRole.SIGN:
                text += self._fit_foot(cell, width).height
            tallest = max(tallest, text)
        return max(row.height, tallest + 2 * TOP_PADDING)

    def lines_of(self, row: Row, side: bool) -> tuple[int, float]:
        """Lines of the longest text of a row, and how high one is."""
        texts = [self._fit(cell, width) for cell, _left, width in self._across(row, side)]
        longest = max(texts, key=lambda text: len(text.lines))
        return len(longest.lines), longest.line_height

    # Making cells

    def _fit_heads(self) -> _Heads:
        """What stands on every page, fitted once: it decides how much is left for the body."""
        sheet, width = self.sheet, self.sheet.page.inner_width
        small = sheet.font_pt - _SMALLER
        return _Heads(
            left=self._measure.fit(sheet.corner_left, width * _CORNER_SHARE, small),
            right=self._measure.fit(sheet.corner_right, width * (1 - _CORNER_SHARE), small),
            title=self._measure.fit(sheet.title + _CONTINUED, width, TITLE_POINTS, bold=True),
            line=self._measure.fit(_BETWEEN_PARTS.join(sheet.line), width, sheet.font_pt),
            foot=self._measure.fit(sheet.foot, width * _FOOT_SHARE, small),
        )

    def _head_heights(self) -> tuple[float, float, float]:
        heads = self._heads
        return (
            max(CORNER_HEIGHT, heads.left.height, heads.right.height),
            max(TITLE_HEIGHT, heads.title.height),
            heads.line.height,
        )

    def _head(self, page: int) -> Iterator[PlacedCell]:
        heads = self._heads
        left, top, width = self.sheet.page.left, self.sheet.page.top, self.sheet.page.inner_width
        corner, title, line = self._head_heights()
        edge = width * _CORNER_SHARE
        yield _note(heads.left, left, top, edge, corner)
        yield _note(heads.right, left + edge, top, width - edge, corner, "right")
        shown = heads.title
        if not page:
            shown = self._measure.fit(self.sheet.title, width, TITLE_POINTS, bold=True)
        top += corner
        yield _note(shown, left, top, width, title, "centre", bold=True)
        yield _note(heads.line, left, top + title, width, line)

    def _foot(self, page: int) -> Iterator[PlacedCell]:
        sheet, foot = self.sheet, self._heads.foot
        left, width = sheet.page.left, sheet.page.inner_width
        top = self.body_bottom + 2 * _GAP
        edge = width * _FOOT_SHARE
        small = sheet.font_pt - _SMALLER
        number = sheet.page_text.format(page=page + 1, pages=self.count)
        yield _note(foot, left, top, edge, foot.height)
        fitted = self._measure.fit(number, width - edge, small)
        yield _note(fitted, left + edge, top, width - edge, foot.height, "right")

    def _body(self, page: int) -> Iterator[PlacedCell]:
        placed = self._planned[page].rows
        for row in placed:
            yield from self._row(row)
        for index, block in enumerate(self.sheet.blocks):
            own = [row for row in placed if row.block == index]
            if block.side and own:
                yield self._side(block, own)

    def _side(self, block: Block, rows: list[_PlacedRow]) -> PlacedCell:
        top = rows[0].top
        height = rows[-1].top + rows[-1].height - top
        text = self._measure.stacked(block.side, height - 2 * TOP_PADDING, self.sheet.font_pt)
        return PlacedCell(
            self._edges[0], top, self.sheet.grid[0], height, text, CellRole.LABEL, "centre"
        )

    def _row(self, placed: _PlacedRow) -> Iterator[PlacedCell]:
        block = self.sheet.blocks[placed.block]
        row = block.rows[placed.row] if placed.row >= 0 else block.heading[placed.row]
        for cell, left, width in self._across(row, bool(block.side)):
            text = self._fit(cell, width)
            if placed.last_line is not None or placed.first_line:
                text = text.part(placed.first_line, placed.last_line or len(text.lines))
            yield PlacedCell(
                left,
                placed.top,
                width,
                placed.height,
                text,
                cell.role,
                cell.align,
                bold=cell.role is CellRole.HEADING,
                is_ruled=block.is_ruled,
                foot=self._fit_foot(cell, width) if cell.foot else None,
                padding=0 if cell.role is CellRole.NOTE else self.padding,
            )

    def _across(self, row: Row, side: bool) -> Iterator[tuple[Cell, float, float]]:
        """Each cell with its left edge and width."""
        column = int(side)
        for cell in row.cells:
            left = self._edges[column]
            column += cell.span
            yield cell, left, self._edges[column] - left

    def _fit(self, cell: Cell, width: float) -> FittedText:
        bold = cell.role is CellRole.HEADING
        padding = 0 if cell.role is CellRole.NOTE else 2 * self.padding
        return self._measure.fit(cell.text, width - padding, self.sheet.font_pt, bold=bold)

    def _fit_foot(self, cell: Cell, width: float) -> FittedText:
        return self._measure.fit(cell.foot, width - 2 * self.padding, self.sheet.font_pt)


class PageStack:
    """Sheets one after the other, each with head, foot and page numbers of its own."""

    def __init__(self, sheets: Sequence[Sheet], progress: Progress = unheard) -> None:
        self._parts = []
        for done, sheet in enumerate(sheets):
            if len(sheets) == 1:
                self._parts.append(Pages(sheet, progress))
            else:
                progress(done, len(sheets))
                self._parts.append(Pages(sheet))
        self._ends = list(accumulate(part.count for part in self._parts))

    @property
    def count(self) -> int:
        """How many pages there are in all."""
        return self._ends[-1]

    @property
    def title(self) -> str:
        """What the stack is called: the title of its first sheet, or its name where none is set."""
        sheet = self._parts[0].sheet
        return sheet.title or sheet.name

    def at(self, page: int) -> tuple[Pages, int]:
        """The sheet's pages and which of them is the stack's page (both counted from 0)."""
        place = bisect_right(self._ends, page)
        before = self._ends[place - 1] if place else 0
        return self._parts[place], page - before

    def sheet_of(self, page: int) -> Sheet:
        """The sheet that a page belongs to."""
        return self.at(page)[0].sheet


def _note(  # noqa: PLR0913 - a rectangle and its text
    text: FittedText, left: float, top: float, width: float, height: float, align: str = "left",
    *, bold: bool = False,
) -> PlacedCell:  # fmt: skip
    """A line of text without rules."""
    return PlacedCell(
        left, top, width, height, text, CellRole.NOTE, align, bold=bold, is_ruled=False
    )


class _Planner:
    """Fills pages from the top, block by block."""

    def __init__(self, pages: Pages) -> None:
        self._of = pages
        self.pages = [_PlannedPage()]
        self._top = pages.body_top
        self._full = pages.body_bottom - pages.body_top

    def add(self, index: int, block: Block) -> None:
        """Place a block; it begins on a new page when it must stay whole and does not fit."""
        side = bool(block.side)
        heading = [self._of.row_height(row, side) for row in block.heading]
        if block.stays_whole:
            whole = sum(heading) + sum(self._of.row_height(row, side) for row in block.rows)
            if self._room() < whole <= self._full:
                self._turn_with_last_row()
        is_new = True
        for number, row in enumerate(block.rows):
            self._of.tell(number, len(block.rows))
            height = self._of.row_height(row, side)
            needed = height + (sum(heading) if is_new else 0)
            if needed > self._room() and self._top > self._of.body_top:
                self._turn()
                is_new = True
            if is_new:
                self._place_heading(index, heading)
                is_new = False
            if height <= self._room():
                self._place(_PlacedRow(index, number, self._top, height))
            else:
                self._split(index, number, row, heading, side)

    def _split(self, index: int, number: int, row: Row, heading: list[float], side: bool) -> None:
        """A row higher than a page: its lines go on under the repeated heading."""
        lines, line_height = self._of.lines_of(row, side)
        first = 0
        while first < lines:
            if first:
                self._turn()
                self._place_heading(index, heading)
            count = max(1, int((self._room() - 2 * TOP_PADDING) / line_height))
            last = min(lines, first + count)
            height = (last - first) * line_height + 2 * TOP_PADDING
            self._place(_PlacedRow(index, number, self._top, height, first, last))
            first = last

    def _place_heading(self, index: int, heading: list[float]) -> None:
        for place, height in enumerate(heading, start=-len(heading)):
            self._place(_PlacedRow(index, place, self._top, height))

    def _place(self, row: _PlacedRow) -> None:
        self.pages[-1].rows.append(row)
        self._top += row.height

    def _room(self) -> float:
        return self._of.body_bottom - self._top

    def _turn_with_last_row(self) -> None:
        """Nobody signs a page with nothing on it: the last row of the table comes along."""
        rows = self.pages[-1].rows
        last = rows[-1]
        block = self._of.sheet.blocks[last.block]
        heading = [self._of.row_height(row, bool(block.side)) for row in block.heading]
        can_move = heading and last.row > 0 and not last.first_line and last.last_line is None
        fits = last.height + sum(heading) < self._full / 2
        if can_move and fits and len(rows) > 1 and rows[-2].row >= 0:
            rows.pop()
            self._turn()
            self._place_heading(last.block, heading)
            self._place(_PlacedRow(last.block, last.row, self._top, last.height))
        else:
            self._turn()

    def _turn(self) -> None:
        self.pages.append(_PlannedPage())
        self._top = self._of.body_top
