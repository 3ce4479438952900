"""From a key in the search line to the repainted list, typed at the pace of a quick person.

``python -m tests.bench.typing_keys PLACE QUERIES``. Between two keys the program does what it
does when nobody types: the preview, the order behind the page, the totals. Some keys come before
that begins, some just as it has begun, some in the midst of it.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import cycle
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QTableView

from tests.bench.scrolling import frames, plain_table_like
from tests.bench.seat import Seat
from tests.bench.timing import median, p95

_PAUSES = (0.13, 0.22, 0.3)
"""Seconds without a key; after 0.2 of them the program turns to what was put off."""
_TEXTS = 24
_KINDS = ("name3", "phone4", "initials", "mixed")
_ROUNDS = 6


def main() -> None:
    """Print keystrokes and frames of the list in milliseconds."""
    place, queries = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    texts = [text for kind in _KINDS for text in queries[kind][: _TEXTS // len(_KINDS)]]
    seat = Seat(place)
    seat.open_list()
    rounds, plain_frames, own_frames = [], [], []
    for turn in range(_ROUNDS):
        rounds.append(_type_all(seat, texts))
        seat.page.bar.line.setText("")
        seat.settle()
        plain = plain_table_like(seat.page.table)
        plain_frames.append(_frame(seat, plain, turn))
        plain.close()
        own_frames.append(_frame(seat, seat.page.table, turn))
    took = [min(each) for each in zip(*rounds, strict=True)]
    print(
        json.dumps(
            {"product": p95(took), "median": median(took), "limit": min(plain_frames),
             "own_frame": min(own_frames), "first_round": p95(rounds[0]), "keys": len(took)}
        ),
        flush=True,
    )  # fmt: skip
    seat.leave()


def _frame(seat: Seat, table: QTableView, turn: int) -> float:
    return p95(frames(seat.app, table, turn))


def _type_all(seat: Seat, texts: list[str]) -> list[float]:
    """Milliseconds of every key of every text; each key has the same pause in every round."""
    took, pauses = [], cycle(_PAUSES)
    for text in texts:
        if seat.page.bar.line.text():
            _press(seat, "")
        for end in range(1, len(text) + 1):
            seat.rest(next(pauses))
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


if __name__ == "__main__":
    main()
