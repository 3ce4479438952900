"""What the sign-in window tells of the place, read after its first paint."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from advisorcrm import __version__
from advisorcrm.errors import AdvisorCrmError
from advisorcrm.views.sign_in.door import is_server
from advisorcrm.views.sign_in.login_window import LoginInfo


def login_info(location: str, today: date) -> LoginInfo:
    """What may be told before anybody is known; less if the vault cannot be read."""
    from advisorcrm.db.keys import Vault, vault_path
    from advisorcrm.rules.plain_dates import weekday_label

    day = f"{today.isoformat()} {weekday_label(today)}"
    if is_server(location):
        place = location.rpartition("@")[2]
        return LoginInfo(place=place, day=day, version=__version__, is_encrypted=False)
    branch = ""
    with suppress(AdvisorCrmError):
        branch = Vault.load(vault_path(Path(location))).about.get("branch", "")
    return LoginInfo(branch=branch, place=Path(location).name, day=day, version=__version__)
