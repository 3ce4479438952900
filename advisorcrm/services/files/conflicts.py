"""Two people, one file: what merges by itself and what must be asked (design: conflict dialog)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from advisorcrm.errors import ConflictError
from advisorcrm.i18n import _


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a form: what the person saw when editing began, and what it shall be."""

    seen: Any
    wanted: Any


@dataclass(frozen=True, slots=True)
class Collision:
    """One field that both sides changed to different values."""

    field: str
    seen: Any
    mine: Any
    theirs: Any


class ClientConflictError(ConflictError):
    """The file was saved by somebody else, and some fields were changed by both."""

    def __init__(self, name: str, collisions: tuple[Collision, ...], by: str, at: datetime) -> None:
        super().__init__(
            _("{name} 的档案在您编辑时被改过。").format(name=name),
            fields=tuple(collision.field for collision in collisions),
        )
        self.collisions = collisions
        self.by = by
        self.at = at


def merge(
    changes: Mapping[str, Change],
    current: Mapping[str, Any],
    *,
    masks: Mapping[str, Callable[[Any], str]],
) -> tuple[dict[str, Any], tuple[Collision, ...]]:
    """The values to store, and the fields that collide.

    A masked field was seen masked, so its present value is masked before comparing.
    """
    wanted: dict[str, Any] = {}
    collisions = []
    for name, change in changes.items():
        mask = masks.get(name)
        present = _plain(mask(current[name] or "") if mask else current[name])
        if _plain(change.wanted) == _plain(change.seen) or _plain(change.wanted) == present:
            continue
        if present == _plain(change.seen):
            wanted[name] = change.wanted
        else:
            collisions.append(Collision(name, change.seen, change.wanted, present))
    return wanted, tuple(collisions)


def _plain(value: Any) -> Any:
    """Empty is empty, however it is written."""
    return None if value in ("", (), []) else value
