"""The C library gives much free memory back when it is told, and is not told for little."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

import pytest

from advisorcrm import allocator
from advisorcrm.allocator import give_back_much

PIECE, MANY = 1_000, 64_000


def held() -> int:
    """Bytes of memory the process has from the system."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_what_many_small_pieces_took_goes_back_to_the_system() -> None:
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    library.free.argtypes = [ctypes.c_void_p]
    pieces = [library.malloc(PIECE) for _each in range(MANY)]
    for piece in pieces:
        ctypes.memset(piece, 1, PIECE)
    for piece in pieces[:-1]:  # the last one keeps the end of the heap from going by itself
        library.free(piece)
    before = held()
    give_back_much()
    assert before - held() > MANY * PIECE // 2
    library.free(pieces[-1])


def test_little_is_not_worth_the_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[bool] = []
    monkeypatch.setattr(allocator, "give_back", lambda: walked.append(True))
    monkeypatch.setattr(allocator, "_MUCH", 1 << 50)
    give_back_much()
    assert walked == []
