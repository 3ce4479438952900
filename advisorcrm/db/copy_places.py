"""Where the daily copies lie and which is the newest; light enough for the sign-in window."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from advisorcrm.db.keys import vault_path

PREFIX = "backup-"


def copies_dir(database: Path) -> Path:
    """Folder of the daily copies, beside the database."""
    return database.with_name("backups")


def newest_copy(database: Path) -> Path | None:
    """The last verified copy, if any."""
    return next(_found(database), None)


def copied_at(copy: Path) -> datetime:
    """When a copy was made. Raises OSError where the folder may not be looked into."""
    return datetime.fromtimestamp(copy.stat().st_mtime, UTC)


def copies_of(database: Path) -> list[Path]:
    """The verified copies of this database, newest first.

    Another database in the same folder has its copies in the same place. The recovery wrap tells
    them apart: it is one database's own and never changes. Where a vault is lost all count.
    """
    return list(_found(database))


def _found(database: Path) -> Iterator[Path]:
    """One after the other: who wants the newest need not look into the vaults of all."""
    mine = _recovery_wrap(database)
    for copy in sorted(copies_dir(database).glob(f"{PREFIX}*.db"), reverse=True):
        if mine is None or _recovery_wrap(copy) in (mine, None):
            yield copy


def _recovery_wrap(database: Path) -> object:
    try:
        return json.loads(vault_path(database).read_text("utf-8"))["recovery"]
    except (OSError, ValueError, LookupError, TypeError):
        return None
