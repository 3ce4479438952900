"""What the frame is told: the person, the pages of the role, the quick actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class ShellInfo:
    """Who works here and where."""

    user_no: str
    user_name: str
    role: str
    branch: str
    place: str = ""
    single_keys: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """A page the role may use; made when it is first shown."""

    key: str
    title: str
    icon: str
    factory: Callable[[], QWidget]
    on_rail: bool = True
    at_foot: bool = False
    shortcut: str = ""
    parent_key: str = ""  # the rail item that is lit while a page without one is shown


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done from anywhere: menu, key, omnibox."""

    key: str
    text: str
    run: Callable[[], object]
    icon: str = "plus"
    shortcut: str = ""
    letter: str = ""
    words: str = ""  # further words the omnibox finds it by (initials)
    in_menu: bool = True
    detail: str = ""  # what the omnibox says behind it
