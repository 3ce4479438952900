"""Files that take the place of others while somebody looks at them."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisorcrm import private_files
from advisorcrm.db import durable
from advisorcrm.db.durable import take_place


@pytest.mark.parametrize("refuses_while_read", [True, False])
def test_a_file_that_a_scanner_reads_for_a_moment_is_exchanged_where_that_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refuses_while_read: bool
) -> None:
    draft, target, refusals = tmp_path / "new", tmp_path / "vault", [1, 2]
    draft.write_text("new", "utf-8")
    target.write_text("old", "utf-8")
    really = Path.replace

    def as_on_windows(path: Path, to: Path) -> Path:
        if refusals:
            refusals.pop()
            raise PermissionError(13, "sharing violation")
        return really(path, to)

    monkeypatch.setattr(Path, "replace", as_on_windows)
    monkeypatch.setattr(durable, "_REFUSES_WHILE_READ", refuses_while_read)
    if refuses_while_read:
        take_place(draft, target)
    else:
        with pytest.raises(PermissionError):
            take_place(draft, target)
    assert target.read_text("utf-8") == ("new" if refuses_while_read else "old")


def test_no_file_is_handed_out_under_the_name_of_a_device() -> None:
    names = ["con.pdf", "LPT1", "aux .tar", "nul", "合同.pdf", "console.pdf", "com10.pdf"]
    given = [private_files.place_for(name).name for name in names]
    assert given == [
        "_con.pdf", "_LPT1", "_aux .tar", "_nul", "合同.pdf", "console.pdf", "com10.pdf"
    ]  # fmt: skip
