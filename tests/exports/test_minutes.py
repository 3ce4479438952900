"""The minutes on paper and as a file: items in order, decisions, action items, who was there."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from advisorcrm.db.database import Database
from advisorcrm.exports.minutes import export_minutes, file_stem, register_minutes
from advisorcrm.rules.masking import mask_words
from advisorcrm.services.meetings.company_views import decide_view, withdraw_view
from advisorcrm.services.meetings.meetings import (
    ITEMS,
    MinutesData,
    begin_minutes,
    close_minutes,
    get_minutes,
    save_minutes,
)
from advisorcrm.services.tasks.tasks import NewTask, TaskData, add_task
from advisorcrm.terms import MeetingKind, Stance, TaskSource
from tests.conftest import TODAY
from tests.factories import NOW, People
from tests.services.role_cases.meetings import new_view


@pytest.mark.req("R23", "R24", "R48")
@pytest.mark.parametrize("kind", MeetingKind)
def test_the_minutes_leave_as_a_sheet_with_all_that_is_prescribed(
    file_database: Database, file_people: People, tmp_path: Path, kind: MeetingKind
) -> None:
    manager = file_database.acting_as(file_people.manager)

    def fill(session: Any, actor: Any) -> int:
        key = begin_minutes(session, actor, kind, TODAY, now=NOW)
        items = {item: f"内容{number}：13900000458" for number, item in enumerate(ITEMS[kind], 1)}
        present = frozenset({file_people.manager.user_id, file_people.advisor.user_id})
        data = MinutesData(None, None, "会议室", file_people.manager.user_id, items, present)
        save_minutes(session, actor, key, data, version=1)
        view = new_view(
            subject="贵州茅台", code="600519", stance=Stance.NEGATIVE, is_push=True,
            meeting_id=key, points="=高估", source="短信平台",
        )  # fmt: skip
        decide_view(session, actor, view, now=NOW)
        task = NewTask(
            str(uuid.uuid4()), TaskData("回访新客户", date(2026, 11, 25)),
            receiver_id=file_people.advisor.user_id, source=TaskSource.MINUTES, source_id=key,
        )  # fmt: skip
        add_task(session, actor, task, now=NOW)
        close_minutes(session, actor, key, now=NOW)
        return key

    key = manager.write(fill)
    imprint = manager.write(partial(register_minutes, meeting_id=key, now=NOW))
    stem = file_stem(manager.read(partial(get_minutes, meeting_id=key)))
    assert stem == f"2026-11-20{kind.label_zh}纪要"
    [view] = manager.read(partial(get_minutes, meeting_id=key)).views
    later = NOW + timedelta(days=3)
    manager.write(partial(withdraw_view, view_id=view.id, reason="报告更正", now=later))
    path = tmp_path / f"{stem}.xlsx"
    manager.read(partial(export_minutes, meeting_id=key, imprint=imprint, path=path))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [
        [str(cell.value) for cell in row if cell.value not in (None, "")]
        for row in sheet.iter_rows()
    ]
    words = [" ".join(row) for row in rows]
    for number, item in enumerate(ITEMS[kind], 1):
        assert [str(number), item.label_zh, f"内容{number}：{mask_words('13900000458')}"] in rows
    assert ["出席人员", "方静、林若溪"] in rows
    assert ["缺席人员", "周岚"] in rows
    assert [
        "1", "贵州茅台 600519", "是", "看空（已撤回）", "2026-11-20 至 2026-11-20",
        "2026-11-23 撤回：报告更正；=高估", "短信平台",
    ] in rows  # fmt: skip
    assert ["1", "回访新客户", "林若溪", "2026-11-25", "待办"] in rows
    assert any(f"{kind.label_zh}纪要" in line for line in words)
    assert any("已定稿" in line for line in words)
    assert any("主持人签字" in line for line in words)
