"""Waiting for what comes: as long as the slowest machine needs, and no longer than it takes."""

from __future__ import annotations

from functools import partialmethod

from pytestqt.qtbot import QtBot

PATIENCE_MS = 30_000
"""Longer than any machine takes; nothing waits as long as this unless it never comes."""


def be_patient() -> None:
    """Every wait of a window test that names no time of its own has this one.

    The five seconds of pytest-qt are over before a window is active or a file is read where other
    work holds the machine: the test would fail by chance.
    """
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed"):
        setattr(QtBot, name, partialmethod(getattr(QtBot, name), timeout=PATIENCE_MS))
