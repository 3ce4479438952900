"""Minutes that two people wrote at once, put together so that no word is lost (R23, R48)."""

from __future__ import annotations

from typing import TypeVar

from advisorcrm.services.meetings.meetings import Minutes, MinutesData

T = TypeVar("T")


def data_of(minutes: Minutes) -> MinutesData:
    """What minutes say, as it would be written again."""
    present = frozenset(one.user_id for one in minutes.attendees if one.is_present)
    return MinutesData(
        minutes.starts_at, minutes.ends_at, minutes.place, minutes.chair_id, minutes.items, present
    )


def join_minutes(base: MinutesData, theirs: MinutesData, mine: MinutesData) -> MinutesData:
    """What both made of ``base``: who changed something is followed, of two texts both stay.

    Where both changed a time, the place or the chair, the later writer (``mine``) is followed.
    """
    items = {
        kind: _join_texts(base.items.get(kind, ""), theirs.items.get(kind, ""), text)
        for kind, text in mine.items.items()
    }
    come, gone = mine.present_ids - base.present_ids, base.present_ids - mine.present_ids
    return MinutesData(
        _changed(base.starts_at, theirs.starts_at, mine.starts_at),
        _changed(base.ends_at, theirs.ends_at, mine.ends_at),
        _changed(base.place, theirs.place, mine.place),
        _changed(base.chair_id, theirs.chair_id, mine.chair_id),
        items,
        (theirs.present_ids | come) - gone,
    )


def _changed(base: T, theirs: T, mine: T) -> T:
    return theirs if mine == base else mine


def _join_texts(base: str, theirs: str, mine: str) -> str:
    base, theirs, mine = base.strip(), theirs.strip(), mine.strip()
    if mine == base or mine in theirs:
        return theirs
    return mine if theirs == base or theirs in mine else f"{theirs}\n{mine}"
