"""Contact logs on paper: 客户沟通记录表 of one client or a period (R81), 日报 of one day (R82)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, CodeBook, Column
from advisorcrm.exports.forms import Filling, fill
from advisorcrm.exports.held_back import held_back
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.progress import Progress, unheard
from advisorcrm.exports.sheet import Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.models import Client, User
from advisorcrm.rules.masking import mask_account
from advisorcrm.services.access import Actor, any_client
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter, ContactLogRow
from advisorcrm.services.contacts.contact_logs import count_contact_logs, list_contact_logs
from advisorcrm.terms import CONTACT_WAY, TIER, AccessKind, Reaction

HISTORY_FORM, DAY_FORM, PERIOD_FORM = "contact_log", "contact_day", "contact_period"
HISTORY_SUBJECT, DAY_SUBJECT = "客户沟通记录表", "客户沟通日报"
FEWEST_CLIENTS_A_DAY = 3
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class LogSheetRow:
    """One conversation as the forms show it."""

    contacted_at: Annotated[datetime, Column("沟通时间", width=16)]
    contacted_time: Annotated[str, Column("时间", width=8)]
    client_name: Annotated[str, Column("客户")]
    way: Annotated[str, Column("沟通方式", codes=terms.CONTACT_WAY)]
    way_shown: Annotated[str, Column("沟通方式")]
    topics: Annotated[tuple[str, ...], Column("沟通主题", codes=terms.TOPIC)]
    content: Annotated[str, Column("沟通内容", width=48)]
    content_shown: Annotated[str, Column("沟通内容（具体情况）", width=48)]
    reaction: Annotated[Reaction | None, Column("客户反映")]
    next_shown: Annotated[str, Column("下次沟通安排", width=20)]
    author_name: Annotated[str, Column("记录人")]


@dataclass(frozen=True, slots=True)
class LogRequest:
    """Whose conversations: one client's, one author's on a day, or all of a period."""

    client_id: int | None = None
    author_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    kind: AccessKind = AccessKind.EXPORT
    unmasked: bool = False
    purpose: str = ""
    ways: tuple[str, ...] = ()
    text: str = ""

    @property
    def is_day_sheet(self) -> bool:
        """Whether it is the daily memo of an advisor: all that one person noted on one day."""
        is_of_one = self.client_id is None and self.author_id is not None
        is_whole = not self.ways and not self.text
        return is_of_one and is_whole and self.from_on is not None and self.from_on == self.to_on

    def filter(self) -> ContactLogFilter:
        """The same as a question to the service; restricted files stay in the house (2.7d)."""
        return ContactLogFilter(
            self.client_id, self.author_id, self.from_on, self.to_on, self.ways, self.text,
            without_restricted=True,
        )  # fmt: skip


def register_contact_log(
    session: Session, actor: Actor, request: LogRequest, *, now: datetime
) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    subject, count = HISTORY_SUBJECT, 1
    if request.client_id is not None:
        any_client(session, actor, request.client_id)
    if request.is_day_sheet:
        subject = f"{DAY_SUBJECT} {_days(request)}"
    elif request.client_id is None:
        subject = f"{HISTORY_SUBJECT} {_days(request)}"
    if request.client_id is None:
        count = count_contact_logs(session, actor, request.filter()).clients
    leaving = Leaving(
        subject,
        request.kind,
        request.client_id,
        client_count=count,
        unmasked=request.unmasked,
        purpose=request.purpose,
    )
    return take_imprint(session, actor, leaving, now=now)


def contact_log_sheet(
    session: Session,
    actor: Actor,
    request: LogRequest,
    imprint: Imprint,
    *,
    progress: Progress = unheard,
) -> Sheet:
    """The filled form, oldest conversation first."""
    book = load_code_book(session, actor)
    unmasked = not imprint.is_masked
    logs = _all_logs(session, actor, request.filter(), unmasked=unmasked, progress=progress)
    rows = sheet_rows(logs, book)
    words = imprint.words() | {"period": _period(request, book), "total": _total(request, logs)}
    if request.client_id is None:
        words["total"] += "（不含限制处理的客户）" if held_back(session) else ""
        words["advisor"] = _author(session, request.author_id)
        form = DAY_FORM if request.is_day_sheet else PERIOD_FORM
    else:
        words |= _client_words(session, actor, request, imprint, book)
        form = HISTORY_FORM
    return fill(form, Filling(words, book, None, {"logs": rows}, imprint.watermark))


def export_contact_log(
    session: Session,
    actor: Actor,
    request: LogRequest,
    imprint: Imprint,
    path: Path,
    *,
    progress: Progress = unheard,
) -> int:
    """Write the form as a workbook; returns how many conversations it holds."""
    sheet = contact_log_sheet(session, actor, request, imprint, progress=progress)
    write_forms(path, [sheet])
    return sum(1 for row in sheet.blocks[0].rows if row.cells[1].text)


def sheet_rows(logs: Sequence[ContactLogRow], book: CodeBook) -> list[LogSheetRow]:
    """Conversations as the forms show them; numbers are masked as they came."""
    return [_sheet_row(log, book) for log in logs]


def _sheet_row(log: ContactLogRow, book: CodeBook) -> LogSheetRow:
    way = book.label_zh(CONTACT_WAY, log.way)
    minutes = f"{log.minutes} 分" if log.minutes else ""
    return LogSheetRow(
        contacted_at=log.contacted_at,
        contacted_time=log.contacted_at.astimezone(BRANCH_TIME).strftime("%H:%M"),
        client_name=log.client_name,
        way=log.way,
        way_shown=f"{way}\n{minutes}".strip(),
        topics=log.topics,
        content=log.content,
        content_shown=_content(log),
        reaction=log.reaction,
        next_shown=_next(log, book),
        author_name=log.author_name,
    )


def _content(log: ContactLogRow) -> str:
    """What was said; the basis of advice and every correction hang below it."""
    parts = [log.content]
    if log.is_advice:
        parts.append(f"投资建议，依据：{log.basis}")
    for number, correction in enumerate(log.corrections, start=1):
        at = correction.created_at.astimezone(BRANCH_TIME).strftime("%Y-%m-%d %H:%M")
        why = f"{correction.author_name} {at}，{correction.reason}"
        parts.append(f"更正 {number}（{why}）：{correction.content}")
    if log.was_reminded_of_counter:
        parts.append("已提醒在柜台留存最新联系方式")
    return "\n".join(parts)


def _next(log: ContactLogRow, book: CodeBook) -> str:
    day = log.next_on.isoformat() if log.next_on else ""
    clock = log.next_at.strftime("%H:%M") if log.next_at else ""
    way = book.label_zh(CONTACT_WAY, log.next_way)
    first = " ".join(part for part in (day, clock, way) if part)
    return "\n".join(part for part in (first, log.next_note) if part)


def _all_logs(
    session: Session, actor: Actor, query: ContactLogFilter, *, unmasked: bool, progress: Progress
) -> list[ContactLogRow]:
    """Every conversation of the form, oldest first."""
    logs: list[ContactLogRow] = []
    before = None
    while True:
        progress(len(logs), 0)
        part = list_contact_logs(
            session, actor, query, limit=_CHUNK, before=before, unmasked=unmasked
        )
        logs += part
        if len(part) < _CHUNK:
            return logs[::-1]
        before = (part[-1].contacted_at, part[-1].id)


def _period(request: LogRequest, book: CodeBook) -> str:
    """The days, and by what else the conversations were chosen."""
    ways = "、".join(book.label_zh(CONTACT_WAY, way) for way in request.ways)
    text = f"含“{request.text}”" if request.text else ""
    return "，".join(part for part in (_days(request), ways, text) if part)


def _days(request: LogRequest) -> str:
    first, last = request.from_on, request.to_on
    if first and last and first != last:
        return f"{first} 至 {last}"
    if first and last:
        return f"{first}"
    if first or last:
        return f"{first} 起" if first else f"至 {last}"
    return "全部"


def _total(request: LogRequest, logs: Sequence[ContactLogRow]) -> str:
    clients = len({log.client_id for log in logs})
    if request.is_day_sheet:
        return f"共 {len(logs)} 次，{clients} 位不同客户（规定不少于 {FEWEST_CLIENTS_A_DAY} 位）"
    return f"共 {len(logs)} 次" if request.client_id else f"共 {len(logs)} 次，{clients} 位不同客户"


def _author(session: Session, author_id: int | None) -> str:
    author = session.get(User, author_id) if author_id is not None else None
    return author.name if author else "全部"


def _client_words(
    session: Session, actor: Actor, request: LogRequest, imprint: Imprint, book: CodeBook
) -> dict[str, str]:
    client: Client = any_client(session, actor, request.client_id or 0)
    account = client.account or ""
    return {
        "client": client.name,
        "account": mask_account(account) if imprint.is_masked else account,
        "tier": book.label_zh(TIER, client.tier),
        "file_no": client.client_no,
        "advisor": _author(session, client.advisor_id) if client.advisor_id else "",
    }
