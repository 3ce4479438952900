"""Keeps what is typed: at most two seconds after the first unsaved key, encrypted, per person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from advisorcrm.services.drafts import discard_draft, save_draft
from advisorcrm.views.jobs import Jobs

SOON_MS = 1200
"""Together with the write itself well within two seconds."""


class DraftContent(NamedTuple):
    """A form's present content and what its chip says."""

    title: str
    content: Mapping[str, Any]


class DraftKeeper(QObject):
    """Watches one form; ``kept(at)`` after a draft was written, ``failed(error)`` if it was not."""

    kept = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        key: tuple[str, str],
        clock: Callable[[], datetime],
        content: Callable[[], DraftContent | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.key = key
        self._clock = clock
        self._content = content
        self._is_changed = False
        self._is_kept = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SOON_MS)
        self.timer.timeout.connect(self.keep)

    def start(self, key: tuple[str, str], *, is_kept: bool = False) -> None:
        """Watch another matter; ``is_kept`` if there is a draft of it already."""
        self.timer.stop()
        self.key = key
        self._is_changed = False
        self._is_kept = is_kept

    def touch(self) -> None:
        """Something was typed."""
        self._is_changed = True
        if not self.timer.isActive():
            self.timer.start()

    def keep(self) -> None:
        """Write the draft now, if anything is unsaved."""
        self.timer.stop()
        if not self._is_changed:
            return
        self._is_changed = False
        found = self._content()
        if found is None:
            self.discard()
            return
        self._is_kept = True
        form, subject = self.key
        self._jobs.write(
            partial(
                save_draft,
                form=form,
                subject=subject,
                title=found.title,
                content=found.content,
                now=self._clock(),
            ),
            then=self._tell_kept,
            failed=self._tell_failed,
            is_quiet=True,
        )

    def discard(self) -> None:
        """Forget the draft: it became a record, or was given up."""
        self.timer.stop()
        self._is_changed = False
        if self._is_kept:
            self._is_kept = False
            form, subject = self.key
            self._jobs.write(
                partial(discard_draft, form=form, subject=subject), failed=self._tell_failed
            )

    def _tell_kept(self, at: datetime) -> None:
        self.kept.emit(at)

    def _tell_failed(self, error: Exception) -> None:
        """What could not be kept is tried again with the next key."""
        self._is_changed = True
        self.failed.emit(error)
