"""What collided when a file was saved, in the words of its fields."""

from __future__ import annotations

from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.services.files.conflicts import ClientConflictError
from advisorcrm.views.clients.client_form import ClientForm, stored_of
from advisorcrm.views.clients.conflict_dialog import Clash, Sides


def clashes_of(form: ClientForm, error: ClientConflictError, theirs: ClientFile) -> list[Clash]:
    """One line for each field that both sides changed."""
    stored = stored_of(theirs)
    found = []
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
    mine, others = [], []
    for field in form.fields.values():
        if field.name in clashing:
            continue
        if field.is_dirty():
            mine.append(field.label)
        elif any(old.get(name) != new.get(name) for name in field.names):
            others.append(field.label)
    return Sides(theirs.name, error.by, error.at, tuple(mine), tuple(others))
