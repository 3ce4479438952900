"""A field that shows its value masked until it is revealed with a reason; only then it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit

from advisorcrm.rules.masking import MASKED_FIELDS
from advisorcrm.services.access import Right
from advisorcrm.services.files.client_points import reveal_field
from advisorcrm.views.clients.file_field import FileField, Meaning, Stored
from advisorcrm.views.clients.file_values import Read, write_plain
from advisorcrm.views.clients.reveal_button import RevealButton
from advisorcrm.views.surroundings import Surroundings
from advisorcrm.views.widgets.field import Verdict


class MaskedField(FileField):
    """``reveal`` is its button; what was typed is masked too when the time is over."""

    def __init__(self, around: Surroundings, label: str, name: str, read: Read) -> None:
        self._may_edit = around.may(Right.EDIT_CLIENTS)
        self._mask: Callable[[str], str] = MASKED_FIELDS[name]
        self._full: str | None = None
        self._wanted: str | None = None
        self.line = QLineEdit()
        super().__init__(label, self.line, Meaning((name,), partial(write_plain, name), read))
        self.reveal = RevealButton(around, label)
        self.reveal.shown.connect(self._show_full)
        self.reveal.masked.connect(self._mask_again)
        self.line.editingFinished.connect(self._leave)
        self.field.add_beside(self.reveal)

    def aim(self, client_id: int) -> None:
        """Another client: mask, and reveal that one's from now on."""
        self.reveal.hide_again()
        self._full = self._wanted = None
        self.forget()
        self._open(is_open=False)
        self._reveal_work = partial(reveal_field, client_id=client_id, field=self.name)

    def take(self, stored: Stored) -> None:
        """Show the masked value; an empty one may be typed at once."""
        self.see(stored)
        self._is_known = True
        self._wanted = None
        masked = self._meaning.write(stored)
        self._shown = masked
        self.reveal.aim(self._reveal_work if masked else None)
        if self.reveal.is_revealed():
            return
        self._full = None if masked else ""
        self.field.set_value(masked)
        self._open(is_open=not masked)
        self._remark()

    def is_dirty(self) -> bool:
        """Whether a new value was typed."""
        if not self._is_known or self._full is None:
            return self._wanted is not None
        return self.field.value() != self._full

    def values(self) -> Mapping[str, Any]:
        """The new value in full."""
        return self._meaning.read(self._text())

    def present(self) -> Mapping[str, Any]:
        """What stands there, for counting what is missing."""
        return {self.name: self._text() if self.is_dirty() else self._shown}

    def give_up(self) -> None:
        """Go back to the masked value."""
        self.reveal.hide_again()
        self._wanted = None
        self._full = None if self._shown else ""
        self.field.set_value(self._shown)
        self._open(is_open=not self._shown)
        self._remark()

    def end_saving(self) -> None:
        """What was sent is stored now; it is masked like the value before."""
        sent, self._sent = self._sent, None
        if sent is None:
            return
        self._shown = self._mask(sent[0])
        self._seen = {self.name: self._shown}
        if self._full is not None:
            self._full = sent[0]
        elif self._wanted == sent[0]:
            self._wanted = None

    def judge(self, text: str) -> Verdict | None:
        """A masked value is not judged."""
        return None if self.line.isReadOnly() else super().judge(text)

    def draft(self) -> dict[str, str] | None:
        """The new value; drafts are encrypted with everything else."""
        return {"seen": self._shown, "text": self._text()} if self.is_dirty() else None

    def restore(self, draft: Mapping[str, str]) -> None:
        """The typed value again, masked if there was one before."""
        if draft["seen"] != self._shown:
            self._shown = draft["seen"]
            self._seen = {self.name: draft["seen"]}
        if self._shown:
            self._wanted = draft["text"]
            self.field.set_value(self._mask(draft["text"]))
        else:
            self.field.set_value(draft["text"])
            self.field.check()

    def said(self) -> tuple[str, str]:
        """Both masked."""
        return self._say(self._shown), self._say(self._mask(self._text()))

    def _text(self) -> str:
        if self._full is None:
            return self._wanted or ""
        return self.field.value()

    def _open(self, *, is_open: bool) -> None:
        self.line.setReadOnly(not (is_open and self._may_edit))
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    def _show_full(self, value: str) -> None:
        self._full = value
        self.field.set_value(value if self._wanted is None else self._wanted)
        self._open(is_open=True)
        self.line.setFocus()
        self.line.selectAll()

    def _mask_again(self) -> None:
        """The time is over; who is still typing is masked on leaving."""
        if self._full and not (self.line.hasFocus() and self.is_dirty()):
            self._close()

    def _leave(self) -> None:
        if self._full and not self.reveal.is_revealed():
            self._close()

    def _close(self) -> None:
        typed = self.field.value()
        self._wanted = typed if typed != self._full else None
        self._full = None
        self._open(is_open=False)
        self.field.set_value(self._shown if self._wanted is None else self._mask(self._wanted))
