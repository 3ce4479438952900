"""How long a risk test of a file may count: no longer than one that is entered by hand (2.4c)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from advisorcrm.i18n import _
from advisorcrm.services.suitability.risk_tests import said_too_long

TESTED, EXPIRES = "risk_tested_on", "risk_expires_on"


def said_wrong_term(record: Mapping[str, Any], old: Mapping[str, Any], months: int) -> str:
    """Why the dates to be stored cannot be those of one test; nothing if they can.

    ``record`` is what the row would store and ``old`` what the client's file holds: a term that
    stands there already is not judged again, as on the page of the client.
    """
    if TESTED not in record and EXPIRES not in record:
        return ""
    tested: date | None = record.get(TESTED, old.get(TESTED))
    expires: date | None = record.get(EXPIRES, old.get(EXPIRES))
    if tested is None or expires is None:
        return ""
    if expires < tested:
        return _("测评到期日早于测评日期，请核对。")
    return said_too_long(tested, expires, months)
