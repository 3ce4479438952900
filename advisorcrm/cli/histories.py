"""``history`` and ``changed``: who changed what in a client's file, and which files on a day."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from advisorcrm.cli.session import client_of_account, now, signed_in
from advisorcrm.columns import branch_date, show_instant


def history(options: argparse.Namespace) -> dict[str, Any]:
    """The changes of one client's file, newest first, masked; the look is logged (R148)."""
    from advisorcrm.services.access_logs import log_view
    from advisorcrm.services.histories.histories import list_history

    with signed_in(options) as database:
        client_id = client_of_account(database, options.account)
        if not database.is_read_only:  # decision 016: finding and viewing go on
            database.write(partial(log_view, client_id=client_id, now=now()))
        page = database.read(partial(list_history, client_id=client_id, limit=options.limit))
    entries = [
        {
            "at": show_instant(entry.at),
            "who": entry.who,
            "field": entry.label,
            "old": entry.old,
            "new": entry.new,
            "why": entry.why,
            "batch": entry.batch,
            "source": entry.source,
            "version": entry.version,
        }
        for entry in page.entries
    ]
    return {"total": page.total, "versions": page.versions, "entries": entries}


def changed(options: argparse.Namespace) -> dict[str, Any]:
    """The files that were changed on a day, today if none is named."""
    from advisorcrm.rules.workdays import demand_known_day
    from advisorcrm.services.files.changed_files import list_changed_files

    day = demand_known_day(options.on or branch_date(now()), "on")
    with signed_in(options) as database:
        files = database.read(partial(list_changed_files, day=day))
    rows = [
        {
            "advisor": file.advisor_name,
            "client": file.client_name,
            "at": show_instant(file.changed_at),
            "who": "、".join(file.people),
            "what": "、".join(file.labels),
        }
        for file in files
    ]
    return {"day": day.isoformat(), "total": len(rows), "files": rows}
