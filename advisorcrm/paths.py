"""Where files lie: resources of the program, data and settings of the person."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

_NO_HOME = Path(os.sep, "nonexistent", "advisorcrm")
"""Where nothing can be written, as the system says for who has no home: told as any such place."""


@cache
def _resources() -> Path:
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """A file that travels with the program, in a checkout, a wheel and a bundle alike."""
    return _resources().joinpath(*parts)


def data_dir() -> Path:
    """Folder of the database and its copies; ``ADVISORCRM_HOME`` overrides it."""
    home = os.environ.get("ADVISORCRM_HOME")
    if home:
        return Path(home)
    from platformdirs import user_data_path

    return _at_home(user_data_path)


def default_database() -> Path:
    """The branch's database when none is named."""
    return data_dir() / "branch.db"


def log_dir() -> Path:
    """Folder of the program's own log."""
    return data_dir() / "log"


def temp_dir() -> Path:
    """Folder of the files that must not outlive the program (``private_files``)."""
    home = os.environ.get("ADVISORCRM_HOME")
    if home:
        return Path(home) / "run"
    from platformdirs import user_cache_path

    return _at_home(user_cache_path) / "run"


def _at_home(folder: Callable[..., Path]) -> Path:
    """Without ``HOME`` and an entry of the person there is no home, or one that is called ``~``."""
    try:
        place = folder("advisorcrm", appauthor=False)
    except RuntimeError:  # what platformdirs says for it
        return _NO_HOME
    return place if place.is_absolute() else _NO_HOME
