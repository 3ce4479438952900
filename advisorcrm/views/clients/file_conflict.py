"""What collided when a file was saved, in the words of its fields."""

from __future__ import annotations

from advisorcrm.i18n import _
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.services.files.client_points import PointEdit
from advisorcrm.services.files.conflicts import ClientConflictError
from advisorcrm.services.files.point_conflicts import PointCollision
from advisorcrm.views.clients.client_form import ClientForm, stored_of
from advisorcrm.views.clients.conflict_dialog import Clash, Sides
from advisorcrm.views.clients.merged_fields import Difference
from advisorcrm.views.clients.point_tile import PointTile


def clashes_of(form: ClientForm, error: ClientConflictError, theirs: ClientFile) -> list[Clash]:
    """One line for each field that both sides changed."""
    stored = stored_of(theirs)
    found = [
        Clash(one.field, tile.kind.label, str(one.seen), tile.field.value(), str(one.theirs))
        for one, tile in _clashing_tiles(form, error)
    ]
    for field in form.fields_about(collision.field for collision in error.collisions):
        seen, mine = field.said()
        found.append(Clash(field.name, field.label, seen, mine, field.say_stored(stored)))
    return found


def sides_of(
    form: ClientForm, error: ClientConflictError, before: ClientFile, theirs: ClientFile
) -> Sides:
    """Who saved, and what merges without being asked."""
    clashing = {
        field.name for field in form.fields_about(collision.field for collision in error.collisions)
    }
    old, new = stored_of(before), stored_of(theirs)
    mine, others = _merging_points(form, error, before, theirs)
    for field in form.fields.values():
        if field.name in clashing:
            continue
        if field.is_dirty():
            seen, wanted = field.said()
            mine.append(Difference(field.label, seen, mine=wanted))
        elif any(old.get(name) != new.get(name) for name in field.names):
            seen, stored = field.say_stored(old), field.say_stored(new)
            others.append(Difference(field.label, seen, theirs=stored))
    return Sides(theirs.name, error.by, error.at, (*mine, *others))


def lost_points(
    form: ClientForm, error: ClientConflictError, losers: frozenset[str]
) -> tuple[PointEdit, ...]:
    """The typed numbers for which the other side's was taken."""
    return tuple(tile.edit() for one, tile in _clashing_tiles(form, error) if one.field in losers)


def settle_points(
    form: ClientForm, error: ClientConflictError, theirs: ClientFile, losers: frozenset[str]
) -> None:
    """A number that lost is typed no more; one that won takes the place of the other side's."""
    rows = {point.id: point for point in theirs.points}
    for one, tile in _clashing_tiles(form, error):
        if one.field in losers:
            tile.give_up()
        elif one.successor_id in rows:
            tile.show_point(rows[one.successor_id])


def _clashing_tiles(
    form: ClientForm, error: ClientConflictError
) -> list[tuple[PointCollision, PointTile]]:
    tiles = {tile.edit().point_id: tile for tile in form.contact.tiles if tile.is_dirty()}
    return [
        (one, tiles[one.point_id])
        for one in error.collisions
        if isinstance(one, PointCollision) and one.point_id in tiles
    ]


def _merging_points(
    form: ClientForm, error: ClientConflictError, before: ClientFile, theirs: ClientFile
) -> tuple[list[Difference], list[Difference]]:
    """The numbers that only one side touched, one of each kind for what the other side did."""
    clashing = [tile for _one, tile in _clashing_tiles(form, error)]
    asked = {one.successor_id for one in error.collisions if isinstance(one, PointCollision)}
    typed = (tile for tile in form.contact.tiles if tile.is_dirty() and tile not in clashing)
    known, left = set(before.points), {point.id for point in theirs.points}
    gone = {point.kind: point.masked for point in before.points if point.id not in left}
    news = (point for point in theirs.points if point not in known and point.id not in asked)
    return (
        [Difference(tile.kind.label, _seen_at(tile), mine=tile.field.value()) for tile in typed],
        [
            Difference(point.kind.label, gone.get(point.kind, _("空")), theirs=point.masked)
            for point in news
        ],
    )


def _seen_at(tile: PointTile) -> str:
    """The number in whose place another was typed."""
    return tile.point.masked if tile.point is not None else _("空")
