"""Verified copies of the database: file and vault together, opened and checked before they count.

``VACUUM INTO`` makes an encrypted, consistent copy while others write. A copy is a copy only
after every page was read back with the key.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from advisorcrm.db.copy_places import PREFIX, copied_at, copies_dir, copies_of, newest_copy
from advisorcrm.db.database import SMALLEST, Database
from advisorcrm.db.durable import flush_file, flush_folder, take_place
from advisorcrm.db.engines import connect_file, much_cache
from advisorcrm.db.keys import vault_path
from advisorcrm.db.trouble import trouble_from
from advisorcrm.errors import DatabaseDamagedError, DiskFullError, NotAllowedError, UserError
from advisorcrm.i18n import _
from advisorcrm.models import ChangeHistory
from advisorcrm.private_files import noted_draft

KEPT = 14


def make_copy(database: Database, *, now: datetime, folder: Path | None = None) -> Path:
    """Write, open, check and only then name a copy; returns its path.

    Raises DiskFullError when there is no room (nothing half-made stays) and
    DatabaseDamagedError when the copy does not pass its check.
    """
    if database.path is None:
        raise NotAllowedError(_("服务器数据库由服务器管理员备份，这里不能备份。"))
    target_dir = folder or copies_dir(database.path)
    key = database.key  # before anything else: the screen may be locked meanwhile
    target = _free_name(target_dir, now)
    draft = target.with_suffix(".part")
    try:
        target_dir.mkdir(parents=True, exist_ok=True)
        _demand_room(database.path, target_dir)
        with noted_draft(draft):
            _copy_pages(database, draft)
            check_file(draft, key)
            shutil.copyfile(vault_path(database.path), vault_path(target))
            flush_file(vault_path(target))
            flush_file(draft)
            take_place(draft, target)
            flush_folder(target_dir)
    except OSError as error:
        raise UserError(
            _("备份没有完成：{folder} 无法写入。请检查文件夹和磁盘空间后再试。").format(
                folder=target_dir
            )
        ) from error
    finally:
        _sweep(draft, target)
    if folder is None:
        _keep_newest(database.path, target, key)
    return target


def _free_name(folder: Path, now: datetime) -> Path:
    """The time of the copy; a second later where another database has been copied in this one."""
    later = (now + timedelta(seconds=further) for further in count())
    names = (folder / f"{PREFIX}{at:%Y%m%d-%H%M%S}.db" for at in later)
    return next(name for name in names if not name.exists())


@dataclass(frozen=True, slots=True)
class LastCopy:
    """When the database was copied last; if it never was (``is_one``), since when it is there."""

    at: datetime
    is_one: bool = True


def last_copy(database: Database) -> LastCopy | None:
    """The newest verified copy, or how old what was never copied is; None of a server's data."""
    if database.path is None:
        return None
    path = newest_copy(database.path)
    if path is not None:
        with suppress(OSError):  # a folder that may be listed and not looked into
            return LastCopy(copied_at(path))
        return None
    first = select(ChangeHistory.at).order_by(ChangeHistory.id).limit(1)
    began = database.read(lambda session, _actor: session.scalar(first))
    return LastCopy(began, is_one=False) if began is not None else None


def has_copy_of(database: Path, day: date) -> bool:
    """Whether a copy was made on this day (UTC); one of a wrong clock's future counts not."""
    return any(copy.name.startswith(f"{PREFIX}{day:%Y%m%d}-") for copy in copies_of(database))


def check_file(path: Path, key: bytes) -> None:
    """Read every page of an encrypted file; raises DatabaseDamagedError with the first finding."""
    finding = _finding(path, key)
    if finding:
        raise DatabaseDamagedError(
            _("{file} 没有通过完整性检查：{finding}。请用更早的备份。").format(
                file=path.name, finding=finding
            )
        )


def _finding(path: Path, key: bytes) -> str:
    from sqlcipher3 import dbapi2

    if path.is_file() and path.stat().st_size < SMALLEST:
        return "empty"  # SQLite would call it sound
    try:
        connection = connect_file(path, key)
        try:
            pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            answer = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
        finally:
            connection.close()
    except dbapi2.Error as error:
        return str(error)
    if pages:
        return str(pages[0][0])
    return "" if answer == "ok" else answer


