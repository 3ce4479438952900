"""Copies on demand: verified, told where they lie, or told why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisorcrm.db.database import open_file
from advisorcrm.errors import DiskFullError
from advisorcrm.views.settings.backup_panel import BackupPanel
from tests.factories import KEY
from tests.views.settings.conftest import OpenPage, go_to


@pytest.fixture
def panel(open_page: OpenPage) -> BackupPanel:
    page = open_page("administrator")
    go_to(page, "数据与备份")
    panel = page.findChild(BackupPanel)
    panel.host = page  # the page lives as long as the test
    return panel


def test_a_copy_is_made_verified_and_shown(panel: BackupPanel, place: str) -> None:
    assert panel.last.text() == "还没有备份。"
    panel.back_up_button.click()
    (copy,) = (Path(place).parent / "backups").glob("backup-*.db")
    assert panel.said.text() == f"已备份并验证：{copy}"
    assert str(copy) in panel.last.text()
    assert copy.with_suffix(".vault").is_file()
    open_file(copy, KEY).close()
    assert panel.back_up_button.isEnabled()


def test_a_copy_that_fails_is_told_and_can_be_tried_again(
    panel: BackupPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Path:
        raise DiskFullError("备份没有完成：剩余空间不足。")

    monkeypatch.setattr(panel._workplace, "back_up", fail)
    panel.back_up_button.click()
    assert panel.said.text() == "备份没有完成：剩余空间不足。"
    assert panel.back_up_button.isEnabled()


def test_the_check_says_what_is_wrong_and_what_to_do(
    panel: BackupPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel.check_button.click()
    assert panel.said.text() == "完整性检查通过。"
    monkeypatch.setattr(panel._workplace, "check", lambda: ["page 7 is torn", "page 8"])
    panel.check_button.click()
    assert panel.said.text() == "有 2 处问题，请用最近的备份恢复：page 7 is torn"
