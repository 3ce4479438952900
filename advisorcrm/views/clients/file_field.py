"""One field of a client's file: what the person saw, what it shall be, whether it is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.services.files.conflicts import Change
from advisorcrm.views.clients.file_values import Read, Write
from advisorcrm.views.widgets.field import Field, Verdict
from advisorcrm.views.widgets.level import Level

Advise = Callable[[Mapping[str, Any]], Verdict | None]
Stored = Mapping[str, Any]


@dataclass(frozen=True)
class Meaning:
    """Which stored values a field stands for, and how they are written, read and remarked on."""

    names: tuple[str, ...]
    write: Write
    read: Read
    advise: Advise | None = None


class FileField(QObject):
    """Keeps a ``Field`` and the stored values it stands for together; ``changed`` on each key."""

    changed = Signal()

    def __init__(
        self,
        label: str,
        editor: QWidget,
        meaning: Meaning,
        *,
        required: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__()
        self.names = meaning.names
        self._meaning = meaning
        self._seen: dict[str, Any] = dict.fromkeys(meaning.names)
        self._shown = ""
        self._is_gap = False
        self._is_known = False
        self._is_fixed = False
        self._sent: tuple[str, Mapping[str, Any]] | None = None
        self.field = Field(label, editor, required=required, hint=hint, judge=self.judge)
        self.setParent(self.field)
        self.field.changed.connect(self.changed)

    @property
    def name(self) -> str:
        """The first of its stored values names the field."""
        return self.names[0]

    @property
    def label(self) -> str:
        """What the field is called."""
        return self.field.label

    # Showing

    def show_file(self, stored: Stored, *, is_gap: bool = False) -> None:
        """Show what is stored; what is being typed stays, and with it what was seen."""
        self._is_gap = is_gap
        if not self.is_dirty():
            self.take(stored)

    def forget(self) -> None:
        """Another record is on its way: nothing is known and nothing typed."""
        self._is_known = False
        self._sent = None
        self._fill("")
        self.field.clear_message()

    def take(self, stored: Stored) -> None:
        """Show what is stored, whatever was typed."""
        self.see(stored)
        self._is_known = True
        text = self._meaning.write(stored)
        if self.field.value() != text:  # the cursor stays where nothing changes
            self._fill(text)
        self._shown = self.field.value()
        self._remark()

    def see(self, stored: Stored) -> None:
        """What is stored now has been seen; what was typed stays."""
        self._seen = {name: stored[name] for name in self.names}

    def give_up(self) -> None:
        """Go back to what was shown."""
        self._fill(self._shown)
        self._remark()

    def set_read_only(self) -> None:
        """Nobody types here."""
        self._is_fixed = True
        set_read_only(self.field.editor)

    def lock(self, *, is_locked: bool) -> None:
        """Let a field that could be typed in rest while the file is restricted."""
        if not self._is_fixed:
            set_read_only(self.field.editor, read_only=is_locked)

    # What was typed

    def is_dirty(self) -> bool:
        """Whether something else stands there than what was shown."""
        return self._is_known and self.field.value() != self._shown

    def values(self) -> Mapping[str, Any]:
        """What stands there. Raises InvalidFieldError for what is not right."""
        return self._meaning.read(self.field.value())

    def present(self) -> Mapping[str, Any]:
        """What stands there as far as it can be read, else what was seen."""
        try:
            return self.values() if self.is_dirty() else self._seen
        except InvalidFieldError:
            return self._seen

    def changes(self) -> dict[str, Change]:
        """What the person saw and wants, for each stored value that differs."""
        if not self.is_dirty():
            return {}
        wanted = self.values()
        return {
            name: Change(self._seen[name], wanted[name])
            for name in self.names
            if wanted[name] != self._seen[name]
        }

    def begin_saving(self) -> None:
        """Remember what is sent; typing may go on meanwhile."""
        self._sent = (self._text(), self.values()) if self.is_dirty() else None

    def end_saving(self) -> None:
        """What was sent is stored now and has been seen."""
        sent, self._sent = self._sent, None
        if sent is not None:
            self._shown = sent[0]
            self._seen = dict(sent[1])

    def check(self) -> bool:
        """Whether what was typed may be saved; untouched fields may."""
        return not self.is_dirty() or self.field.check()

    def judge(self, text: str) -> Verdict | None:
        """What is wrong with a text, or what is to be said about it."""
        if not text and self._is_gap:
            return Verdict(Level.WARN, _("待补"))
        try:
            values = self._meaning.read(text)
        except InvalidFieldError as error:
            return Verdict(Level.ERROR, str(error))
        return self._meaning.advise(values) if self._meaning.advise else None

    # Drafts and conflicts

    def draft(self) -> dict[str, str] | None:
        """What was typed and what stood there before, if anything was typed."""
        if not self.is_dirty():
            return None
        return {"seen": self._shown, "text": self.field.value()}

    def restore(self, draft: Mapping[str, str]) -> None:
        """Type again what a draft holds; what was seen then counts as seen."""
        if draft["seen"] != self._shown:
            self._shown = draft["seen"]
            self._seen = self._read_again(draft["seen"])
        self._fill(draft["text"])
        self.field.check()

    def said(self) -> tuple[str, str]:
        """What was seen and what is wanted, in words."""
        return self._say(self._shown), self._say(self.field.value())

    def say_stored(self, stored: Stored) -> str:
        """What is stored, in words."""
        return self._say(self._meaning.write(stored))

    # Inside

    def _text(self) -> str:
        return self.field.value()

    def _fill(self, text: str) -> None:
        self.field.set_value(text)

    def _say(self, text: str) -> str:
        return say_in(self.field.editor, text)

    def _read_again(self, text: str) -> dict[str, Any]:
        try:
            return dict(self._meaning.read(text))
        except InvalidFieldError:
            return dict.fromkeys(self.names)

    def _remark(self) -> None:
        """Say what there is to say about a stored value, but never call it wrong."""
        verdict = self.judge(self.field.value())
        if verdict and verdict.level is not Level.ERROR:
            self.field.show_message(*verdict)
        else:
            self.field.clear_message()


def say_in(editor: QWidget, text: str) -> str:
    """A value in the words of its editor."""
    if not text:
        return _("空")
    if isinstance(editor, QComboBox):
        place = editor.findData(text)
        return editor.itemText(place) if place >= 0 else text
    say = getattr(editor, "say", None)
    return str(say(text)) if say else text


def set_read_only(editor: QWidget, *, read_only: bool = True) -> None:
    """Let an editor be read but not changed."""
    if isinstance(editor, QLineEdit | QPlainTextEdit):
        editor.setReadOnly(read_only)
    elif isinstance(editor, QComboBox | QPushButton):
        editor.setEnabled(not read_only)
