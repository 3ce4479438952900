"""One window per computer and person: a second start raises the first window."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Signal

from advisorcrm import file_lock, paths

_WAIT_MS = 500


class SingleInstance(QObject):
    """Holds the place of the first start; ``raised`` when somebody starts the program again."""

    raised = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = paths.data_dir()
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "advisorcrm.lock"
        self._file: int | None = None
        self._name = f"advisorcrm-{abs(hash_of(str(folder))):x}"
        self._server: Any = None

    def take(self) -> bool:
        """Take the place; False if it is taken, and then the first window has been called.

        Where nothing can be written nobody holds a place: the window shall say what is wrong.
        """
        with suppress(OSError):
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                file_lock.hold(self._file)
            except BlockingIOError:
                self.release()
                self._call_first()
                return False
            os.ftruncate(self._file, 0)
            os.write(self._file, str(os.getpid()).encode())  # tells people who holds it
        return True

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
        if self._file is not None:
            os.close(self._file)
            self._file = None

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
