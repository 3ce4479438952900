"""Files that a running program holds; the operating system gives them up when the program ends.

However it ends: a kill or a power cut leaves the file behind, but held by nobody.
"""

from __future__ import annotations

import sys


def hold(file: int) -> None:
    """Hold an open file (its descriptor) until it is closed.

    Raises BlockingIOError if somebody else holds it, in this program or another, and OSError
    where files cannot be held at all.
    """
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(error.errno, error.strerror) from error
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
