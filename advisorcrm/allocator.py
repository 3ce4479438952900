"""The C library keeps freed memory for later; a window that stays open all day gives it back.

Only the C library of Linux has these screws; elsewhere nothing is done. Decision 027.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any, ClassVar

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""The names of ``mallopt``."""
_BIG = 65_536
"""Bytes from which a piece is taken from the system, and goes back to it when it is freed."""
_AT_THE_END = 131_072
"""So many free bytes at the end of the heap are kept."""
_MUCH = 33_554_432
"""Free bytes that are worth a walk through the heap: grouping a million files leaves 190 MB."""


def hold_little() -> None:
    """One heap for all threads, of which few run at a time, and little of it kept when freed.

    Call it before there are threads: each would have begun a heap of its own.
    """
    adjust = _of_library("mallopt")
    if adjust is not None:
        for name, value in (
            (_ARENA_MAX, 1), (_MMAP_THRESHOLD, _BIG), (_TRIM_THRESHOLD, _AT_THE_END),
        ):  # fmt: skip
            adjust(name, value)


def give_back() -> None:
    """Hand what is free to the system now."""
    trim = _of_library("malloc_trim")
    if trim is not None:
        trim(0)


def give_back_much() -> None:
    """The same where it is worth the milliseconds: after a look at every file of a large branch."""
    account = _of_library("mallinfo2")
    if account is None:
        return
    account.restype = _Account
    if account().free >= _MUCH:
        give_back()


class _Account(ctypes.Structure):
    """``struct mallinfo2``: what the C library holds, in bytes."""

    _fields_: ClassVar = [
        (name, ctypes.c_size_t)
        for name in (
            "heap", "pieces", "small_pieces", "mapped_pieces", "mapped", "most", "small_free",
            "used", "free", "at_the_end",
        )
    ]  # fmt: skip


def _of_library(name: str) -> Any:
    if sys.platform != "linux":
        return None
    return getattr(ctypes.CDLL(None), name, None)
