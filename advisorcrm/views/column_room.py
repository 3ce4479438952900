"""A table's spare room goes to the columns whose texts would be cut, not to the empty last one.

Where all together are somewhat too wide, those that are emptier than declared give way first;
where all texts have their room and more is left, every column is somewhat looser.

The declared widths stay what a column has at least and what is remembered; the room is given
anew whenever the list or the window changes, and never to a column that was dragged.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from advisorcrm.views import theme
from advisorcrm.views.cell_widths import CellWidths, declared_width, heading_width
from advisorcrm.views.row_places import RowPlaces
from advisorcrm.views.table_cells import Heading
from advisorcrm.views.table_lines import Cells
from advisorcrm.views.tables import RecordTableModel

_CUT = 90
"""What the last column keeps where its text is cut."""
_AIR = 3
"""Which part of its width a column may be looser than its texts."""
_PAUSE_MS = 200


class ColumnRoom(QObject):
    """Widens the columns of one table whose last column takes what is left."""

    def __init__(self, table: QTableView, model: RecordTableModel, places: RowPlaces) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._places = places
        self._header = table.horizontalHeader()
        self._given: dict[int, int] = {}
        self._needs: dict[int, int] = {}
        self._dragged: set[int] = set()
        self._is_due = True
        self._is_giving = False
        self._closed_up = (-1, 0)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.give)
        self._header.sectionResized.connect(self._note_drag)
        model.modelReset.connect(self._begin)
        model.dataChanged.connect(self._continue)

    def give(self) -> None:
        """Measure the lines in view and share the spare room out."""
        if self._is_giving or not self._table.isVisible():
            return
        shown = self._shown()
        if not shown or not self._header.stretchLastSection():
            return
        self._measure(shown)
        others, last = shown[:-1], shown[-1]
        wanted = self._least(last)
        least = min(wanted, self._declared(last))  # a long text there may be cut
        self._let_close_up(last, least)
        own = {at: self._header.sectionSize(at) - self._given.get(at, 0) for at in others}
        room = self._table.viewport().width() - self._lead_width() - sum(own.values())
        free = {at: wide for at, wide in own.items() if at not in self._dragged}
        if room >= least:
            self._widen(free, last, room, (least, wanted))
        else:
            self._narrow(free, least - room, last, least)

    def give_soon(self) -> None:
        """Columns come and go, several at a time: give when all have."""
        self._soon.start(0)

    def take_back(self) -> None:
        """Every column as wide as it was declared or dragged: what is worth remembering."""
        self._apply({})

    def forget(self) -> None:
        """The letters have another size: what was measured is worth nothing."""
        self._needs.clear()
        self._is_due = True

    def _widen(self, free: dict[int, int], last: int, room: int, asked: tuple[int, int]) -> None:
        """There is room: to those whose texts would be cut; the last one asks for so much."""
        least, wanted = asked
        lacks = {at: self._needs.get(at, 0) - wide for at, wide in free.items()}
        lacks[last] = wanted - least
        slack = {at: wide - self._least(at) for at, wide in free.items()}
        shares = balance(lacks, slack, room - least, last)
        wide = {at: own + shares.get(at, 0) for at, own in free.items()}
        airy = spread(wide, room - max(wanted, least) - sum(shares.values()))
        self._apply({at: shares.get(at, 0) + more for at, more in airy.items()})

    def _narrow(self, free: dict[int, int], missing: int, last: int, least: int) -> None:
        """Room is missing: emptier columns give theirs, then the last one some of its own."""
        empty = {at: wide - self._least(at) for at, wide in free.items()}
        theirs = sum(max(wide, 0) for wide in empty.values())
        if theirs > missing:  # what they have beside it goes to texts that would be cut
            lacks = {at: self._needs.get(at, 0) - wide for at, wide in free.items()}
            cut = sum(lack for lack in lacks.values() if lack > 0)
            taken = take_from(empty, missing + min(cut, theirs - missing))
            shares = share_out(lacks, -sum(taken.values()) - missing)
            self._apply(taken | shares)
            return
        if theirs < missing <= theirs + least - theme.px(_CUT):
            self._let_close_up(last, least - (missing - theirs))
            missing = theirs
        self._apply(take_from(empty, missing))

    def _let_close_up(self, last: int, wide: int) -> None:
        """Qt stretches the last column, but never to less than what it was before."""
        if (last, wide) == self._closed_up:
            return
        self._closed_up = (last, wide)
        self._is_giving = True
        self._header.setStretchLastSection(False)
        self._header.resizeSection(last, wide)
        self._header.setStretchLastSection(True)
        self._is_giving = False

    def _begin(self) -> None:
        """Other lines; a list that was emptied shows another matter next: nothing lasts."""
        self._is_due = True
        if self._model.rowCount():
            self._give_when_idle()
        else:
            self._needs.clear()

    def _continue(self, _first: QModelIndex, _last: QModelIndex) -> None:
        """Lines of a long list arrived: those at its beginning decide, scrolling moves nothing."""
        if self._is_due:
            self._give_when_idle()

    def _give_when_idle(self) -> None:
        """The first lines find their widths at once; whoever types on does not wait for them."""
        self._soon.start(_PAUSE_MS if self._needs else 0)

    def _apply(self, given: dict[int, int]) -> None:
        self._is_giving = True
        for at in set(given) | set(self._given):
            change = given.get(at, 0) - self._given.get(at, 0)
            if change and not self._header.isSectionHidden(at):
                self._header.resizeSection(at, self._header.sectionSize(at) + change)
        self._given = given
        self._is_giving = False

    def _measure(self, shown: list[int]) -> None:
        """Note what the cells in view need."""
        widths = CellWidths()
        lead = 1 if self._model.is_checkable else 0
        for cells in self._cells_in_view():
            self._is_due = False
            for at in shown:
                need = widths.of(cells[at - lead])
                self._needs[at] = max(self._needs.get(at, 0), need)

    def _declared(self, at: int) -> int:
        bound = self._model.bound(at)
        return declared_width(self._header, bound) if bound else 0

    def _lead_width(self) -> int:
        """The section of the check boxes is no column of texts."""
        return self._header.sectionSize(0) if self._model.is_checkable else 0

    def _least(self, at: int) -> int:
        """What a column must have for its heading and what was seen in it."""
        label = self._model.headerData(at, Qt.Orientation.Horizontal) or ""
        heading = heading_width(self._header, label)
        return max(heading, self._needs.get(at, self._header.sectionSize(at)))

    def _cells_in_view(self) -> Iterator[Cells]:
        size = self._table.viewport().size()
        for row, _place in self._places.rows_between(0, size.height(), size.width()):
            cells = self._model.cells(row)
            if cells is not None and not isinstance(cells, Heading):
                yield cells

    def _shown(self) -> list[int]:
        """The columns from left to right; the last one is as wide as the rest of the table."""
        header = self._header
        lead = 1 if self._model.is_checkable else 0
        places = (header.logicalIndex(place) for place in range(header.count()))
        return [at for at in places if at >= lead and not header.isSectionHidden(at)]

    def _note_drag(self, at: int, _before: int, _now: int) -> None:
        is_pressed = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
        if is_pressed and not self._is_giving and at in self._shown()[:-1]:
            self._given.pop(at, None)
            self._dragged.add(at)


def share_out(lacks: dict[int, int], spare: int) -> dict[int, int]:
    """Who lacks least is served first, so that as many texts as possible are whole."""
    shares = {}
    for at, lack in sorted(lacks.items(), key=lambda one: (one[1], one[0])):
        share = min(lack, spare)
        if share > 0:
            shares[at] = share
            spare -= share
    return shares


def balance(lacks: dict[int, int], slack: dict[int, int], spare: int, last: int) -> dict[int, int]:
    """The spare room first, then what columns emptier than declared can do without.

    The last column has its share of the first alone, and needs not be given it: it stretches.
    """
    shares = share_out(lacks, spare)
    unmet = {at: lack - shares.get(at, 0) for at, lack in lacks.items() if at != last}
    missing = sum(lack for lack in unmet.values() if lack > 0)
    whole = sum(wide for wide in slack.values() if wide > 0)
    taken = take_from(slack, min(missing, whole)) if missing and whole else {}
    for at, share in share_out(unmet, -sum(taken.values())).items():
        shares[at] = shares.get(at, 0) + share
    return {at: wide for at, wide in (shares | taken).items() if at != last}


def spread(wide: dict[int, int], left: int) -> dict[int, int]:
    """What nobody needs loosens a list that would huddle at the left, each by a part of itself."""
    whole = sum(wide.values())
    if left <= 0 or not whole:
        return dict.fromkeys(wide, 0)
    return {at: min(own // _AIR, own * left // whole) for at, own in wide.items()}


def take_from(empty: dict[int, int], missing: int) -> dict[int, int]:
    """Each gives its part of what is missing; nothing if they had not enough together."""
    room = {at: wide for at, wide in empty.items() if wide > 0}
    whole = sum(room.values())
    if whole < missing:
        return {}
    return {at: -min(wide, -(-wide * missing // whole)) for at, wide in room.items()}
