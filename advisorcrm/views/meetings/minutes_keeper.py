"""Stores what is written in the minutes: after a pause, in order, and nothing is lost.

One save is under way at a time: what is typed meanwhile goes next, upon the version that the
first one made. What somebody else wrote at the same time is put together with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from advisorcrm.errors import ConflictError
from advisorcrm.services.meetings.joined_minutes import data_of, join_minutes
from advisorcrm.services.meetings.meetings import Minutes, MinutesData, get_minutes, save_minutes
from advisorcrm.views.meetings.minutes_form import MinutesForm
from advisorcrm.views.surroundings import Surroundings

_SAVE_AFTER_MS = 8_000


class MinutesKeeper(QObject):
    """``saved`` when all is stored, ``joined(id)`` after two wrote, ``refused(error)``."""

    saved = Signal()
    joined = Signal(int)
    refused = Signal(object)

    def __init__(self, around: Surroundings, form: MinutesForm, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._form = form
        self._known: dict[int, Minutes] = {}
        self._queue: list[tuple[int, MinutesData]] = []
        self._under_way: tuple[int, MinutesData] | None = None
        self._then: list[Callable[[], None]] = []
        self.shown_id: int | None = None
        self.is_dirty = False
        self._pause = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._pause.timeout.connect(self._save_later)
        form.changed.connect(self._changed)

    @property
    def is_busy(self) -> bool:
        """Whether something is typed or on its way that the database does not say yet."""
        return self.is_dirty or self._under_way is not None or bool(self._queue)

    def take(self, minutes: Minutes) -> None:
        """The form shows these."""
        self._known[minutes.id] = minutes
        self.shown_id, self.is_dirty = minutes.id, False
        self._pause.stop()

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Store what was written; ``then`` is called when everything is, at once if it is.

        A time that is not understood stays as it was stored.
        """
        self._pause.stop()
        if self.is_dirty and self.shown_id is not None:
            self.is_dirty = False
            self._queue.append((self.shown_id, self._form.data(self._known[self.shown_id])))
        if then is not None:
            self._then.append(then)
        self._go_on()

    def _go_on(self) -> None:
        if self._under_way is not None:
            return
        if not self._queue:
            waiting, self._then = self._then, []
            for call in waiting:
                call()
            return
        meeting_id, data = self._under_way = self._queue.pop(0)
        work = partial(
            save_minutes, meeting_id=meeting_id, data=data, version=self._known[meeting_id].version
        )
        self._around.jobs.write(work, then=self._stored, failed=self._failed)

    def _stored(self, version: int) -> None:
        if self._under_way is None:
            return
        meeting_id, data = self._under_way
        self._under_way = None
        self._known[meeting_id] = _written(self._known[meeting_id], data, version)
        if not self._queue:
            self.saved.emit()
        self._go_on()

    def _failed(self, error: Exception) -> None:
        if self._under_way is None:
            return
        meeting_id, data = self._under_way
        if isinstance(error, ConflictError):
            work = partial(get_minutes, meeting_id=meeting_id)
            self._around.jobs.read(work, then=partial(self._join, data), failed=self._give_up)
        else:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """What was written stays in the form, to be stored with the next change."""
        if self._under_way is not None and self._under_way[0] == self.shown_id:
            self.is_dirty = True
        self._under_way = None
        self._then.clear()
        self.refused.emit(error)
        self._go_on()

    def _join(self, data: MinutesData, theirs: Minutes) -> None:
        """Somebody else wrote meanwhile: both stay, and what was typed since."""
        base = data_of(self._known[theirs.id])
        self._under_way = None
        if theirs.id == self.shown_id:
            data = self._form.data(self._known[theirs.id])
            self._queue = [one for one in self._queue if one[0] != theirs.id]
        both = join_minutes(base, data_of(theirs), data)
        self._known[theirs.id] = theirs
        if theirs.id == self.shown_id:
            may_write = theirs.closed_at is None
            self._form.show_minutes(_written(theirs, both, theirs.version), may_write=may_write)
            self.is_dirty = False
        self._queue.insert(0, (theirs.id, both))
        self.joined.emit(theirs.id)
        self._go_on()

    def _changed(self) -> None:
        self.is_dirty = True
        self._pause.start()

    def _save_later(self) -> None:
        if self._form.is_understood():
            self.save()


def _written(minutes: Minutes, data: MinutesData, version: int) -> Minutes:
    """The minutes with what was written, as the form shows them."""
    attendees = tuple(
        replace(one, is_present=one.user_id in data.present_ids) for one in minutes.attendees
    )
    return replace(
        minutes, version=version, starts_at=data.starts_at, ends_at=data.ends_at,
        place=data.place, chair_id=data.chair_id, items=data.items, attendees=attendees,
    )  # fmt: skip
