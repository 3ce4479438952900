"""``tour``: walks through the real windows as a person would and leaves a picture of each.

A branch of invented clients is made in a temporary folder; the main job is done in it from the
import of a spreadsheet to the printed form. Every screen is taken at two sizes, light and dark,
in both languages.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from advisorcrm.i18n import _

_NO_DISPLAY = "offscreen"


def tour(options: argparse.Namespace) -> dict[str, Any]:
    """Take the tour; answers the folder and the files in it."""
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="advisorcrm-tour-") as home, _home(Path(home)):
        _choose_screen(Path(home))
        with _application(), _collecting_here():
            files = _walk(Path(home), out)
    return {"folder": str(out), "files": [path.name for path in files], "done": _("已走完")}


@contextmanager
def _application() -> Iterator[None]:
    """It is there before the first timer is started, and until the last window is collected."""
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    yield
    del application


@contextmanager
def _collecting_here() -> Iterator[None]:
    """As in the window program: a widget that a worker's thread collects stops everything."""
    from advisorcrm.views.garbage import GarbageTimer

    garbage = GarbageTimer()
    garbage.start()
    try:
        yield
    finally:
        garbage.stop()
        del garbage
        gc.collect()  # with every window gone
        gc.enable()


def _walk(home: Path, out: Path) -> list[Path]:
    """Whatever made windows is gone when this has returned."""
    from advisorcrm.cli.tour.route import walk

    return walk(home, out)


def _choose_screen(folder: Path) -> None:
    """Without a display Qt's screen is smaller than the windows; here it is the largest of them."""
    if os.environ.setdefault("QT_QPA_PLATFORM", _NO_DISPLAY) == _NO_DISPLAY:
        screen = {"name": "tour", "x": 0, "y": 0, "width": 1440, "height": 900,
                  "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
        path = folder / "screen.json"
        path.write_text(json.dumps({"screens": [screen]}), "utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"{_NO_DISPLAY}:configfile={path}"


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    """Everything the program keeps goes into the folder meanwhile."""
    before = os.environ.get("ADVISORCRM_HOME")
    os.environ["ADVISORCRM_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["ADVISORCRM_HOME"]
        else:
            os.environ["ADVISORCRM_HOME"] = before
