"""Bring a database to the schema of this program, or refuse one that is newer.

Steps run on a connection of their own with foreign keys off (a batch rebuild would otherwise
delete the children of the old table), inside one immediate transaction, with all triggers
dropped before and recreated after, and the keys checked at the end.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from advisorcrm.db.database import Database
from advisorcrm.db.trouble import trouble_from
from advisorcrm.errors import DatabaseDamagedError, DatabaseReadOnlyError, NewerDatabaseError
from advisorcrm.i18n import _

HEAD = "0024"
"""Newest step; kept here so that an up-to-date start does not load Alembic."""

MIGRATIONS = Path(__file__).with_name("migrations")
_ONE_AT_A_TIME = 7_305_001


def current_revision(database: Database) -> str | None:
    """Step of the database; None for a new one."""

    def ask(connection: Connection) -> str | None:
        if connection.dialect.name == "postgresql":
            there = connection.scalar(text("SELECT to_regclass('alembic_version')"))
        else:
            there = connection.scalar(
                text("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")
            )
        if there is None:
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision

    try:
        with database.reading_engine.connect() as connection:
            return ask(connection)
    except DBAPIError as error:
        raise trouble_from(error) or error from error


def needs_upgrade(database: Database) -> bool:
    """Whether steps are missing.

    Raises NewerDatabaseError for a file from the future, DatabaseReadOnlyError for one of the
    past that cannot be written.
    """
    revision = current_revision(database)
    if revision == HEAD:
        return False
    if revision is not None and revision not in _known_revisions():
        raise NewerDatabaseError(
            _("这个数据库由更新版本的程序写成，本版本不能打开。请升级程序，文件没有动。")
        )
    if database.is_read_only:
        raise DatabaseReadOnlyError(
            _("这个数据库要先升级才能打开，但它所在的磁盘或文件只读，文件没有动。")
        )
    return True


def upgrade(database: Database, target: str = "head") -> None:
    """Run the missing steps; after a failure everything is as before.

    The caller has made a verified copy first (``db.copies``).
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    engine = database.writing_engine
    try:
        with engine.connect() as connection:
            try:
                _begin_alone(connection)
                config.attributes["connection"] = connection
                command.upgrade(config, target)
                _check_foreign_keys(connection)
                connection.commit()
            finally:
                # Not back into the pool: on this connection nobody looks after foreign keys.
                connection.invalidate()
    except DBAPIError as error:
        raise trouble_from(error) or error from error


def _begin_alone(connection: Connection) -> None:
    """Begin the one transaction in which the steps run, and keep others out."""
    if connection.dialect.name == "postgresql":
        waiting: Any = connection.connection.dbapi_connection
        waiting.patience = None  # as long as another program's upgrade takes
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        return
    # A pragma is ignored inside a transaction, so it goes to the driver before BEGIN.
    raw = connection.connection.dbapi_connection
    if raw is None:
        raise DatabaseDamagedError(_("数据库连接已断开，请重试。"))
    raw.cursor().execute("PRAGMA foreign_keys = OFF")
    # Alembic would commit a transaction of its own before the keys are checked.
    connection.begin()


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise DatabaseDamagedError(
            _("升级后的数据互相对不上，已全部撤回，文件保持原样。请联系维护人员。")
        )


def _known_revisions() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
