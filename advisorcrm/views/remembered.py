"""What this computer remembers of its windows: places, columns, last sign-in. No client data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from advisorcrm import paths

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray


def remembered() -> QSettings:
    """The file beside the database in which windows keep their places."""
    return QSettings(str(paths.data_dir() / "windows.ini"), QSettings.Format.IniFormat)


def recall(key: str, otherwise: str = "") -> str:
    """A remembered text."""
    return str(remembered().value(key, otherwise))


def recall_bytes(key: str) -> QByteArray:
    """A remembered layout, empty if there is none."""
    from PySide6.QtCore import QByteArray

    value = remembered().value(key)
    return value if isinstance(value, QByteArray) else QByteArray()


def remember(key: str, value: object) -> None:
    """Keep a text or layout for the next start; writing what stands there already takes time."""
    kept = remembered()
    if kept.value(key) != value:
        kept.setValue(key, value)
