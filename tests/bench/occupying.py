"""``python -m tests.bench.occupying product PLACE | bare``: megabytes with the list open."""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

_JUMPS = 60


def main() -> None:
    """Open, scroll through, and print what is resident then."""
    if sys.argv[1] == "bare":
        _open_bare()
    else:
        _open_list(Path(sys.argv[2]))
    print(json.dumps({"mb": _resident()}), flush=True)
    os._exit(0)  # nobody closes the windows here, as somebody at a desk does


def _open_bare() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    for _turn in range(20):
        app.processEvents()
    _KEPT.extend((app, window))


_KEPT: list[object] = []


def _open_list(place: Path) -> None:
    from tests.bench.seat import Seat

    seat = Seat(place)
    seat.open_list()
    bar, chance = seat.page.table.verticalScrollBar(), random.Random(1)
    for _jump in range(_JUMPS):
        bar.setValue(chance.randrange(bar.maximum()))
        seat.rest(0.05)
    seat.settle()
    _KEPT.append(seat)


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
