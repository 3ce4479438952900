"""What happened with one client, and how two versions of the file differ, on paper (R77, R83).

No prescribed forms. Of a corrected conversation both wordings are printed; values are masked as
the page masks them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from advisorcrm.columns import CodeBook, Column, branch_date
from advisorcrm.exports.contact_log import sheet_rows
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.record_list import RecordList, export_record_list, record_list_sheet
from advisorcrm.exports.sheet import Sheet
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.access import Actor, any_client, names_are_masked
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.contacts.timelines import StreamItem, StreamKind, list_timeline
from advisorcrm.services.histories.histories import VersionRow, compare_versions
from advisorcrm.terms import TOPIC, AccessKind

TIMELINE, COMPARISON = "沟通时间线", "修改历史比较"
_LONGEST = 5_000


@dataclass(frozen=True, slots=True)
class StreamSheetRow:
    """One entry of the stream."""

    at: Annotated[datetime, Column("时间", width=14)]
    kind: Annotated[str, Column("类别", width=8)]
    subject: Annotated[str, Column("主题", width=16)]
    content: Annotated[str, Column("内容（更正在原文之下）", width=52)]
    who: Annotated[str, Column("记录人", width=8)]


@dataclass(frozen=True, slots=True)
class DifferenceSheetRow:
    """One field in which two versions differ."""

    label: Annotated[str, Column("字段", width=14)]
    old: Annotated[str, Column("原来", width=28)]
    new: Annotated[str, Column("改为", width=28)]
    why: Annotated[str, Column("原因", width=20)]
    changed_on: Annotated[date, Column("日期", width=10)]


@dataclass(frozen=True, slots=True)
class HistoryRequest:
    """Of whom; two versions to compare, or the stream, of one kind or of all."""

    client_id: int
    versions: tuple[int, int] | None = None
    kind: StreamKind | None = None

    @property
    def subject(self) -> str:
        """What the access log calls it."""
        return TIMELINE if self.versions is None else COMPARISON


def register_history(
    session: Session,
    actor: Actor,
    request: HistoryRequest,
    *,
    now: datetime,
    kind: AccessKind = AccessKind.PRINT,
) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    any_client(session, actor, request.client_id)
    return take_imprint(session, actor, Leaving(request.subject, kind, request.client_id), now=now)


def history_sheet(
    session: Session, actor: Actor, request: HistoryRequest, imprint: Imprint
) -> Sheet:
    """The stream, newest first, or the differences, for preview, PDF and printer."""
    client = any_client(session, actor, request.client_id)
    sheet = record_list_sheet(session, actor, _listed(request), imprint)
    name = mask_name(client.name) if names_are_masked(actor) else client.name
    line = (*sheet.line, f"客户：{name}", _span(request))
    return replace(
        sheet,
        corner_right=f"档案编号：{client.client_no}",
        line=tuple(part for part in line if part),
    )


def export_history(
    session: Session, actor: Actor, request: HistoryRequest, imprint: Imprint, path: Path
) -> int:
    """Write the same as a workbook; returns how many rows it holds."""
    any_client(session, actor, request.client_id)
    return export_record_list(session, actor, _listed(request), imprint, path)


def _listed(request: HistoryRequest) -> RecordList:
    if request.versions is None:
        return RecordList(TIMELINE, StreamSheetRow, lambda s, a, _today: _stream(s, a, request))
    return RecordList(
        COMPARISON, DifferenceSheetRow, lambda s, a, _today: _differences(s, a, request)
    )


def _span(request: HistoryRequest) -> str:
    if request.versions is None:
        return f"只印{request.kind.label_zh}" if request.kind else ""
    earlier, later = request.versions
    return f"第 {earlier} 版 → 第 {later} 版"


def _differences(
    session: Session, actor: Actor, request: HistoryRequest
) -> list[DifferenceSheetRow]:
    earlier, later = request.versions or (0, 0)
    found = compare_versions(session, actor, request.client_id, earlier, later)
    return [
        DifferenceSheetRow(
            one.label, one.old or "空", one.new or "空", one.why,
            branch_date(one.at),
        )
        for one in found
    ]  # fmt: skip


def _stream(session: Session, actor: Actor, request: HistoryRequest) -> list[StreamSheetRow]:
    book = load_code_book(session, actor)
    timeline = list_timeline(session, actor, request.client_id, kind=request.kind, limit=_LONGEST)
    return [_entry(item, book) for item in timeline.items]


def _entry(item: StreamItem, book: CodeBook) -> StreamSheetRow:
    subject, content, who = _told(item, book)
    return StreamSheetRow(item.at, item.kind.label_zh, subject, content, who)


def _told(item: StreamItem, book: CodeBook) -> tuple[str, str, str]:
    """Subject, content and author of one entry."""
    if item.log is not None:
        [log] = sheet_rows((item.log,), book)
        topics = "、".join(book.label_zh(TOPIC, code) for code in log.topics)
        subject = _joined(topics, log.way_shown.replace("\n", " "))
        return subject, log.content_shown, log.author_name
    if item.version is not None:
        return _version(item.version)
    if item.care is not None:
        care = item.care
        subject = f"{care.kind.label_zh} {care.occasion}".strip()
        return subject, _joined(care.way.label_zh, care.content), care.who
    if item.gift is not None:
        gift = item.gift
        content = _joined(f"{gift.value_fen / 100:,.2f} 元", gift.occasion, gift.state.label_zh)
        return f"礼品 {gift.item}", content, gift.who
    if item.event is not None:
        event = item.event
        return event.title, _joined(event.place, event.answer.label_zh, event.feedback), ""
    return "", "", ""


def _version(version: VersionRow) -> tuple[str, str, str]:
    told = [f"{one.label}：{one.old or '空'} → {one.new or '空'}" for one in version.entries]
    if version.why:
        told.append(f"原因：{version.why}")
    return f"第 {version.number} 版", "\n".join(told), version.who


def _joined(*parts: str) -> str:
    return "，".join(part for part in parts if part)
