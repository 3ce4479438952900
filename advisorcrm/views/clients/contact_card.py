"""Card 联系方式: every number with its validity, address, convenient time (R4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.services.files.client_points import PointEdit, PointRow
from advisorcrm.terms import PointKind, Validity
from advisorcrm.views.clients.field_grid import FieldGrid
from advisorcrm.views.clients.field_maker import FieldMaker
from advisorcrm.views.clients.file_field import FileField
from advisorcrm.views.clients.point_tile import PointTile
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.card import Card

ALWAYS = (PointKind.MOBILE, PointKind.LANDLINE, PointKind.EMAIL)
"""Kinds that have a place even where the client has none of them."""
_ORDER = tuple(PointKind)


class ContactCard(Card):
    """Holds the tiles of all numbers; ``judged`` and ``archived`` as they are."""

    changed = Signal()
    judged = Signal(int, object)
    archived = Signal(int)

    def __init__(self, maker: FieldMaker, parent: QWidget | None = None) -> None:
        super().__init__(_("联系方式"), parent=parent)
        self._around = maker.around
        self.address = maker.masked("address")
        self.convenient_time = maker.text("convenient_time")
        self.tiles: list[PointTile] = []
        self._gaps: frozenset[str] = frozenset()
        self._grid = FieldGrid()
        self.add(self._grid)
        if maker.around.may(Right.EDIT_CLIENTS):
            self.more = quiet(_("添加"), icon="plus")
            self.more.setAccessibleName(_("添加联系方式"))
            self.more.clicked.connect(self.open_menu)
            self.add_right(self.more)

    def fields(self) -> list[FileField]:
        """The fields that belong to the file itself."""
        return [self.address, self.convenient_time]

    def start(self) -> None:
        """Another client: forget every number."""
        for tile in self.tiles:
            tile.reveal.hide_again()
            tile.hide()
            tile.deleteLater()
        self.tiles = []

    def show_file(self, file: ClientFile, gaps: frozenset[str]) -> None:
        """Show the numbers of a file; what is being typed stays."""
        self._gaps = gaps
        typed = [tile for tile in self.tiles if tile.is_dirty()]
        known = {tile.point.id: tile for tile in (*self.tiles, *typed) if tile.point}
        standing = {point.id for point in file.points}
        blank = [tile for tile in typed if tile.point is None or tile.point.id not in standing]
        kept = [self._tile_of(point, known.pop(point.id, None)) for point in file.points]
        self._drop(tile for tile in known.values() if tile not in blank)
        kinds = {tile.kind for tile in (*kept, *blank)}
        kept.extend(self._blank_of(kind) for kind in ALWAYS if kind not in kinds)
        unused = [tile for tile in self.tiles if tile not in kept and tile not in blank]
        self._drop(unused)
        self._arrange([*kept, *blank])
        for tile in self.tiles:
            tile.lock(is_locked=not file.may_edit)

    def add_tile(self, kind: PointKind) -> PointTile:
        """Offer a place for another number and go there."""
        found = next(
            (tile for tile in self.tiles if tile.kind is kind and tile.point is None), None
        )
        if found is None:
            found = self._make(kind, None)
            self._arrange([*self.tiles, found])
        found.field.focus()
        return found

    def edits(self) -> tuple[PointEdit, ...]:
        """The numbers that were typed."""
        return tuple(tile.edit() for tile in self.tiles if tile.is_dirty())

    def tile_to_fill(self, kind: str) -> PointTile | None:
        """Where a missing number is typed, or a doubtful one judged: the worst of its kind."""
        of_kind = [tile for tile in self.tiles if tile.kind == kind]
        doubtful = [t for t in of_kind if t.point and t.point.validity is Validity.UNVERIFIED]
        return next(iter((*doubtful, *of_kind)), None)

    def preferred(self) -> PointTile | None:
        """The mobile that V reveals."""
        return next((tile for tile in self.tiles if tile.point and tile.reveal.is_aimed()), None)

    def drafts(self) -> list[Mapping[str, object]]:
        """What was typed, as a draft holds it."""
        return [
            {"kind": str(edit.kind), "text": edit.value, "id": edit.point_id}
            for edit in self.edits()
        ]

    def restore(self, drafts: list[Mapping[str, object]]) -> None:
        """Type again what a draft holds."""
        for draft in drafts:
            kind, text = PointKind(str(draft["kind"])), str(draft["text"])
            number = draft["id"]
            tile = next((t for t in self.tiles if t.point and t.point.id == number), None)
            if tile is None and isinstance(number, int):  # replaced by somebody meanwhile
                tile = self._make(kind, None)
                tile.replaced_id = number
                self._arrange([*self.tiles, tile])
            (tile or self.add_tile(kind)).type_number(text)

    def open_menu(self) -> QMenu:
        """Choose what to add."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in _ORDER:
            menu.addAction(kind.label).triggered.connect(partial(self._add_kind, kind))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        return menu

    def _add_kind(self, kind: PointKind, _checked: object = None) -> None:
        self.add_tile(kind)

    def _tile_of(self, point: PointRow, tile: PointTile | None) -> PointTile:
        if tile is None:
            return self._make(point.kind, point)
        tile.show_point(point)
        return tile

    def _blank_of(self, kind: PointKind) -> PointTile:
        blanks = (tile for tile in self.tiles if tile.kind is kind and tile.point is None)
        tile = next(blanks, None) or self._make(kind, None)
        tile.set_gap(is_gap=str(kind) in self._gaps)
        return tile

    def _make(self, kind: PointKind, point: PointRow | None) -> PointTile:
        tile = PointTile(self._around, kind, point)
        tile.changed.connect(self.changed)
        tile.judged.connect(self.judged)
        tile.archived.connect(self.archived)
        return tile

    def _drop(self, tiles: Iterable[PointTile]) -> None:
        for tile in list(tiles):
            tile.hide()
            tile.deleteLater()

    def _arrange(self, tiles: list[PointTile]) -> None:
        self.tiles = sorted(tiles, key=lambda tile: _ORDER.index(tile.kind))
        items: list[tuple[QWidget, int]] = [(tile, 1) for tile in self.tiles]
        items += [(self.address.field, 2), (self.convenient_time.field, 1)]
        self._grid.set_items(items)
