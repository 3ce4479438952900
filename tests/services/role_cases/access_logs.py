"""The log of views, prints and exports: who may look into it."""

from __future__ import annotations

from datetime import timedelta

from advisorcrm.services import access_logs
from tests.factories import NOW
from tests.services.roles import MANAGE, SEE, Case

CASES: dict[str, Case] = {
    "access_logs.list_accesses": (
        lambda s, a, w: access_logs.list_accesses(s, a, access_logs.AccessFilter()),
        MANAGE,
    ),
    "access_logs.list_people": (lambda s, a, w: access_logs.list_people(s, a), MANAGE),
    "access_logs.log_view": (
        lambda s, a, w: access_logs.log_view(s, a, w.client, now=NOW + timedelta(days=1)),
        SEE,
    ),
}
