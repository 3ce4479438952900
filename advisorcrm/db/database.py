"""The one door to the database: ``read`` and ``write``, one transaction each."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from advisorcrm import private_files
from advisorcrm.allocator import give_back_much
from advisorcrm.db.actor import PROGRAM, Actor
from advisorcrm.db.engines import file_engine, scanning_engine, server_engine, try_key
from advisorcrm.db.read_only import Reading, is_writable, way_to_read
from advisorcrm.db.shared_places import demand_own_disk
from advisorcrm.db.standing import demand_standing
from advisorcrm.db.stop import Stop
from advisorcrm.db.trouble import conflict_from, trouble_from
from advisorcrm.errors import (
    DatabaseDamagedError,
    DatabaseReadOnlyError,
    DiskFullError,
    SystemTroubleError,
)
from advisorcrm.i18n import _

SMALLEST = 4_096
"""Bytes of one page: what is shorter holds nothing, and SQLite would take it for a new database."""

LEAST_ROOM = 65_536
"""Free bytes without which the log of a file cannot even be begun."""

T = TypeVar("T")
AnySelect = Select[*tuple[Any, ...]]
"""A query of whatever columns, as it is narrowed down step by step."""

Work = Callable[[Session, Actor], T]
"""A use case: gets the session and the acting person, never opens, commits or closes."""


class Database:
    """The branch's database as one person works with it."""

    def __init__(  # noqa: PLR0913 - three engines, and what is known of the place
        self,
        reading: Engine,
        writing: Engine,
        *,
        label: str,
        path: Path | None,
        key: bytes | None,
        source: Reading | None = None,
        scanning: Engine | None = None,
    ) -> None:
        self._reading = reading
        self._scanning = scanning or reading
        self._writing = writing
        self._key = key
        self._source = source
        self.path = path
        self.label = label
        self.actor: Actor = PROGRAM

    @property
    def engine_name(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._writing.dialect.name

    @property
    def is_read_only(self) -> bool:
        """Whether the disk takes nothing: then there is no writing, not even of the access log."""
        return self._source is not None

    @property
    def writing_engine(self) -> Engine:
        """The engine that writes, for migrations and integrity checks."""
        return self._writing

    @property
    def reading_engine(self) -> Engine:
        """The engine that answers at once."""
        return self._reading

    @property
    def scanning_engine(self) -> Engine:
        """The engine of long reads, for checks that must not keep anybody from anything."""
        return self._scanning

    @property
    def key(self) -> bytes:
        """Key of the encrypted file, for a verified copy; empty on a server."""
        return self._key or b""

    def acting_as(self, actor: Actor) -> Database:
        """The same database in the hands of another person."""
        other = Database(
            self._reading,
            self._writing,
            label=self.label,
            path=self.path,
            key=self._key,
            source=self._source,
            scanning=self._scanning,
        )
        other.actor = actor
        return other

    def read(self, work: Work[T], stop: Stop | None = None, *, is_long: bool = False) -> T:
        """Call ``work`` in a read-only transaction and return its result.

        What is long goes through a connection of its own: it would drive the pages that the
        next search needs out of the cache; much memory that it took goes back to the system.
        Raises CancelledError once ``stop`` is asked for, AccountClosedError for a person who may
        not work here any more.
        """
        try:
            engine = self._scanning if is_long else self._reading
            with Session(engine, expire_on_commit=False) as session:
                demand_standing(session.connection(), self.actor)
                if stop is None:
                    return work(session, self.actor)
                with stop.over(session.connection()):
                    return work(session, self.actor)
        except DBAPIError as error:
            if stop is not None:
                stop.look()
            raise trouble_from(error) or error from error
        finally:
            if is_long:
                give_back_much()

    def write(self, work: Work[T]) -> T:
        """Call ``work`` in a writing transaction, commit, and return its result.

        Rolls back and raises if the work raises; a save that somebody else has overtaken is a
        ConflictError, a busy, full or lost database a SystemTroubleError, one of a person who may
        not work here any more an AccountClosedError.
        """
        if self.is_read_only:
            raise self._refusal()
        try:
            with Session(self._writing, expire_on_commit=False) as session, session.begin():
                demand_standing(session.connection(), self.actor)
                introduce(session, self.actor)
                return work(session, self.actor)
        except StaleDataError as error:
            raise conflict_from(error) from error
        except DBAPIError as error:
            raise trouble_from(error) or error from error

    def _refusal(self) -> SystemTroubleError:
        """Why nothing is saved: a disk that was full when the file was opened is not protected."""
        if self.path is not None and is_writable(self.path):
            with suppress(OSError):
                if shutil.disk_usage(self.path.parent).free < LEAST_ROOM:
                    return DiskFullError(
                        _("未保存：磁盘已满。腾出空间后请重新登录，已保存的资料不受影响。")
                    )
        return DatabaseReadOnlyError(
            _("没有保存：现在是只读模式，数据库所在的磁盘或文件不能写入。")
        )

    def close(self) -> None:
        """Close every connection and forget the key."""
        self._reading.dispose()
        self._scanning.dispose()
        self._writing.dispose()
        self._key = None
        if self._source is not None and self._source.is_copy:
            private_files.remove(self._source.path)


def introduce(session: Session, actor: Actor) -> None:
    """Tell the triggers who is acting from now on, and by which number this action is known."""
    action = secrets.randbits(62) + 1
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.info["acting"][:] = [actor.employee_no, "", action]
    else:
        session.execute(
            text(
                "SELECT set_config('advisorcrm.acting_user', :who, true),"
                " set_config('advisorcrm.acting_set', :action, true)"
            ),
            {"who": actor.employee_no, "action": str(action)},
        )


def open_file(path: Path, key: bytes) -> Database:
    """Open the encrypted file that is there; never makes a new one (fault: lost file).

    What cannot be written is opened for reading (``is_read_only``). Raises DatabaseDamagedError
    when the file is missing, empty, cut off or not ours, DatabaseReadOnlyError when nothing can
    be read of it, SharedPlaceError when other computers would write to it.
    """
    if not path.is_file() or path.stat().st_size < SMALLEST:
        raise _lost(path)
    with suppress(DatabaseReadOnlyError):
        if is_writable(path):
            demand_own_disk(path)
            with _told_in_words():
                try_key(path, key)  # before anything that would write
            return _proven(_file_database(path, key), path)
    return open_for_reading(path, key)


def _lost(path: Path) -> DatabaseDamagedError:
    return DatabaseDamagedError(
        _(
            "找不到数据库文件 {path}，或文件是空的。没有新建任何文件；请选对文件或用备份恢复。"
        ).format(path=path)
    )


def create_file(path: Path, key: bytes) -> Database:
    """Make a new encrypted file; an existing one is never touched, a shared folder is refused."""
    demand_own_disk(path)
    if path.exists():
        raise DatabaseDamagedError(_("{path} 已经存在，没有覆盖。请另选位置。").format(path=path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("xb").close()
    except OSError as error:
        raise DatabaseReadOnlyError(
            _("数据库所在的磁盘或文件只读，无法打开或写入。请检查磁盘和文件权限后再试。")
        ) from error
    return _file_database(path, key)


def open_server(url: str, label: str) -> Database:
    """Open the branch's PostgreSQL database."""
    return Database(
        server_engine(url, read_only=True),
        server_engine(url, read_only=False),
        label=label,
        path=None,
        key=None,
    )


def _file_database(path: Path, key: bytes) -> Database:
    return Database(
        file_engine(path, key, read_only=True),
        file_engine(path, key, read_only=False),
        label=path.name,
        path=path,
        key=key,
        scanning=scanning_engine(path, key),
    )


def open_for_reading(path: Path, key: bytes) -> Database:
    """Open a file without ever writing to it; see ``db.read_only`` for the ways."""
    source = way_to_read(path, key)
    engine = file_engine(source.path, key, read_only=True, mode=source.mode)
    database = Database(engine, engine, label=path.name, path=path, key=key, source=source)
    return _proven(database, path)


def _proven(database: Database, path: Path) -> Database:
    """The database, if its tables can be read and are a branch's; its first connection stays."""
    try:
        with _told_in_words(), database.reading_engine.connect() as connection:
            _demand_branch(connection, path)
    except BaseException:
        database.close()
        raise
    return database


def _demand_branch(connection: Connection, path: Path) -> None:
    is_ours = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    ).scalar_one()
    if not is_ours:
        raise _lost(path)


@contextmanager
def _told_in_words() -> Iterator[None]:
    """Say in words that the file does not answer to the key or cannot be read."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except (dbapi2.Error, DBAPIError, UnicodeDecodeError) as error:
        trouble = trouble_from(error)
        raise trouble or DatabaseDamagedError(
            _("数据库文件已损坏或密钥不符，文件保持原样未动。请用最近的备份恢复。")
        ) from error
