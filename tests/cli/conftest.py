"""The branch of the command line's tests, made by its commands once a run."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def branch_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the new branch lies that each test copies: empty until the first has made it."""
    return tmp_path_factory.mktemp("branch")
