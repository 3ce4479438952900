"""The encoding of a text file: mark, UTF-8, UTF-16, then GB18030 or Big5, in this order.

A file that was put together from UTF-8 and one of the others is read line by line. A line that is
cut inside a character is reported and the rest is kept; what is no text at all is refused.
"""

from __future__ import annotations

import codecs
import os
import re
from dataclasses import dataclass
from pathlib import Path

from advisorcrm.errors import ImportRejectedError
from advisorcrm.i18n import _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PUNCTUATION = range(0xA1, 0xA4)  # and full-width letters, in both
_MOSTLY = 0.8
_LAST_LATIN = 0x24F
_LAST_ALPHABET = "\u1fff"
_DOS_END = "\x1a"
_SAMPLE = 64 << 10
_MOST_BROKEN = 0.2
_END = re.compile(r"\r?\n|\r")
_QUOTED = re.compile(r"(?<![^\r\n,;\t|，=])\"(?:[^\"]|\"\")*\"")
_UNPRINTABLE = re.compile(b"[\x01-\x08\x0e-\x19\x1b-\x1f]")
_READABLE = re.compile(
    r"[\t\n\r\x20-\x7e\u00a0-\u024f\u2010-\u206f\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
)


@dataclass(frozen=True, slots=True)
class _Script:
    """Simplified or traditional Chinese: its encodings, and where its common characters lie."""

    encodings: tuple[str, ...]
    basic: str
    common: range

    def share(self, data: bytes, encoding: str = "") -> float:
        """How many of the characters beyond ASCII are among the common ones."""
        text = data.decode(encoding or self.encodings[0], "replace")
        signs = [sign for sign in text if ord(sign) > _LAST_LATIN]
        leads = [(sign.encode(self.basic, "ignore") or b"\0")[0] for sign in signs]
        judged = [lead for lead in leads if lead not in _PUNCTUATION]
        return sum(lead in self.common for lead in judged) / max(len(judged), 1)

    def own_encoding(self, line: bytes) -> str:
        """Whether a line is written in it or in UTF-8; nothing for a damaged one.

        A short line may be read by both: then only in the right one its characters are common.
        """
        if line.isascii():
            return "ascii"
        native = next((name for name in self.encodings if _reads(line, name)), "")
        is_utf8 = _reads(line, "utf-8")
        if not native:
            return "utf-8" if is_utf8 else ""
        as_native, as_utf8 = self.share(line), self.share(line, "utf-8")
        if not is_utf8:
            return native if as_native >= as_utf8 else ""
        if as_native == as_utf8:  # two bytes of rare signs may be one of a script nobody uses here
            return "utf-8" if min(filter(_is_foreign, line.decode())) > _LAST_ALPHABET else native
        return "utf-8" if as_utf8 > as_native else native


_SIMPLIFIED = _Script(("gb18030",), "gb2312", range(0xB0, 0xD8))
_TRADITIONAL = _Script(("cp950", "big5hkscs"), "big5", range(0xA4, 0xC7))


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text with the line breaks it had, and the lines (from 1) that were damaged."""

    text: str
    encoding: str
    broken_lines: frozenset[int] = frozenset()


def decode_text(data: bytes) -> DecodedText:
    """Decode a whole file. Raises ImportRejectedError for what is no text."""
    marked = by_mark(data)
    if marked is None and b"\0" in data[:_SAMPLE]:
        marked = _wide(data)
        data = data.replace(b"\0", b"")
    if marked is not None:
        return marked
    if len(_UNPRINTABLE.findall(data[:_SAMPLE])) > len(data[:_SAMPLE]) // 200:
        raise no_text()
    return _narrow(data)


def line_end(text: str) -> str:
    """What ends the lines: LF (also after CR), or the lone CR of old files.

    Only ends outside quotes count, since cells may hold the other kind.
    """
    sample = text[:_SAMPLE]
    if "\r" not in sample:
        return "\n"
    ends = _END.findall(_QUOTED.sub("", sample))
    lone = ends.count("\r")
    is_old = lone and ends[0] == "\r" and "\r\n" not in ends and lone >= len(ends) - lone
    return "\r" if is_old else "\n"


def readable_name(path: Path) -> str:
    """The name of a file as people read it; one from an old archive may be written in GB18030."""
    name = os.fsencode(path.name)
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")


def no_text() -> ImportRejectedError:
    """The refusal of a file that is neither a workbook nor a text."""
    return ImportRejectedError(
        _("看不懂这个文件：既不是表格也不是文本。请选 .xlsx、.xls 或 .csv 文件。")
    )


def by_mark(data: bytes) -> DecodedText | None:
    """The text if a mark at its beginning names the encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if encoding == "utf-8":
                text = data[len(mark) :]
                return (not _reads(text, "utf-8") and _by_own_encodings(text)) or _by_lines(
                    text, "utf-8"
                )
            return DecodedText(data.decode(encoding, "replace"), encoding)
    return None


