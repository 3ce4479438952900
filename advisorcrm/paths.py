"""Where files lie: resources of the program, data and settings of the person."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


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

    return user_data_path("advisorcrm", appauthor=False)


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

    return user_cache_path("advisorcrm", appauthor=False) / "run"
