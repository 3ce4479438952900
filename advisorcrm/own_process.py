"""What the operating system may keep of this process: files for its owner alone, no memory."""

from __future__ import annotations

import os
import sys


def keep_private() -> None:
    """Files of this program are for its owner alone, and a crash leaves no picture of its memory.

    In the memory lie the key of the database and the clients on the screen (fault 32).
    """
    os.umask(0o077)
    if sys.platform != "win32":
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
