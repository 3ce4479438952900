"""A vCard file cut into cards and properties, whatever program wrote it (2.1, 3.0, 4.0).

Works on bytes: a line may be folded or broken off inside a character, and each property may have
a charset of its own. Pictures, sounds and keys are passed over without being decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from advisorcrm.imports.text_encoding import by_mark, is_big5

_PROPERTY = re.compile(
    rb"(?:(?P<group>[\w.-]{1,60})\.)?(?P<name>[A-Za-z][\w-]{0,60})\s*"
    rb'(?P<parameters>(?:;(?:"[^"\n]*"|[^":\n])*)?):(?P<value>.*)',
    re.DOTALL,
)
_LOOSE = re.compile(
    rb"(?:(?P<group>[\w.-]{1,60})\.)?(?P<name>[A-Za-z][\w-]{0,60})\s*"
    rb"(?P<parameters>(?:;[^:\n]*)?):(?P<value>.*)",
    re.DOTALL,
)
"""For a quoted parameter that is never closed."""
_PARAMETER = re.compile(
    rb";\s*(?P<name>[\w-]+(?:\([^()]*\)|[\x80-\xff]+)?)"
    rb'(?:\s*=\s*(?P<value>(?:"[^"]*"|[^";])*))?'
)
_EDGE = re.compile(rb"\s*(?P<edge>BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)
_KNOWN_START = re.compile(
    rb"\s*(?:BEGIN|END|VERSION|N|FN|TEL|EMAIL|ORG|TITLE|NOTE|ADR|BDAY|URL|PHOTO|UID|REV|CATEGORIES"
    rb"|X-[\w-]+)[:;]",
    re.IGNORECASE,
)
_WIDE_BEGIN = b"B\0E\0G\0I\0N"
_LOOKED_AT = 8 << 10
_LONGEST_HEAD = 2000
_LINE_END = re.compile(rb"\r*\n|\r")
_BLANKS_BEHIND = re.compile(rb"=[ \t]+$")
"""Blanks behind a soft break, which some mail programs add on the way."""
_LEFT_ALONE = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_TEXTS = frozenset({"N", "FN", "NICKNAME", "ORG", "TITLE", "ROLE", "ADR", "LABEL", "NOTE"})
"""What some telephones write in base64 though it is a text."""
_GOES_ON = frozenset({"NOTE", "ADR", "LABEL"})
"""Properties whose text some programs break over lines without any sign."""


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card: ``item1.TEL;TYPE=CELL:139…``; the value is still in bytes."""

    name: str
    value: bytes
    group: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    def parameter(self, name: str) -> str:
        """The first value of a parameter, empty if it is not there."""
        return next((value for key, value in self.parameters if key == name), "")

    @property
    def types(self) -> frozenset[str]:
        """``CELL``, ``PREF``: written as ``TYPE=CELL,PREF`` or, in 2.1, bare."""
        if not self.parameters:
            return frozenset()
        words = [value for key, value in self.parameters if key == "TYPE"]
        bare = [key for key, value in self.parameters if not value and "(" not in key]
        found = re.split(r"[,\s]+", ",".join((*words, *bare)).upper())
        return frozenset(word.strip('"') for word in found if word)

    @property
    def is_quoted(self) -> bool:
        """Whether the value is quoted-printable."""
        is_told = self.parameter("ENCODING").upper() in ("QUOTED-PRINTABLE", "Q")
        return is_told or "QUOTED-PRINTABLE" in self.types

    @property
    def is_binary(self) -> bool:
        """Whether the value is a picture or the like in base64."""
        return self._is_base64 or self.name in _LEFT_ALONE

    @property
    def is_encoded_text(self) -> bool:
        """Whether the value is a text in base64: a name as some telephones keep it."""
        return self._is_base64 and self.name in _TEXTS

    @property
    def _is_base64(self) -> bool:
        told = self.parameter("ENCODING").upper() in ("BASE64", "B")
        return told or "BASE64" in self.types


@dataclass(slots=True)
class Card:
    """One card; the last one of a file may have been cut off before its END."""

    properties: list[Property] = field(default_factory=list)
    is_closed: bool = False


def read_cards(data: bytes) -> Iterator[Card]:
    """The cards of a file in their order; a card inside another (AGENT) is passed over."""
    stack = _Stack()
    for line in _Lines(narrow(data)):
        edge = _EDGE.fullmatch(line)
        if edge is None:
            stack.add(line)
        elif edge["edge"].upper() == b"BEGIN":
            yield from stack.begin()
        else:
            yield from stack.end()
    yield from stack.rest()


class _Stack:
    """The card that is being read, and how deep it is in cards inside it."""

    def __init__(self) -> None:
        self._card: Card | None = None
        self._nested = 0

    def add(self, line: bytes) -> None:
        found = _property(line) if self._card is not None and not self._nested else None
        if found is not None and self._card is not None:
            self._card.properties.append(found)

    def begin(self) -> Iterator[Card]:
        card = self._card
        if card is not None and (self._nested or _announces_another(card)):
            self._nested += 1
            return
        if card is not None:  # a program that writes no END
            card.is_closed = True
            yield card
        self._card = Card()

    def end(self) -> Iterator[Card]:
        if self._nested:
            self._nested -= 1
        elif self._card is not None:
            self._card.is_closed = True
            yield self._card
            self._card = None

    def rest(self) -> Iterator[Card]:
        if self._card is not None:
            yield self._card


