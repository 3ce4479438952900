"""``duplicates``: files that may be about one person."""

from __future__ import annotations

import argparse
from typing import Any

from advisorcrm.cli.session import signed_in


def pairs(options: argparse.Namespace) -> dict[str, Any]:
    """All pairs that are not judged to be different people, the likest first."""
    from advisorcrm.services.merges.duplicates import list_duplicate_pairs

    with signed_in(options) as database:
        found = database.read(list_duplicate_pairs)
    return {
        "total": len(found),
        "pairs": [
            {
                "first": {"name": pair.first_name, "client_no": pair.first_no},
                "second": {"name": pair.second_name, "client_no": pair.second_no},
                "score": pair.score,
                "facts": [fact.value for fact in pair.facts],
                "verdict": pair.verdict.value if pair.verdict else None,
            }
            for pair in found
        ],
    }
