"""How alarming the age of the last backup is, on the sign-in window and in the status strip."""

from __future__ import annotations

from datetime import timedelta

_ALARM = timedelta(hours=72)


def backup_tone(age: timedelta, late_after: timedelta) -> str:
    """The tone in which the backup is told: quiet, late, or alarming whatever the branch says."""
    return "crit" if age > _ALARM else "warn" if age > late_after else "text2"
