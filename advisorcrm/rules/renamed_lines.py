"""Which lines of a list that was written anew are old ones under another name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from functools import partial

from rapidfuzz import fuzz


def renamed_lines(
    before: Sequence[str], after: Sequence[str], asked: Collection[str]
) -> dict[str, str]:
    """The new name of each line in ``asked`` that is gone, where one stands in its place.

    Its place is between the neighbours that stayed; of several new lines there the one most
    alike has it, of equals the first.
    """
    renamed: dict[str, str] = {}
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, False).get_opcodes():
        if kind != "replace":
            continue
        fresh = [line for line in after[j1:j2] if line not in before]
        for old in before[i1:i2]:
            if old in asked and old not in after and fresh:
                renamed[old] = max(fresh, key=partial(fuzz.ratio, old))
                fresh.remove(renamed[old])
    return renamed
