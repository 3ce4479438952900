"""``completeness``: how complete the files are, of the branch or of one client (R3)."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING, Any

from advisorcrm.cli.session import client_of_account, now, signed_in
from advisorcrm.columns import branch_date

if TYPE_CHECKING:
    from advisorcrm.services.completeness.completeness import Share


def completeness(options: argparse.Namespace) -> dict[str, Any]:
    """The percentage of all files the person may see, or of one client with what it lacks."""
    return _of_client(options) if options.client is not None else _of_branch(options)


def _of_branch(options: argparse.Namespace) -> dict[str, Any]:
    from advisorcrm.services.completeness.completeness import count_completeness

    today = branch_date(now())
    with signed_in(options) as database:
        found = database.read(partial(count_completeness, today=today))
    return {
        "clients": found.whole.clients,
        "percent": found.whole.percent,
        "below_90": found.whole.below,
        "advisors": [_share(share) for share in found.advisors],
        "groups": [_share(share) for share in found.groups],
    }


def _of_client(options: argparse.Namespace) -> dict[str, Any]:
    from advisorcrm.services.files.client_files import open_client_file

    today = branch_date(now())
    with signed_in(options) as database:
        client_id = client_of_account(database, options.client)
        file = database.read(partial(open_client_file, client_id=client_id, today=today))
    missing = [
        {"field": gap.name, "label": gap.label, "reason": gap.reason, "weight": gap.weight,
         "is_doubt": gap.is_doubt}
        for gap in file.missing
    ]  # fmt: skip
    return {"client": file.client_no, "percent": file.completeness, "missing": missing}


def _share(share: Share) -> dict[str, Any]:
    return {
        "name": share.name,
        "clients": share.clients,
        "percent": share.percent,
        "below_90": share.below,
    }
