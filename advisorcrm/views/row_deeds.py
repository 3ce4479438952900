"""What can be done with the row at the cursor: a button and a key each, offered only if it fits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from advisorcrm.views.page_keys import PageKeys
from advisorcrm.views.widgets.button_row import ButtonRow
from advisorcrm.views.widgets.buttons import Button, plain


class RowDeed(NamedTuple):
    """One deed: what it does with a row, and whether a row fits."""

    button: Button
    call: Callable[[Any], object]
    fits: Callable[[Any], bool]


class RowDeeds:
    """The deeds of a page in the order of their weight; ``current`` tells the row at the cursor."""

    def __init__(self, buttons: ButtonRow, keys: PageKeys, current: Callable[[], Any]) -> None:
        self._buttons = buttons
        self._keys = keys
        self._current = current
        self._deeds: list[RowDeed] = []

    def add(
        self, text: str, key: str, call: Callable[[Any], object],
        fits: Callable[[Any], bool], icon: str = "",
    ) -> None:  # fmt: skip
        """Append a deed with its button and its key."""
        button = plain(text, icon=icon, key=key)
        self._deeds.append(RowDeed(button, call, fits))
        run = partial(self.do, call, fits)
        button.clicked.connect(run)
        self._keys.add(key, run, text)
        self._buttons.add(button)

    def follow(self) -> None:
        """Offer only what can be done with the row at the cursor."""
        row = self._current()
        for deed in self._deeds:
            deed.button.setEnabled(row is not None and deed.fits(row))
        self._buttons.fold()

    def do(self, call: Callable[[Any], object], fits: Callable[[Any], bool]) -> None:
        """Do something with the row at the cursor, if it fits."""
        row = self._current()
        if row is not None and fits(row):
            call(row)

    def do_first(self) -> None:
        """Do the weightiest deed that fits the row at the cursor."""
        row = self._current()
        found = next((one for one in self._deeds if row is not None and one.fits(row)), None)
        if found is not None:
            found.call(row)

    def offered(self) -> list[Button]:
        """The buttons of what can be done now."""
        return [deed.button for deed in self._deeds if deed.button.isEnabled()]
