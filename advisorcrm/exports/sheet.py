"""A prescribed form, filled: blocks of cells with spans and millimetres, known to no renderer.

``exports/workbook.py`` writes a sheet into cells, ``views/paper.py`` paints it. Pages are made
by the renderer: a sheet only says what is repeated on each and what stays together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from advisorcrm.exports.cells import CellValue

PAGE_TEXT = "第 {page} 页 / 共 {pages} 页"


class CellRole(StrEnum):
    """What a cell is for: renderers choose face and alignment by it."""

    LABEL = "label"  # names the value beside it
    VALUE = "value"
    HEADING = "heading"  # head of a table column
    SIGN = "sign"  # somebody signs here: text above, date line below
    NOTE = "note"  # a line of text without rules


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it says and over how many columns of the grid."""

    text: str
    span: int = 1
    role: CellRole = CellRole.VALUE
    align: str = "left"
    value: CellValue = None
    number_format: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, at least ``height`` millimetres high."""

    cells: tuple[Cell, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together, with a heading that is repeated after a page break."""

    rows: Sequence[Row]
    heading: tuple[Row, ...] = ()
    side: str = ""  # title written downwards in the first column of the grid
    is_ruled: bool = True
    stays_whole: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The paper: its size and margins in millimetres."""

    width: float = 210
    height: float = 297
    left: float = 10
    right: float = 10
    top: float = 10
    bottom: float = 12

    @property
    def inner_width(self) -> float:
        """Width between the margins."""
        return self.width - self.left - self.right

    @property
    def is_landscape(self) -> bool:
        """Whether the long side lies down."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class Sheet:
    """One filled form: head, blocks, foot, and the grid of column widths they share."""

    name: str
    title: str
    page: Page
    grid: tuple[float, ...]
    font_pt: float
    blocks: tuple[Block, ...]
    corner_left: str = ""
    corner_right: str = ""
    line: tuple[str, ...] = ()
    foot: str = ""
    page_text: str = PAGE_TEXT
    watermark: str = ""

    def left_edges(self) -> tuple[float, ...]:
        """Where each column of the grid begins, in millimetres from the paper's left side."""
        edges = [self.page.left]
        for width in self.grid:
            edges.append(edges[-1] + width)
        return tuple(edges)
