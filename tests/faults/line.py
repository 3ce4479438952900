"""The line between the program and its server, as it can be cut, lose an answer, or fall silent."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict

_REFUSED = b"SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user\0\0"


class Line:
    """Carries bytes to the server and back until it is told otherwise.

    ``freeze_at`` some words from the program: from then on everything is taken and nothing is
    answered, as by a server that was stopped. ``lose_answer_to`` some words: the server gets
    them, and the line breaks before its answer. ``refused`` is a user whom it does not take.
    """

    def __init__(self, server: str) -> None:
        given = conninfo_to_dict(server)
        host, port = str(given.get("host") or "127.0.0.1"), int(str(given.get("port") or 5432))
        self._server = f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, port)
        self._user = f"{given.get('user', 'postgres')}:{given.get('password') or 'secret'}"
        self.freeze_at = self.lose_answer_to = b""
        self.refused = ""
        self._thawed = threading.Event()
        self._thawed.set()
        self._ends: list[socket.socket] = []
        self._port = 0
        self._ear = self._listen()

    def url(self, database: str, user: str = "") -> str:
        """The address of a database of the server by way of this line."""
        way = "sslmode=disable&gssencmode=disable"
        return f"postgresql://{user or self._user}@127.0.0.1:{self._port}/{quote(database)}?{way}"

    def freeze(self) -> None:
        """Nothing goes to and fro."""
        self._thawed.clear()

    def is_frozen(self) -> bool:
        """Whether the words came at which it was to freeze."""
        return not self._thawed.is_set()

    def thaw(self) -> None:
        """What was held goes on its way."""
        self.freeze_at = b""
        self._thawed.set()

    def cut(self) -> None:
        """Break every connection; nobody is there for a new one."""
        self.thaw()
        for end in (self._ear, *self._ends):
            _close(end)
        self._ends = []

    def mend(self) -> None:
        """The server is there again, at the same address."""
        self._ear = self._listen()

    def _listen(self) -> socket.socket:
        ear = socket.create_server(("127.0.0.1", self._port))
        self._port = ear.getsockname()[1]
        threading.Thread(target=self._accept, args=(ear,), daemon=True).start()
        return ear

    def _accept(self, ear: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _address = ear.accept()
                there = socket.socket(
                    socket.AF_UNIX if isinstance(self._server, str) else socket.AF_INET
                )
                there.connect(self._server)
                self._ends += [here, there]
                _Call(self, here, there).begin()

    def pass_on(self, data: bytes) -> bytes:
        """What reaches the other side, and when."""
        if self.freeze_at and self.freeze_at in data:
            self._thawed.clear()
        self._thawed.wait()
        return data


class _Call:
    """One connection: a thread for either direction."""

    def __init__(self, line: Line, here: socket.socket, there: socket.socket) -> None:
        self._line, self._here, self._there = line, here, there
        self._is_deaf = False

    def begin(self) -> None:
        for way in (self._ask, self._answer):
            threading.Thread(target=self._carry, args=(way,), daemon=True).start()

    def _carry(self, way: object) -> None:
        with suppress(OSError):
            while way():  # type: ignore[operator]
                pass
        _close(self._here)
        _close(self._there)

    def _ask(self) -> bool:
        data = self._line.pass_on(self._here.recv(65_536))
        if self._line.refused and f"user\0{self._line.refused}\0".encode() in data:
            self._here.sendall(b"E" + (len(_REFUSED) + 4).to_bytes(4) + _REFUSED)
            return False
        if self._line.lose_answer_to and self._line.lose_answer_to in data:
            self._is_deaf = True
        self._there.sendall(data)
        return bool(data)

    def _answer(self) -> bool:
        data = self._there.recv(65_536)
        if self._is_deaf:
            return False
        self._here.sendall(self._line.pass_on(data))
        return bool(data)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
