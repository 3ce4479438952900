"""One window per computer and person: a second start raises the first window."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QLockFile, QObject, Signal

from advisorcrm import paths

_WAIT_MS = 500
_BEING_WRITTEN_SECONDS = 10


class SingleInstance(QObject):
    """Holds the place of the first start; ``raised`` when somebody starts the program again."""

    raised = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = paths.data_dir()
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        # A crashed program leaves the file behind, but its number is nobody's any more.
        self._path = folder / "advisorcrm.lock"
        self._lock = QLockFile(str(self._path))
        self._lock.setStaleLockTime(0)
        self._name = f"advisorcrm-{abs(hash_of(str(folder))):x}"
        self._server: Any = None

    def take(self) -> bool:
        """Take the place; False if it is taken, and then the first window has been called.

        Where nothing can be written nobody holds a place: the window shall say what is wrong.
        """
        self._remove_empty()
        if self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError:
            return True
        self._call_first()
        return False

    def listen(self) -> None:
        """Hear a second start from now on; waits until the first window is painted."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)

    def release(self) -> None:
        """Give the place up."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _remove_empty(self) -> None:
        """A power cut may leave a lock without a number, which Qt would respect for ever.

        WORKAROUND: with a stale time of 0 an unreadable lock never counts as stale.
        """
        with suppress(OSError):
            status = self._path.stat()
            if not status.st_size and time.time() - status.st_mtime > _BEING_WRITTEN_SECONDS:
                self._path.unlink()

    def _call_first(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_WAIT_MS):
            socket.write(b"raise")
            socket.waitForBytesWritten(_WAIT_MS)
            socket.disconnectFromServer()

    def _greet(self) -> None:
        caller = self._server.nextPendingConnection()
        if caller is not None:
            caller.deleteLater()
        self.raised.emit()


def hash_of(text: str) -> int:
    """A short number for a name, the same at every start."""
    from zlib import crc32

    return crc32(text.encode())
