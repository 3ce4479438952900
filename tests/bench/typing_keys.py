"""From a key in the search line to the repainted list, typed at the pace of a quick person.

``python -m tests.bench.typing_keys PLACE QUERIES``. Between two keys the program does what it
does when nobody types: the order behind the page, the totals.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.scrolling import frames, plain_table_like
from tests.bench.seat import Seat
from tests.bench.timing import median, p95

_BETWEEN_KEYS = 0.13
_TEXTS = 24
_KINDS = ("name3", "phone4", "initials", "mixed")


def main() -> None:
    """Print keystrokes and frames of the list in milliseconds."""
    place, queries = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    seat = Seat(place)
    seat.open_list()
    took = [
        milliseconds
        for kind in _KINDS
        for text in queries[kind][: _TEXTS // len(_KINDS)]
        for milliseconds in _type(seat, text)
    ]
    _clear(seat)
    plain = plain_table_like(seat.page.table)
    frame = min(p95(frames(seat.app, plain, turn)) for turn in range(3))
    own = min(p95(frames(seat.app, seat.page.table, turn)) for turn in range(3))
    plain.close()
    print(
        json.dumps(
            {"product": p95(took), "median": median(took), "limit": frame, "own_frame": own,
             "keys": len(took)}
        ),
        flush=True,
    )  # fmt: skip
    seat.leave()


def _type(seat: Seat, text: str) -> list[float]:
    _clear(seat)
    took = []
    for end in range(1, len(text) + 1):
        seat.rest(_BETWEEN_KEYS)
        took.append(_press(seat, text[:end]))
    return took


def _press(seat: Seat, text: str) -> float:
    """Milliseconds from the changed line to the painted answer to just this text."""
    listing: Any = seat.page.listing
    answered = False

    def listed(_count: int) -> None:
        nonlocal answered
        answered = answered or listing.query.text == text
        seat.painted_clients.clear()

    listing.listed.connect(listed)
    began = time.perf_counter()
    seat.page.bar.line.setText(text)
    seat.wait(lambda: answered and seat.painted_clients, at_once=True)
    took = (time.perf_counter() - began) * 1000
    listing.listed.disconnect(listed)
    return took


def _clear(seat: Seat) -> None:
    seat.page.bar.line.setText("")
    seat.settle()


if __name__ == "__main__":
    main()
