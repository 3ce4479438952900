"""Where the person has been: back and forward over fifty steps."""

from __future__ import annotations

from typing import NamedTuple

_STEPS = 50


class Place(NamedTuple):
    """A page and the record shown on it, if it shows one."""

    key: str
    record_id: int | None = None


class History:
    """Places in the order they were visited."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def visit(self, place: Place) -> None:
        """Go somewhere new; what lay ahead is forgotten."""
        if self.current() == place:
            return
        del self._places[self._at + 1 :]
        self._places.append(place)
        del self._places[:-_STEPS]
        self._at = len(self._places) - 1

    def current(self) -> Place | None:
        """Where the person is."""
        return self._places[self._at] if self._at >= 0 else None

    def back(self) -> Place | None:
        """One step back, None at the start."""
        return self._step(-1)

    def forward(self) -> Place | None:
        """One step forward, None at the end."""
        return self._step(1)

    def can_go_back(self) -> bool:
        """Whether there is a step before."""
        return self._at > 0

    def can_go_forward(self) -> bool:
        """Whether there is a step after."""
        return self._at < len(self._places) - 1

    def _step(self, way: int) -> Place | None:
        if not 0 <= self._at + way < len(self._places):
            return None
        self._at += way
        return self._places[self._at]
