"""What the condition line offers while a person types: words of conditions, then their values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisorcrm.i18n import _, language
from advisorcrm.views.clients.condition_kinds import NUMBERS, OFFERED, Kind
from advisorcrm.views.clients.conditions import ConditionReader, after_word

MOST = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the list: the text it completes to, and what is said."""

    text: str
    label: str
    is_whole: bool  # a condition that can be added as it stands


def offers_for(reader: ConditionReader, typed: str) -> list[Offer]:
    """Completions of a typed text; none for nothing and for what is no condition."""
    text = typed.strip().lower()
    if not text:
        return []
    for kind in reader.kinds():
        rest = after_word(kind, typed.lstrip())
        if rest is not None:
            return _values(reader, kind, rest)[:MOST]
    return [
        Offer(f"{word} ", _(kind.label), is_whole=False)
        for kind in reader.kinds()
        if (word := _begun(kind, text))
    ][:MOST]


def _begun(kind: Kind, text: str) -> str:
    """The word of a condition that was begun, else nothing."""
    begun = [word for word in kind.words if word.startswith(text)]
    return begun[0] if begun else ""


def _values(reader: ConditionReader, kind: Kind, rest: str) -> list[Offer]:
    """Values that go on from what was typed; earlier ones of the same condition stay."""
    lead = _word(kind)
    if kind.field in NUMBERS:
        return _numbers(reader, kind, lead, rest)
    *before, last = re.split(r"(?<=[\s、,，/])", rest) if rest else [""]
    kept, begun = "".join(before), last.strip().lower()
    offers = []
    for code, label in reader.choices(kind):
        spellings = [spelled for key, spelled in reader.spellings(kind) if key == code]
        if not begun or any(spelled.lower().startswith(begun) for spelled in spellings):
            value = next((word for word in spellings if " " not in word), label)
            offers.append(Offer(f"{lead} {kept}{value}", label, is_whole=True))
    return offers


def _numbers(reader: ConditionReader, kind: Kind, lead: str, rest: str) -> list[Offer]:
    sign = ">" if NUMBERS[kind.field].goes_up else "<"
    digits = rest.lstrip("<>=≤≥ ")
    offers = []
    for typed in OFFERED[kind.field]:
        text = f"{lead} {sign}{typed}"
        reading = reader.read(text)
        if typed.startswith(digits) and reading is not None and reading.is_whole:
            offers.append(Offer(text, reader.say_one(reading), is_whole=True))
    return offers


def _word(kind: Kind) -> str:
    """The word of a condition in the person's language."""
    wanted = language() == "en"
    return next((word for word in kind.words if word.isascii() is wanted), kind.words[0])