def _wide(data: bytes) -> DecodedText | None:
    """UTF-16 without a mark, or None where zeros are only stray bytes in a narrow text."""
    sample = data[:_SAMPLE]
    zeros = sample.count(0)
    odd = sample[1::2].count(0)
    if zeros > len(sample) // 100:
        encoding = "utf-16-le" if odd >= zeros - odd else "utf-16-be"
        text = data[: len(data) // 2 * 2].decode(encoding, "replace")
        if "\0" not in text and len(_READABLE.findall(text[:8192])) > 0.95 * len(text[:8192]):
            return DecodedText(text, encoding)
        raise no_text()
    return None


def _narrow(data: bytes) -> DecodedText:
    if _reads(data, "utf-8"):
        return DecodedText(data.decode().rstrip(_DOS_END), "utf-8")
    mixed = _by_own_encodings(data)
    if mixed is not None:
        return mixed
    script = _TRADITIONAL if is_big5(data) else _SIMPLIFIED
    for encoding in script.encodings:
        if _reads(data, encoding):
            return DecodedText(data.decode(encoding).rstrip(_DOS_END), encoding)
    candidates = [_by_lines(data, encoding) for encoding in ("utf-8", script.encodings[0])]
    best = min(candidates, key=lambda found: len(found.broken_lines))
    lines = data.count(_byte_end(data)) + 1
    if len(best.broken_lines) > max(1, _MOST_BROKEN * lines):
        raise no_text()
    return best


def is_big5(data: bytes) -> bool:
    """Whether a text that is no UTF-8 reads as traditional Chinese rather than by GB18030.

    Nearly every pair of bytes is a character in both; only in the right one are they common.
    """
    sample = data[:_SAMPLE]
    as_big5 = _TRADITIONAL.share(sample)
    return as_big5 > _MOSTLY and as_big5 > _SIMPLIFIED.share(sample)


def _by_own_encodings(data: bytes) -> DecodedText | None:
    """Each line by the encoding that reads it, or None where no line is UTF-8."""
    end = _byte_end(data)
    lines = data.split(end)
    readable = [line for line in lines if not line.isascii() and _reads(line, "utf-8")]
    if not readable:
        return None
    others = end.join(line for line in lines if not _reads(line, "utf-8"))
    script = _TRADITIONAL if is_big5(others) else _SIMPLIFIED
    if not any(script.own_encoding(line) == "utf-8" for line in readable):
        return None
    encodings = [script.own_encoding(line) for line in lines]
    broken = frozenset(number for number, found in enumerate(encodings, 1) if not found)
    if len(broken) > max(1, _MOST_BROKEN * len(lines)):
        return None
    native = sum(found in script.encodings for found in encodings)
    main = script.encodings[0] if native > encodings.count("utf-8") else "utf-8"
    texts = (
        line.decode(found or main, "replace") for line, found in zip(lines, encodings, strict=True)
    )
    return DecodedText(end.decode().join(texts).rstrip(_DOS_END), main, broken)


def _is_foreign(sign: str) -> bool:
    return not sign.isascii()


def _reads(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _byte_end(data: bytes) -> bytes:
    return line_end(data[:_SAMPLE].decode("latin-1")).encode()


def _by_lines(data: bytes, encoding: str) -> DecodedText:
    """Line by line: neither encoding hides a line break inside a character."""
    broken = set()
    lines = []
    end = _byte_end(data)
    for number, line in enumerate(data.split(end), 1):
        try:
            lines.append(line.decode(encoding))
        except UnicodeDecodeError:
            broken.add(number)
            lines.append(line.decode(encoding, "replace"))
    return DecodedText(end.decode().join(lines).rstrip(_DOS_END), encoding, frozenset(broken))
