"""``find``: clients by whatever is known of them."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from advisorcrm.cli.session import signed_in


def find(options: argparse.Namespace) -> dict[str, Any]:
    """The clients that fit, best first, masked."""
    from advisorcrm.services.clients.client_search import find_clients

    with signed_in(options) as database:
        found = database.read(
            partial(find_clients, text=" ".join(options.text), limit=options.limit)
        )
    clients = [
        {
            "name": client.name,
            "initials": client.initials,
            "account": client.account,
            "phone": client.phone,
            "tier": client.tier,
            "advisor": client.advisor_no,
        }
        for client in found.clients
    ]
    return {"total": found.total, "clients": clients}
