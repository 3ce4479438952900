"""The one way client data is masked: lists, search, tooltips, print, export, clipboard, log.

Masks after the branch's reading of the field's rules (docs/regulation.md 2.7f): telephone
138****5678, identity number 110***…1234, account ****3456.
"""

from __future__ import annotations

import re
from collections.abc import Callable


def mask_phone(number: str) -> str:
    """``13800005678`` as ``138****5678``; a landline keeps area code and last four."""
    if not number:
        return ""
    if len(number) == 11 and number.startswith("1"):
        return f"{number[:3]}****{number[-4:]}"
    area, dash, local = number.partition("-")
    if dash and len(local) > 4:
        return f"{area}-{local[0]}***{local[-4:]}"
    return f"{'*' * max(3, len(number) - 4)}{number[-4:]}" if len(number) > 4 else "****"


def mask_account(account: str | None) -> str:
    """Account as ``****3456``."""
    return f"****{account[-4:]}" if account else ""


def mask_id_number(number: str | None) -> str:
    """Identity number: first three, stars, last four."""
    if not number:
        return ""
    if len(number) < 8:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def mask_email(address: str) -> str:
    """Address as ``w***8@126.com``."""
    if not address:
        return ""
    name, at, host = address.partition("@")
    if not at or len(name) < 2:
        return f"***{at}{host}"
    return f"{name[0]}***{name[-1]}@{host}"


def mask_address(address: str) -> str:
    """Address: the first six characters tell the district, the rest is stars."""
    return address if len(address) <= 6 else f"{address[:6]}******"


MASKED_FIELDS = {"account": mask_account, "id_number": mask_id_number, "address": mask_address}
"""Fields of a client's file that a page shows masked until they are revealed with a reason."""


def hide_name(text: str, name: str) -> str:
    """A sentence in which somebody is named, with the surname character only."""
    return text.replace(name, mask_name(name)) if name else text


def mask_name(name: str) -> str:
    """The surname character of somebody else's client."""
    return f"{name[:1]}*" if name else ""


def mask_words(text: str) -> str:
    """Anything that looks like a telephone, identity or card number inside a free text."""
    return _NUMBERS.sub(_hide, text)


def holds_word_masks(text: str) -> bool:
    """Whether a text shows a mask that ``mask_words`` made."""
    return bool(_WORD_MASKS.search(text))


def restore_words(text: str, behind: Callable[[str], str]) -> str:
    """The text with every mask that ``mask_words`` made replaced by what ``behind`` says."""
    return _WORD_MASKS.sub(lambda found: behind(found.group()), text)


def numbers_behind(mask: str, text: str) -> set[str]:
    """What a mask may stand for in the full text: its numbers, or the stars somebody typed."""
    numbers = {found.group() for found in _NUMBERS.finditer(text) if _hide(found) == mask}
    typed = {found.group() for found in _WORD_MASKS.finditer(text) if found.group() == mask}
    return numbers | typed


# A date is no number to hide; groups parted by blanks or dashes are.
_NUMBERS = re.compile(
    r"(?<!\d)(?!(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?!\d))\d(?:[ -]?\d){6,18}[Xx]?(?!\d)"
)


_WORD_MASKS = re.compile(r"(?<![\d*])(?:\d{3}\*+\d{3}[\dXx]|\*{7})(?![\d*])")

# Seven to nine digits with their unit are money or pieces; telephones and accounts are longer.
_UNITS = re.compile(r"(?:\.\d{1,2})? ?(?:元|股|份)")
_LONGEST_AMOUNT = 9


def _hide(found: re.Match[str]) -> str:
    written = found.group()
    is_short = len(written) <= _LONGEST_AMOUNT and written.isdigit()
    if is_short and _UNITS.match(found.string, found.end()):
        return written
    number = written.replace(" ", "").replace("-", "")
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else "*" * 7


def is_masked(text: str) -> bool:
    """Whether a cell of a file is one of our masks, which means: unchanged."""
    return bool(_MASKED.search(text))


_MASKED = re.compile(r"\*{3,}|^.\*$")