def _copy_pages(database: Database, draft: Path) -> None:
    from sqlcipher3 import dbapi2

    draft.write_bytes(b"")  # VACUUM says of a folder that takes no file only that it cannot open
    try:
        with database.writing_engine.connect() as connection:
            # To the driver itself: VACUUM works only outside a transaction.
            raw = connection.connection.dbapi_connection
            if raw is not None:
                # A door that only reads refuses VACUUM INTO too, though it changes no byte here.
                raw.cursor().execute("PRAGMA query_only = OFF")
                raw.cursor().execute("VACUUM INTO ?", (str(draft),))
                raw.cursor().execute(f"PRAGMA query_only = {int(database.is_read_only)}")
    except (DBAPIError, dbapi2.Error) as error:
        raise trouble_from(error) or error from error


def _sweep(draft: Path, target: Path) -> None:
    """Leave nothing half-made: neither the draft with its log nor a vault without its copy."""
    left = [draft.with_name(draft.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")]
    if not target.exists():
        left.append(vault_path(target))
    for path in left:
        with suppress(OSError):
            path.unlink()


def _demand_room(database: Path, folder: Path) -> None:
    needed = database.stat().st_size
    if shutil.disk_usage(folder).free < needed:
        raise DiskFullError(
            _("备份没有完成：{folder} 剩余空间不足。腾出空间后再试。").format(folder=folder)
        )


def by_content(copies: Iterable[Path], key: bytes) -> list[Path]:
    """Copies in the order of what they hold, the latest first; a wrong clock names them wrongly.

    The change history only grows. What cannot be read comes last.
    """
    return sorted(copies, key=lambda copy: _last_change(copy, key), reverse=True)


def _last_change(copy: Path, key: bytes) -> int:
    from sqlcipher3 import dbapi2

    last = "SELECT coalesce(max(id), 0) FROM change_history"
    try:
        with closing(connect_file(copy, key, mode="immutable")) as connection:
            return int(connection.execute(last).fetchone()[0])
    except (dbapi2.Error, OSError):
        return -1


def _keep_newest(database: Path, made: Path, key: bytes) -> None:
    """Take away what is older than the kept ones, never the one just made by a clock gone back."""
    others = by_content((copy for copy in copies_of(database) if copy != made), key)
    for old in others[KEPT - 1 :]:
        with suppress(OSError):  # read by a scanner or a sync program: it goes the next time
            old.unlink()
            vault_path(old).unlink(missing_ok=True)


def check_database(database: Database) -> list[str]:
    """What is wrong with the database at hand; an empty list is healthy.

    Reads only, so that nobody's save has to wait for it.
    """
    try:
        with database.scanning_engine.connect() as connection:
            return [*_missing_triggers(connection), *_faults_of_file(database, connection)]
    except DBAPIError as error:
        trouble = trouble_from(error)
        if isinstance(trouble, DatabaseDamagedError):
            return [str(trouble)]
        raise trouble or error from error


def _bring_log_into_file(database: Database) -> None:
    with database.writing_engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        if raw is not None:
            raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")


def _missing_triggers(connection: Connection) -> list[str]:
    from advisorcrm.db.history import missing_triggers

    names = sorted(missing_triggers(connection))
    return [_("缺少修改历史触发器 {name}").format(name=name) for name in names]


def _faults_of_file(database: Database, connection: Connection) -> list[str]:
    if connection.dialect.name == "postgresql":
        return []
    with much_cache(connection):
        return _findings(database, connection)


def _findings(database: Database, connection: Connection) -> list[str]:
    pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
    if pages and not database.is_read_only:
        # A page half written when the power went, or being written now, is whole in the log.
        _bring_log_into_file(database)
        pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
    rows = connection.exec_driver_sql("PRAGMA integrity_check(20)").fetchall()
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    return [
        *(row[0] for row in pages),
        *(row[0] for row in rows if row[0] != "ok"),
        *(_("{table} 第 {row} 行的关联丢失").format(table=row[0], row=row[1]) for row in broken),
    ]
