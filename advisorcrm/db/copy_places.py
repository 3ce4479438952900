"""Where the daily copies lie and which is the newest; light enough for the sign-in window."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

PREFIX = "backup-"


def copies_dir(database: Path) -> Path:
    """Folder of the daily copies, beside the database."""
    return database.with_name("backups")


def newest_copy(database: Path) -> Path | None:
    """The last verified copy, if any."""
    return next(iter(copies_of(database)), None)


def copied_at(copy: Path) -> datetime:
    """When a copy was made. Raises OSError where the folder may not be looked into."""
    return datetime.fromtimestamp(copy.stat().st_mtime, UTC)


def copies_of(database: Path) -> list[Path]:
    """The verified copies, newest first."""
    return sorted(copies_dir(database).glob(f"{PREFIX}*.db"), reverse=True)
