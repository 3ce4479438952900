"""Texts whose columns are padded with blanks, as terminals write them: cut at the head's places.

A name may hold blanks itself (万  科), so a line is only cut where its columns begin; a Chinese
character is two places wide.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_GAP = re.compile(r"[ \u3000]{2,}")
_WORD = re.compile(r"\S+(?: \S+)*")
_LOOKED_AT = 60
_FEWEST_COLUMNS = 3
_MOSTLY = 0.6


def padded_rows(lines: Sequence[str]) -> list[list[str]] | None:
    """The cells of every line, or None where the lines do not stand in columns."""
    counts = [len(_GAP.split(line.strip())) for line in lines[:_LOOKED_AT]]
    common = Counter(count for count in counts if count >= _FEWEST_COLUMNS)
    if not common:
        return None
    (width, _times), *_others = common.most_common()
    head = counts.index(width)
    below = [line for line in lines[head + 1 :] if line.strip()]
    starts = [_place(lines[head], word.start()) for word in _WORD.finditer(lines[head])]
    filled = sum(1 for line in below if len(_GAP.split(line.strip())) > width // 2)
    if len(starts) != width or not below or filled < _MOSTLY * len(below):
        return None
    return [_cells(line, starts) for line in lines]


def _cells(line: str, starts: list[int]) -> list[str]:
    words = _GAP.split(line.strip())
    if len(words) == len(starts):
        return words
    places = [0, *starts[1:], _place(line, len(line)) + 1]
    return [_between(line, left, right) for left, right in pairwise(places)]


def _between(line: str, left: int, right: int) -> str:
    found, place = [], 0
    for sign in line:
        if left <= place < right:
            found.append(sign)
        place += _wide(sign)
    return "".join(found).strip()


def _place(line: str, end: int) -> int:
    return sum(map(_wide, line[:end]))


def _wide(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
