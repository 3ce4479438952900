"""Where files lie, also for a person of whom the computer knows no home."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisorcrm import paths


def test_without_a_home_no_folder_is_made_where_the_program_was_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ADVISORCRM_HOME")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # no entry of the person either
    for place in (paths.data_dir(), paths.default_database(), paths.log_dir(), paths.temp_dir()):
        assert place.is_absolute()
        assert tmp_path not in place.resolve().parents
