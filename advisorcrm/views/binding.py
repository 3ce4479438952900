"""The binding to Qt is kept from reading the source of every module that is imported after it.

PySide6 lets a module ask for another spelling of Qt's names (``from __feature__ import …``). To
know who may, it stands before every import, has Python read the whole source of what was imported
and looks for its own name in it; Python keeps the lines for its tracebacks, 25 MB for a window.
Nobody here asks for another spelling.
"""

from __future__ import annotations

import builtins
import linecache

# The binding takes its place when the first of Qt's modules is there.
from PySide6 import QtCore  # noqa: F401


def spare_sources() -> None:
    """Take the binding's look at sources away; everything else it does with imports stays.

    WORKAROUND for PYSIDE-2029: there is no switch. Without the name there is nothing to mend.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    linecache.clearcache()  # what was read until here; a traceback reads again what it shows
