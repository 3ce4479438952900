"""The list a person came from: Alt+Up and Alt+Down go along it on the client's page."""

from __future__ import annotations

from array import array
from collections.abc import Sequence


class ClientWalk:
    """Ids in the order of the list that was left."""

    def __init__(self) -> None:
        self._ids: array[int] = array("q")

    def follow(self, ids: Sequence[int]) -> None:
        """Go along this list from now on."""
        self._ids = array("q", ids)

    def place(self, client_id: int) -> tuple[int, int]:
        """Which of how many the client is; (0, 0) if the list does not hold him."""
        try:
            return self._ids.index(client_id) + 1, len(self._ids)
        except ValueError:
            return 0, 0

    def neighbour(self, client_id: int, step: int) -> int | None:
        """The client before or after; None at the ends and outside the list."""
        place, count = self.place(client_id)
        wanted = place + step
        return self._ids[wanted - 1] if place and 1 <= wanted <= count else None
