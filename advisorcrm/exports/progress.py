"""How a report tells how far it is; who listens may raise CancelledError to stop it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], object]
"""Called with what is done and what there is in all; 0 where that is not known."""


def unheard(_done: int, _total: int) -> None:
    """Nobody listens."""
