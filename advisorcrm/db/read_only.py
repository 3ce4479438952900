"""Reading a database file that cannot be written: a protected disk, or one the system has closed.

Three ways, the truest first. SQLite's own read-only opening sees what others save, but needs a
log that is there or may be made. A file whose log still holds saves is copied with its log to the
program's private folder and read there, for read as "immutable" its tables would be missing. A
file without such a log is read as it lies, as one that nobody changes.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from advisorcrm import private_files
from advisorcrm.db.engines import connect_file
from advisorcrm.db.trouble import trouble_from
from advisorcrm.errors import DatabaseReadOnlyError, SystemTroubleError


@dataclass(frozen=True, slots=True)
class Reading:
    """Which file is read and how; a private copy goes when the database is closed."""

    path: Path
    mode: str
    is_copy: bool = False


def is_writable(path: Path) -> bool:
    """Whether the file and the folder of its log may be written, as far as the system says."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(place, os.W_OK, effective_ids=effective) for place in (path, path.parent))


def way_to_read(path: Path, key: bytes) -> Reading:
    """How the file can be read. Raises DatabaseReadOnlyError when nothing can be read of it."""
    try:
        return _tried(Reading(path, "ro"), key)
    except DatabaseReadOnlyError:
        if _log_of(path).is_file() and _log_of(path).stat().st_size:
            return _tried(_copied(path), key)
        return _tried(Reading(path, "immutable"), key)


def _tried(reading: Reading, key: bytes) -> Reading:
    from sqlcipher3 import dbapi2

    try:
        connection = connect_file(reading.path, key, mode=reading.mode)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()
    except dbapi2.Error as error:
        raise trouble_from(error) or error from error
    return reading


def _copied(path: Path) -> Reading:
    """The file with its log, copied to where the log can be brought in."""
    copy = private_files.place_for(path.name)
    try:
        for part, target in ((path, copy), (_log_of(path), _log_of(copy))):
            shutil.copyfile(part, target)
    except OSError as error:
        private_files.remove(copy)
        raise SystemTroubleError(str(error)) from error
    return Reading(copy, "rw", is_copy=True)


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