def _announces_another(card: Card) -> bool:
    """Whether the last line was ``AGENT:``, behind which a whole card follows."""
    return bool(card.properties) and card.properties[-1].name == "AGENT"


def narrow(data: bytes) -> bytes:
    """The file in an encoding that keeps ASCII as it is: wide ones become UTF-8."""
    marked = by_mark(data)
    if marked is not None:
        return marked.text.encode()
    at = data.find(_WIDE_BEGIN, 0, _LOOKED_AT)
    if at >= 0 and b"BEGIN:VCARD" not in data[:at].upper():
        encoding = "utf-16-be" if at % 2 else "utf-16-le"
        return data.decode(encoding, "replace").encode()
    data = data.replace(b"\0", b"")
    return _from_big5(data) or data


def _from_big5(data: bytes) -> bytes | None:
    """A file of Taiwan or Hong Kong that says nowhere in which characters it is written."""
    if data.isascii() or b"CHARSET" in data.upper():  # then each line says for itself
        return None
    with suppress(UnicodeDecodeError):
        data.decode()
        return None
    return data.decode("cp950", "replace").encode() if is_big5(data) else None


def _property(line: bytes) -> Property | None:
    found = _PROPERTY.fullmatch(line) or _LOOSE.fullmatch(line)
    if found is None:
        return None
    parameters = tuple(
        (_text(part["name"]).upper(), _text(part["value"]))
        for part in _PARAMETER.finditer(found["parameters"])
    )
    return Property(
        found["name"].decode("ascii").upper(), found["value"], _text(found["group"]), parameters
    )


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace").strip().strip('"')


class _Lines:
    """Whole lines: folds and soft breaks undone, pictures left out."""

    def __init__(self, data: bytes) -> None:
        self._lines = _LINE_END.split(data)
        self._at = 0
        self._folds_keep_blank = True

    def __iter__(self) -> Iterator[bytes]:
        while self._at < len(self._lines):
            line = self._take()
            if not line.strip():
                continue
            self._note_version(line)
            head = _property(line[:_LONGEST_HEAD])
            while head is None and self._peek()[:1] in (b" ", b"\t") and len(line) < _LONGEST_HEAD:
                line += self._take()[1:]  # broken off before the value begins
                head = _property(line[:_LONGEST_HEAD])
            if head is None:
                yield line
            elif head.is_binary and not head.is_encoded_text:
                self._pass_over()
            else:
                yield self._whole(line, head)

    def _note_version(self, line: bytes) -> None:
        """A fold of 2.1 keeps its blank, from 3.0 on the blank is only the fold."""
        if re.match(rb"VERSION\s*:\s*[34]", line, re.IGNORECASE):
            self._folds_keep_blank = False
        elif _EDGE.fullmatch(line):
            self._folds_keep_blank = True

    def _whole(self, line: bytes, head: Property) -> bytes:
        if head.is_encoded_text:
            return self._encoded(line)
        if head.is_quoted:
            return self._quoted(line)
        return self._folded(line, goes_on=head.name in _GOES_ON)

    def _take(self) -> bytes:
        self._at += 1
        return self._lines[self._at - 1]

    def _peek(self) -> bytes:
        return self._lines[self._at] if self._at < len(self._lines) else b""

    def _pass_over(self) -> None:
        """The lines of a picture: indented, or of letters alone."""
        while self._at < len(self._lines):
            line = self._peek()
            if line.strip() and b":" in line and line[:1] not in b" \t":
                return
            self._at += 1

    def _encoded(self, line: bytes) -> bytes:
        """A text in base64 with the lines it goes on."""
        first = self._at
        self._pass_over()
        return line + b"".join(part.strip() for part in self._lines[first : self._at])

    def _quoted(self, line: bytes) -> bytes:
        """Quoted-printable: ``=`` at the end goes on below, also inside a character."""
        parts = [line]
        while self._at < len(self._lines):
            below = self._peek()
            parts[-1] = _BLANKS_BEHIND.sub(b"=", parts[-1])
            if parts[-1].endswith(b"="):
                if not below or _EDGE.fullmatch(below) or _KNOWN_START.match(below):
                    break
                parts[-1] = parts[-1][:-1]
                below = below.lstrip() if below.lstrip()[:1] == b"=" else below
            elif below[:1] in (b" ", b"\t") and below.strip():
                below = below[1:]
            else:
                break
            parts.append(below)
            self._at += 1
        whole = b"".join(parts)
        return whole[:-1] if whole.endswith(b"=") else whole

    def _folded(self, line: bytes, *, goes_on: bool) -> bytes:
        parts = [line]
        while self._at < len(self._lines):
            below = self._peek()
            if below[:1] in (b" ", b"\t"):
                keeps_blank = self._folds_keep_blank and parts[-1][-1:] < b"\x80"
                parts.append(below if keeps_blank else below[1:])
            elif goes_on and below.strip() and _property(below[:_LONGEST_HEAD]) is None:
                parts.append(b"\n" + below)
            else:
                break
            self._at += 1
        return b"".join(parts)
