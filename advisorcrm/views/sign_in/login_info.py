"""What the sign-in window tells of the place, read after its first paint."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from advisorcrm import __version__
from advisorcrm.errors import AdvisorCrmError
from advisorcrm.i18n import _
from advisorcrm.views.backup_age import backup_tone
from advisorcrm.views.sign_in.door import is_server
from advisorcrm.views.sign_in.login_window import LoginInfo

_LATE_AFTER = timedelta(hours=24)


def login_info(location: str, today: date, *, now: datetime) -> LoginInfo:
    """What may be told before anybody is known; less if the vault cannot be read.

    For the door's thread: vault and backups may lie on another computer.
    """
    from advisorcrm.db.keys import Vault, vault_path
    from advisorcrm.rules.plain_dates import day_label

    day = day_label(today.isoformat(), today)
    if is_server(location):
        place = location.rpartition("@")[2]
        return LoginInfo(place=place, day=day, version=__version__, is_encrypted=False)
    branch = ""
    with suppress(AdvisorCrmError):
        branch = Vault.load(vault_path(Path(location))).about.get("branch", "")
    told, tone = _backup(Path(location), now)
    return LoginInfo(branch, Path(location).name, told, day, __version__, backup_tone=tone)


def _backup(database: Path, now: datetime) -> tuple[str, str]:
    """When the last copy was made, and whether that is long ago; nothing where none can be seen."""
    from advisorcrm.columns import show_instant
    from advisorcrm.db.copy_places import copied_at, newest_copy

    with suppress(OSError):  # a folder that may not be looked into
        copy = newest_copy(database)
        if copy is None:
            return _("还没有备份"), "warn"
        at = copied_at(copy)
        return _("备份 {at}").format(at=show_instant(at)), backup_tone(now - at, _LATE_AFTER)
    return "", "text2"
