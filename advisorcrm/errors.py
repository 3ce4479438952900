"""What can go wrong, in three fates: the user mends it, the computer is at fault, or it is a bug.

``str(error)`` of the first two is a sentence for the person in front of the screen: what
happened and what to do. Anything outside this tree is a bug and reaches the crash dialog.
"""

from __future__ import annotations


class AdvisorCrmError(Exception):
    """Root of everything the program says in a sentence."""


class UserError(AdvisorCrmError):
    """The user can mend it."""


class InvalidFieldError(UserError):
    """One field holds something the business does not accept."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


class NotFoundError(UserError):
    """The record is gone, or the person may not see it: deliberately the same answer."""


class NotAllowedError(UserError):
    """The person's role does not include this."""


class AccountClosedError(NotAllowedError):
    """The account was closed or given another role while its owner was signed in."""


class SignInError(UserError):
    """Wrong number or password, or the account must wait ``wait_seconds``."""

    def __init__(
        self, reason: str, *, wait_seconds: float = 0, tries_left: int | None = None
    ) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds
        self.tries_left = tries_left


class ConflictError(UserError):
    """Somebody saved the same record in between; ``fields`` were changed by both sides."""

    def __init__(self, reason: str, *, fields: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.fields = fields


class ImportRejectedError(UserError):
    """A file that cannot be taken at all: not understood, or without a single usable row."""


class CancelledError(UserError):
    """The user stopped a long piece of work; nothing of it remains."""


class SystemTroubleError(AdvisorCrmError):
    """The computer's fault: disk, lock, server, damaged or newer file."""


class FileBusyError(SystemTroubleError):
    """A target file is open in another program."""


class DiskFullError(SystemTroubleError):
    """No room left; the old content is untouched."""


class DatabaseBusyError(SystemTroubleError):
    """Another program holds the database longer than we wait."""


class DatabaseDamagedError(SystemTroubleError):
    """The database or its vault cannot be read; the file is left as it is."""


class DatabaseReadOnlyError(SystemTroubleError):
    """The disk or file cannot be written."""


class SharedPlaceError(SystemTroubleError):
    """The file lies where other computers write: a network's disk or a synchronised folder."""


class NewerDatabaseError(SystemTroubleError):
    """The file was written by a newer version of the program."""


class ServerGoneError(SystemTroubleError):
    """The branch's database server does not answer."""


class ServerRefusedError(SystemTroubleError):
    """The server does not take the name and password that the vault holds for it."""
