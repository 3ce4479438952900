"""Whether some program has a database file open, so that the file may not be exchanged.

SQLite marks an open database by a lock on one byte of the shared memory beside it, whichever
program opened it. Windows itself refuses to move a file that is open.
"""

from __future__ import annotations

import sys
from pathlib import Path

from advisorcrm.errors import DatabaseBusyError
from advisorcrm.i18n import _

_MARK = 128
"""Place of that byte in the ``-shm`` file: behind two headers, the readers and eight locks."""


def demand_closed(database: Path) -> None:
    """Raises DatabaseBusyError while another program has the database open.

    Not for a process that has it open itself: to look would give up its own mark.
    """
    if _is_held(database.with_name(f"{database.name}-shm")):
        raise DatabaseBusyError(
            _("还有窗口开着这个数据库，原来的文件没有动。请关闭所有窗口后再恢复。")
        )


def _is_held(shared: Path) -> bool:
    if sys.platform == "win32" or not shared.exists():
        return False
    import fcntl

    with shared.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _MARK)
        except OSError:
            return True
    return False
