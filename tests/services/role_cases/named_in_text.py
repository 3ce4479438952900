"""Sentences that name a client: everybody's desk may stand in public view."""

from __future__ import annotations

from advisorcrm.services.clients import named_in_text
from tests.services.roles import EVERYBODY, Case

CASES: dict[str, Case] = {
    "named_in_text.hide_named_clients": (
        lambda s, a, w: named_in_text.hide_named_clients(s, a, "已保存"), EVERYBODY),
}  # fmt: skip
