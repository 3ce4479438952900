"""Whether the program starts with the system: a choice of this computer, not of the branch."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QSettings

_RUN = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run"
_NAME = "advisorcrm"


def starts_with_system() -> bool:
    """Whether the entry is there."""
    if sys.platform == "win32":
        return QSettings(_RUN, QSettings.Format.NativeFormat).contains(_NAME)
    return _desktop_entry().exists()


def start_with_system(*, is_wanted: bool) -> None:
    """Make or remove the entry of the person who works here.

    Raises OSError where the folder cannot be written.
    """
    if sys.platform == "win32":
        run = QSettings(_RUN, QSettings.Format.NativeFormat)
        run.setValue(_NAME, _command()) if is_wanted else run.remove(_NAME)
        return
    entry = _desktop_entry()
    if not is_wanted:
        entry.unlink(missing_ok=True)
        return
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(
        f"[Desktop Entry]\nType=Application\nName=advisorcrm\nExec={_command()}\n", "utf-8"
    )


def _desktop_entry() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "autostart" / "advisorcrm.desktop"


def _command() -> str:
    """As this program was started: the bundle itself, or the interpreter with the package."""
    if getattr(sys, "frozen", False):
        return f'"{sys.executable}"'
    return f'"{sys.executable}" -m advisorcrm'
