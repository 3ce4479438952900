"""The forms of return calls, read back from the workbook and from the sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError
from advisorcrm.exports.callbacks import (
    CallbackPaper,
    CallbackRequest,
    callback_sheets,
    export_callbacks,
    register_callbacks,
)
from advisorcrm.rules.corrected_answers import AnswerFixes
from advisorcrm.services.callbacks.callback_campaigns import CampaignSummary, write_summary
from advisorcrm.services.callbacks.callback_corrections import NewCorrection, correct_callback
from advisorcrm.services.callbacks.callback_recording import record_callback
from advisorcrm.services.callbacks.callback_rows import close_follow_up
from advisorcrm.services.files.privacy_requests import NewRequest, file_request
from advisorcrm.terms import CallbackGrade, PrivacyRequestKind
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client
from tests.services.callbacks.callback_samples import BAD, GOOD, calls_of, make_campaign, record

CORRECTED = "客户说的是两周一次，电话 13900000458。"
ITEMS = ("服务态度", "业务解答", "资讯推送", "交易通道", "办事效率")


@pytest.fixture
def campaign(database: Database, people: People) -> int:
    """Three member clients: one satisfied, one not, one not called yet."""

    def work(session: Session, _actor: Actor) -> int:
        names = ("贺敏", "温若水", "陆小满")
        clients = [
            make_client(session, people.advisor, name=name, tier="gold", mobile="13900000458")
            for name in names
        ]
        session.flush()
        key = make_campaign(session, people.manager, audience="金卡客户", place="营业部")
        calls = calls_of(session, key)
        for client, answers in zip(clients, (GOOD, BAD), strict=False):
            record_callback(session, people.advisor, calls[client].id, record(answers), now=NOW)
        close_follow_up(session, people.manager, calls[clients[1]].id, "已致歉", today=TODAY)
        summary = CampaignSummary(main_content="多数客户满意。", measures="每周联系一次。")
        write_summary(session, people.manager, key, summary)
        return key

    return database.write(work)


def said_in(path: Path) -> list[str]:
    """All texts of a workbook, worksheet by worksheet."""
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet.rows for cell in row
            if cell.value is not None]  # fmt: skip


def written(
    database: Database, people: People, request: CallbackRequest, path: Path
) -> tuple[int, list[str]]:
    manager = database.acting_as(people.manager)
    imprint = manager.write(partial(register_callbacks, request=request, now=NOW))
    count = manager.read(partial(export_callbacks, request=request, imprint=imprint, path=path))
    return count, said_in(path)


@pytest.mark.req("R219", "R223", "R242")
def test_a_record_stands_on_its_form_with_grades_scores_and_the_five_questions(
    database: Database, people: People, campaign: int, tmp_path: Path
) -> None:
    request = CallbackRequest(CallbackPaper.RECORDS, campaign)
    count, said = written(database, people, request, tmp_path / "a.xlsx")
    assert count == 2
    for text in (
        "贺敏", "139****0458", "■满意　□一般　□不满意", "■好　□较好　□一般　□差　□很差",
        "□好　□较好　□一般　■差　□很差", "服务态度 2　业务解答 2　资讯推送 2　交易通道 2　办事效率 2",
        GOOD.content, BAD.wishes, BAD.measures, "客户不满意", "是否违规代客操作", "□是　■否",
        "客户签字：",
    ):  # fmt: skip
        assert any(text in word for word in said), text
    assert sum(word == "■是　□否" for word in said) == 6


@pytest.mark.req("R219", "R223")
def test_a_correction_is_printed_below_the_record_and_counted(
    database: Database, people: People, campaign: int, tmp_path: Path
) -> None:
    def correct(session: Session, _actor: Actor) -> None:
        call = next(one for one in calls_of(session, campaign).values() if one.content)
        fixes = AnswerFixes(service_grade=CallbackGrade.POOR, scores={"attitude": 3})
        new = NewCorrection("c-1", CORRECTED, fixes)
        correct_callback(session, people.advisor, call.id, new, now=NOW)

    database.write(correct)
    printed = (
        f"{GOOD.content}\n更正 1（林若溪 2026-11-20 14:20）：服务满意度 好→差，服务态度 5→3。"
        "客户说的是两周一次，电话 139****0458。"
    )
    for paper, expected in (
        (CallbackPaper.RECORDS, printed), (CallbackPaper.PHONE, printed),
        (CallbackPaper.SUMMARY, "其中 1 户的记录有更正，已按更正统计"),
        (CallbackPaper.SUMMARY, "服务态度 2.50（2 人）"),
        (CallbackPaper.RECORDS, "■好　□较好　□一般　□差　□很差"),
    ):  # fmt: skip
        request = CallbackRequest(paper, campaign)
        _count, said = written(database, people, request, tmp_path / f"{paper}.xlsx")
        assert any(expected in word for word in said), paper
    request = CallbackRequest(CallbackPaper.PERIOD, from_on=date(2026, 11, 1), to_on=TODAY)
    _count, said = written(database, people, request, tmp_path / "period.xlsx")
    assert any("（1 户有更正）" in word for word in said)


@pytest.mark.req("R148")
def test_who_has_the_file_restricted_since_counts_and_is_named_on_no_paper(
    database: Database, people: People, campaign: int, tmp_path: Path
) -> None:
    asked = rows(database, "SELECT id FROM client WHERE name = '温若水'")[0][0]
    halt = NewRequest(asked, PrivacyRequestKind.RESTRICTION, TODAY)
    database.acting_as(people.manager).write(partial(file_request, new=halt, now=NOW))

    for paper in CallbackPaper:
        request = CallbackRequest(paper, campaign)
        if paper is CallbackPaper.PERIOD:
            request = CallbackRequest(paper, None, from_on=TODAY, to_on=TODAY)
        _count, said = written(database, people, request, tmp_path / f"{paper}.xlsx")
        assert not any("温若水" in word for word in said), paper
        is_figures = paper in (CallbackPaper.SUMMARY, CallbackPaper.PERIOD)
        assert is_figures or any("贺敏" in word for word in said), paper
        if paper is CallbackPaper.SUMMARY:
            assert any("应回访 3 户，已完成 2 户" in word for word in said)


@pytest.mark.req("R219")
def test_plan_call_list_and_closing_report_of_a_round(
    database: Database, people: People, campaign: int, tmp_path: Path
) -> None:
    expected = {
        CallbackPaper.PLAN: ("金卡客户", "了解服务感受", "2026-11-20 至 2026-11-23", "陆小满",
                             "林若溪", "领导签字："),
        CallbackPaper.PHONE: ("陆小满", "待回访", "不满意\n客户不满意", GOOD.content,
                              "应回访 3 户，已完成 2 户"),
        CallbackPaper.SUMMARY: ("多数客户满意。", "每周联系一次。", "金卡客户 3 户",
                                "应回访 3 户，已完成 2 户，回访率 66%", "服务态度 3.50（2 人）"),
    }  # fmt: skip
    for paper, texts in expected.items():
        request = CallbackRequest(paper, campaign)
        count, said = written(database, people, request, tmp_path / f"{paper}.xlsx")
        assert count == 1
        for text in texts:
            assert any(text in word for word in said), text


@pytest.mark.req("R222", "R241", "R242")
def test_the_weekly_report_sums_up_averages_and_follows_what_is_to_be_improved(
    database: Database, people: People, campaign: int, tmp_path: Path
) -> None:
    week = CallbackRequest(
        CallbackPaper.PERIOD, from_on=date(2026, 11, 17), to_on=date(2026, 11, 23)
    )
    _count, said = written(database, people, week, tmp_path / "week.xlsx")
    for text in (
        "客户回访周报", "3 / 2", "66%（2 / 3）", "50%（满意 1 ÷ 2）", *ITEMS, "3.50",
        "客户不满意\n希望每周有一次电话。", "已致歉", "2026-11-20",
    ):  # fmt: skip
        assert any(text in word for word in said), text
    month = replace(week, from_on=date(2026, 11, 1), to_on=date(2026, 11, 30))
    _count, said = written(database, people, month, tmp_path / "month.xlsx")
    assert any("客户回访月报" in word for word in said)


def test_the_papers_are_for_who_reads_the_records(
    database: Database, people: People, campaign: int
) -> None:
    request = CallbackRequest(CallbackPaper.PHONE, campaign)

    def register(session: Any, actor: Actor) -> Any:
        return register_callbacks(session, actor, request, now=NOW)

    for who in (people.advisor, people.desk, people.office):
        with pytest.raises(NotAllowedError):
            database.acting_as(who).write(register)
    leader = database.acting_as(people.leader)
    imprint = leader.write(register)
    assert leader.read(partial(callback_sheets, request=request, imprint=imprint))
