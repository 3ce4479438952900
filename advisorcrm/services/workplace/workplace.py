"""The open database as a whole, in the hands of the person who signed in: copies, keys, people.

What concerns single records goes through ``Database.read`` and ``Database.write``; this is for
what concerns the file and its vault. Every call may take a while: never in the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from advisorcrm.db import copies
from advisorcrm.db.access_log_check import check_access_log
from advisorcrm.db.actor import Actor
from advisorcrm.db.copy_places import copies_of, newest_copy
from advisorcrm.db.database import Database
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.db.standing import demand_role
from advisorcrm.errors import AccountClosedError, NotAllowedError, SystemTroubleError
from advisorcrm.i18n import _
from advisorcrm.services.branch.users import deactivate_user
from advisorcrm.services.workplace import desk


class Workplace:
    """Where the database lies, and the door to it; locked, there is no door and no key."""

    def __init__(
        self,
        location: str,
        database: Database,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.location = location
        self._clock = clock
        self.actor: Actor = database.actor
        self.label = database.label
        self._database: Database | None = database

    @property
    def database(self) -> Database:
        """The open door. Raises NotAllowedError while the place is locked."""
        if self._database is None:
            raise NotAllowedError(_("已锁定，请先解锁。"))
        return self._database

    @property
    def is_read_only(self) -> bool:
        """Whether the database can only be read; False while the place is locked."""
        return self._database is not None and self._database.is_read_only

    def lock(self) -> None:
        """Close every connection and forget the key."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def unlock(self, password: str) -> Database:
        """Open again for the same person in the same role; else see ``desk.sign_in``."""
        database = desk.sign_in(self.location, self.actor.employee_no, password, now=self._clock())
        try:
            demand_role(self.actor, database.actor.role)
        except AccountClosedError:
            database.close()
            raise
        self._database = database
        return database

    def last_copied(self) -> copies.LastCopy | None:
        """When the newest verified copy was made, or since when there is none."""
        return copies.last_copy(self.database)

    def last_copy(self) -> Path | None:
        """The newest verified copy."""
        return newest_copy(self.database.path) if self.database.path else None

    def back_up(self) -> Path:
        """Make a verified copy now. Raises NotAllowedError for those who may not."""
        return desk.back_up(self.database, now=self._clock())

    def copy_daily(self) -> Path | None:
        """The program's own copy of the day, whoever is signed in.

        None if there is one already, if a server keeps the data, while the place is locked, and
        where nothing can be written.
        """
        database, now = self._database, self._clock()
        if database is None or database.path is None or database.is_read_only:
            return None
        if copies.has_copy_of(database.path, now.date()):
            return None
        return copies.make_copy(database, now=now)

    def check(self) -> list[str]:
        """What is wrong with the database; an empty list is healthy."""
        database = self.database
        return [*copies.check_database(database), *check_access_log(database).findings]

    def enter_user(self, person: desk.NewUser) -> int:
        """Enter a person with a first password; returns the id."""
        return desk.enter_user(self.database, self.location, person)

    def close_account(self, user_id: int) -> str:
        """Close somebody's account, take away the key of file and copies; returns the number."""
        database = self.database
        number = database.write(partial(deactivate_user, user_id=user_id))
        Vault.load(desk.vault_of(self.location)).remove(number)
        for copy in copies_of(database.path) if database.path else ():
            with suppress(SystemTroubleError):  # a copy whose vault is lost opens for nobody
                Vault.load(vault_path(copy)).remove(number)
        return number

    def reset_password(self, user_id: int, password: str) -> str:
        """Give somebody a new first password; returns the number."""
        return desk.reset_password(self.database, self.location, user_id, password)

    def change_password(self, old: str, new: str) -> None:
        """The person's own change of password."""
        desk.change_password(self.location, self.actor.employee_no, old, new, now=self._clock())


def sign_in_at(location: str, employee_no: str, password: str) -> Workplace:
    """Sign in and take the place; see ``desk.sign_in`` for what may be raised."""
    database = desk.sign_in(location, employee_no, password, now=datetime.now(UTC))
    return Workplace(location, database)
