"""``python -m tests.bench.first_paint product|bare STARTED [PLACE]``: seconds to the first window.

Run in a process of its own; imports nothing that the window itself does not need.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from typing import Any

_HIGH = 1


def main() -> None:
    """Open one window, say how long it took until it was painted, and end."""
    kind, started, *place = sys.argv[1:]
    if kind == "bare":
        _open_bare(float(started))
    else:
        _open_product(float(started), place[0])


def tell_when_painted(widget: type[Any], started: float) -> None:
    """Let a class of windows tell when its first paint is over, its children's included.

    The telling event goes before everything else that waits for the window to be painted. Its
    urgency is a bare number: naming ``Qt`` would cost both sides a fifth of a bare window.
    """
    from PySide6.QtCore import QCoreApplication, QEvent, QObject

    class Teller(QObject):
        def event(self, _event: QEvent) -> bool:
            _tell(started)
            return True

    original = widget.paintEvent

    def paint(self: Any, event: Any) -> None:
        original(self, event)
        widget.paintEvent = original
        self.teller = Teller()
        QCoreApplication.postEvent(self.teller, QEvent(QEvent.Type.User), _HIGH)

    widget.paintEvent = paint


def _tell(started: float) -> None:
    print(time.time() - started, flush=True)
    os._exit(0)


def _open_bare(started: float) -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    tell_when_painted(QMainWindow, started)
    window.show()
    app.exec()


def _open_product(started: float, place: str) -> None:
    gc.disable()  # as advisorcrm.__main__ does before it imports anything
    from advisorcrm.views.sign_in.login_window import LoginWindow

    tell_when_painted(LoginWindow, started)
    from advisorcrm.__main__ import main as open_program

    sys.argv = ["advisorcrm", "--database", place]
    open_program()


if __name__ == "__main__":
    main()
