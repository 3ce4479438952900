"""Conversations as lines of the page: day headings, corrections under their original (R82, R83)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, CodeBook, Column, branch_date, show_instant
from advisorcrm.i18n import N_, _, ngettext
from advisorcrm.rules.plain_dates import day_label
from advisorcrm.services.contacts.contact_log_rows import ContactLogRow, CorrectionRow
from advisorcrm.services.contacts.contact_logs import ContactLogTotals
from advisorcrm.terms import Reaction
from advisorcrm.views.contacts.ways import way_icon
from advisorcrm.views.table_cells import Heading, Look
from advisorcrm.views.widgets.badge import BadgeText

CLIENTS_A_DAY = 3
_REACTION_KINDS = {Reaction.AGREES: "ok", Reaction.UNDECIDED: "info", Reaction.DISAGREES: "crit"}
_NO_STEP = N_("不需要")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: a conversation, or a correction that hangs under it."""

    id: int
    at: Annotated[str, Column("时间", width=8)]
    client: Annotated[str, Column("客户", width=10)]
    way: Annotated[str, Column("方式", width=18)]
    topics: Annotated[str, Column("沟通主题", width=14)]
    content: Annotated[str, Column("沟通内容", width=28)]
    reaction: Annotated[str, Column("反映", width=9)]
    next_step: Annotated[str, Column("下一步", width=12)]
    log: ContactLogRow
    author: Annotated[str, Column("记录人", width=9)] = ""
    tier: str = ""
    second: str = ""
    correction: CorrectionRow | None = None
    is_late: bool = False

    @property
    def day(self) -> date:
        """The branch's day of the conversation."""
        return day_of(self.log)


def day_of(log: ContactLogRow) -> date:
    """The branch's day of a conversation."""
    return branch_date(log.contacted_at)


def lines_of(
    logs: Iterable[ContactLogRow],
    days: Mapping[date, ContactLogTotals],
    book: CodeBook,
    today: date,
    *,
    is_one_author: bool,
) -> list[LogLine | Heading]:
    """Headings and lines in the order of the list."""
    lines: list[LogLine | Heading] = []
    for day, found in groupby(logs, day_of):
        lines.append(Heading(day_heading(day, days.get(day), is_one_author=is_one_author)))
        for log in found:
            lines.append(_line(log, book, today))
            lines += [
                _correction_line(log, *numbered) for numbered in enumerate(log.corrections, 1)
            ]
    return lines


def day_heading(day: date, totals: ContactLogTotals | None, *, is_one_author: bool) -> str:
    """``11-20 周五 · 2 次 · 2 位客户，还差 1 位``."""
    head = day_label(f"{day:%m-%d}", day)
    if totals is None:
        return head
    times = ngettext("{count} 次", "{count} 次", totals.entries).format(count=totals.entries)
    clients = ngettext("{count} 位客户", "{count} 位客户", totals.clients)
    told = f"{head} · {times} · {clients.format(count=totals.clients)}"
    return told + (_reached(totals.clients) if is_one_author else "")


def log_looks() -> dict[str, Look]:
    """How the columns are drawn."""
    return {
        "client": Look(second=lambda line: line.tier, is_name=True),
        "way": Look(icon=_icon),
        "content": Look(second=lambda line: line.second, tone=_tone),
        "reaction": Look(badges=_badges),
        "next_step": Look(tone=lambda line: "crit" if line.is_late else "text2"),
        "author": Look(tone="text2"),
    }


def _line(log: ContactLogRow, book: CodeBook, today: date) -> LogLine:
    way = book.label(terms.CONTACT_WAY, log.way)
    if log.minutes:
        way = _("{way} {minutes} 分").format(way=way, minutes=log.minutes)
    is_late = log.next_on is not None and log.next_on < today
    return LogLine(
        id=log.id,
        at=log.contacted_at.astimezone(BRANCH_TIME).strftime("%H:%M"),
        client=log.client_name,
        way=way,
        topics=_("、").join(book.label(terms.TOPIC, code) for code in log.topics),
        content=" ".join(log.content.split()),
        reaction=log.reaction.label if log.reaction else "",
        next_step=_next_step(log, today),
        log=log,
        author=log.author_name,
        tier=book.label(terms.TIER, log.tier),
        second=_second(log),
        is_late=is_late,
    )


def _correction_line(log: ContactLogRow, number: int, correction: CorrectionRow) -> LogLine:
    told = _("原因：{reason} · {author} {time}").format(
        reason=correction.reason,
        author=correction.author_name,
        time=show_instant(correction.created_at)[5:],
    )
    return LogLine(
        id=correction.id,
        at="",
        client="",
        way="",
        topics=_("↳ 更正 {number}").format(number=number),
        content=" ".join(correction.content.split()),
        reaction="",
        next_step="",
        log=log,
        second=told,
        correction=correction,
    )


def _next_step(log: ContactLogRow, today: date) -> str:
    if log.next_on is None:
        return _(_NO_STEP)
    if log.next_on < today:
        return _("{day} 逾期").format(day=f"{log.next_on:%m-%d}")
    return day_label(f"{log.next_on:%m-%d}", log.next_on)


def _second(log: ContactLogRow) -> str:
    """Basis of advice, corrections, what was promised."""
    parts = []
    if log.is_advice:
        parts.append(_("投资建议 · 依据 {basis}").format(basis=log.basis))
    if log.corrections:
        count = len(log.corrections)
        parts.append(ngettext("更正 {count} 次", "更正 {count} 次", count).format(count=count))
    if log.next_note:
        parts.append(log.next_note)
    if log.was_reminded_of_counter:
        parts.append(_("已提醒到柜台更新资料"))
    return " · ".join(parts)


def _reached(clients: int) -> str:
    if clients >= CLIENTS_A_DAY:
        return " ✓"
    return _("，还差 {count} 位").format(count=CLIENTS_A_DAY - clients)


def _icon(line: LogLine) -> str:
    return "" if line.correction else way_icon(line.log.way)


def _tone(line: LogLine) -> str:
    return "warn" if line.correction else "text"


def _badges(line: LogLine) -> tuple[BadgeText, ...]:
    if line.correction or line.log.reaction is None:
        return ()
    return (BadgeText(line.reaction, _REACTION_KINDS[line.log.reaction]),)
