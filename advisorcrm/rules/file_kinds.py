"""Which files a computer would run instead of show: they are never kept with a client's file."""

from __future__ import annotations

from pathlib import PurePath

RUNNABLE = frozenset(
    (
        "app", "apk", "bat", "cmd", "com", "cpl", "dll", "exe", "gadget", "hta", "inf", "ins",
        "isp", "jar", "js", "jse", "lnk", "msc", "msi", "msp", "mst", "pif", "ps1", "psm1", "py",
        "pyw", "reg", "scf", "scr", "sct", "sh", "sys", "url", "vb", "vbe", "vbs", "ws", "wsc",
        "wsf", "wsh", "xll",
    )
)  # fmt: skip
"""Endings that a desktop hands to an interpreter or to the system itself."""

_STARTS = (b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
"""How programs begin, whatever they are called."""


def ending_of(name: str) -> str:
    """The ending that decides which program opens a file; blanks and dots at its end are not it."""
    return PurePath(name.rstrip(" .")).suffix.lower().removeprefix(".")


def is_runnable(name: str, content: bytes) -> bool:
    """Whether opening this file would start a program, by its name or by what it is."""
    return ending_of(name) in RUNNABLE or content.startswith(_STARTS)


def shortened(name: str, limit: int) -> str:
    """A file name of at most ``limit`` characters that keeps its ending."""
    if len(name) <= limit:
        return name
    ending = PurePath(name).suffix[: limit // 2]
    return f"{name[: limit - len(ending)]}{ending}"
