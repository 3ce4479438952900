"""Values of vCard properties as text: charset, quoted-printable, escapes, parts."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from advisorcrm.imports.vcard_lines import Property
from advisorcrm.rules.written_text import without_control

LONGEST = 4_000_000
"""Nothing a person wrote on a card is longer; the rest of such a value is not looked at."""
_CHINESE = frozenset(
    {"gb2312", "gbk", "gb18030", "gb_2312-80", "cp936", "ms936", "x-gbk", "euc-cn"}
)
_CHARSETS = re.compile(
    r"big5(?:-hkscs)?|shift_?jis|euc-(?:jp|kr)|iso-8859-(?:[2-9]|1\d)|windows-125[0134-8]|koi8-[ru]"
)
"""What may be believed: of ASCII and Latin-1 many programs say so without writing it."""
_WESTERN = frozenset({"iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252"})
_TWO_HIGH = re.compile(rb"[\x80-\xff]{2}")
_CUSTOM = re.compile(r"vnd\.[\w.]+\.item/(\w+)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PARTING = re.compile(r"(?<!\\)((?:\\\\)*);")
_COMMA = re.compile(r"(?<!\\)((?:\\\\)*),")
_ALL_QUOTED = re.compile(rb"(?:=[0-9A-Fa-f]{2}|[; ])+")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\x0b")
BROKEN = "\ufffd"
"""What stands where a character could not be read."""


def text_of(found: Property) -> str:
    """The whole value as one text."""
    return _plain(_decoded(found.value, found))


def parts_of(found: Property) -> list[str]:
    """The parts of a structured value (N, ORG, ADR); an escaped semicolon parts nothing."""
    raw = found.value.split(b";")
    if found.is_quoted and len(raw) > 1 and b"\\" not in found.value:
        return [_plain(_decoded(part, found)) for part in raw]
    text = _decoded(found.value, found)
    return [_plain(part) for part in _parted(text, _PARTING)]


def words_of(found: Property) -> list[str]:
    """The words of a list (CATEGORIES, NICKNAME); an escaped comma parts them as well."""
    text = _decoded(found.value, found).replace("\\,", ",")
    words = [_plain(part).strip() for part in _parted(text, _COMMA)]
    return [word for word in words if word]


def android_lines(found: Iterable[Property]) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """``vnd.android.cursor.item/nickname;小辛;1``: the kind, the value, its type and its label."""
    for one in found:
        form, value, number, label, *_rest = [*parts_of(one), "", "", "", ""]
        kind = _CUSTOM.fullmatch(form)
        if kind is not None:
            yield kind[1], (value, number, label)


def first_filled(values: Iterable[str]) -> str:
    """The first text that says anything."""
    return next((value for value in values if value.strip()), "")


def _parted(text: str, sign: re.Pattern[str]) -> list[str]:
    return sign.sub(lambda found: found[1] + "\0", text).split("\0")


def _plain(text: str) -> str:
    """Escapes undone, line ends of one kind, nothing that no sheet can hold."""
    text = _LINE_ENDS.sub("\n", _ESCAPED.sub(_unescaped, text))
    return without_control(text).strip()


def _unescaped(found: re.Match[str]) -> str:
    sign = found[1]
    if sign in "nN":
        return "\n"
    return sign if sign in '\\,;:"=' else found[0]


def _decoded(value: bytes, about: Property) -> str:
    value = value[:LONGEST]
    if about.is_encoded_text:
        with suppress(binascii.Error):  # cut off, or said without being so
            value = binascii.a2b_base64(value)
    elif about.is_quoted or (b"=" in value and _ALL_QUOTED.fullmatch(value)):
        value = binascii.a2b_qp(value)
    if value.isascii():
        return value.decode("ascii")
    return _in_charset(value, about.parameter("CHARSET").strip().lower())


def _in_charset(value: bytes, told: str) -> str:
    """The charset that is told, if it can be true; else UTF-8, then the Chinese one."""
    charset = "gb18030" if told in _CHINESE else told
    wanted = [charset] if charset == "gb18030" or _CHARSETS.fullmatch(charset) else []
    if told in _WESTERN and not _TWO_HIGH.search(value):  # Chinese has two such bytes together
        wanted = ["utf-8", "cp1252"]
    for name in (*wanted, "utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return value.decode(name)
    text = value.decode("utf-8", "replace")
    other = value.decode("gb18030", "replace")
    return min(text, other, key=lambda found: found.count(BROKEN))
