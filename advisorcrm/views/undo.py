"""What was done since sign-in and can be taken back, the last thing first (ui.md 4).

Each entry holds the inverse as work for the database: a service call with its facts, so that
taking back asks the same rights and leaves the same trace as doing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from advisorcrm.i18n import _
from advisorcrm.views.jobs import Jobs

MOST = 50


class Done(NamedTuple):
    """One committed action: how it was told, and what takes it back."""

    told: str
    inverse: Callable[..., Any]


class UndoStack(QObject):
    """``added(text)`` when something can be taken back, ``taken_back(text)`` when it was."""

    added = Signal(str)
    taken_back = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack: list[Done] = []

    def done(self, told: str, inverse: Callable[..., Any]) -> None:
        """Something was committed; ``inverse(session, actor)`` takes it back."""
        self._stack.append(Done(told, inverse))
        del self._stack[:-MOST]
        self.added.emit(told)

    def is_empty(self) -> bool:
        """Whether there is nothing to take back."""
        return not self._stack

    def undo(self, jobs: Jobs) -> None:
        """Take back the last action; one that is refused is forgotten with the reason told."""
        if not self._stack:
            return
        last = self._stack.pop()
        jobs.write(last.inverse, then=partial(self._tell, last), label=_("撤销"))

    def _tell(self, last: Done, _answer: object) -> None:
        self.taken_back.emit(_("已撤销：{what}").format(what=last.told))
