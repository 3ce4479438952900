"""Visits as lines of 今日三访: what each column says and how it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, CodeBook, Column, Form, show_money, show_number
from advisorcrm.i18n import N_, _, pgettext
from advisorcrm.services.visits.visit_suggestions import VisitLine
from advisorcrm.views.clients.client_looks import overdue_tone
from advisorcrm.views.table_cells import Look

_LOOK_AT = N_("查看")
_MOST = 24


@dataclass(frozen=True, slots=True)
class VisitShown:
    """One line: a client who was visited, or who should be."""

    id: int
    mark: Annotated[str, Column("", width=4)]
    client: Annotated[str, Column("客户", width=20)]
    rank: Annotated[str, Column("贡献度", width=12)]
    assets: Annotated[str, Column("总资产", align="right", width=11)]
    since: Annotated[str, Column("距上次", align="right", width=9)]
    why: Annotated[str, Column("为什么是他", width=26)]
    action: Annotated[str, Column("", align="right", width=9)]
    line: VisitLine
    under_client: str
    second_why: str


def visits_shown(lines: Iterable[VisitLine], book: CodeBook, *, may_log: bool) -> list[VisitShown]:
    """The lines of the board in words."""
    return [_shown(line, book, may_log=may_log) for line in lines]


def visit_looks() -> Mapping[str, Look]:
    """How the columns are drawn."""
    return {
        "mark": Look(icon=_mark),
        "client": Look(second=lambda row: row.under_client, is_name=True),
        "rank": Look(percent=_share, bar_tone="accent"),
        "since": Look(tone=_since_tone),
        "why": Look(second=lambda row: row.second_why),
        "action": Look(tone=lambda row: "text2" if row.line.is_done else "accent"),
    }


def _shown(line: VisitLine, book: CodeBook, *, may_log: bool) -> VisitShown:
    first, second = _done_words(line, book) if line.is_done else line.reasons
    ways = _("、").join(book.label(terms.TRADING_WAY, way) for way in line.trading_ways)
    tier = book.label(terms.TIER, line.tier)
    if line.is_gone:
        return VisitShown(line.id, "", line.name, "", "", "", first, "", line, "", _("已移交"))
    is_look = line.is_done or not may_log
    action = _(_LOOK_AT) if is_look else f"{pgettext('action', '记录')} ⏎"
    return VisitShown(
        line.id,
        "",
        line.name,
        _("第 {rank}").format(rank=line.rank),
        "" if line.assets_fen is None else show_money(line.assets_fen),
        _("从未") if line.days_since is None else show_number(line.days_since, Form.DAYS),
        first,
        action,
        line,
        " · ".join(part for part in (tier, ways) if part),
        second,
    )


def _done_words(line: VisitLine, book: CodeBook) -> tuple[str, str]:
    """``已访 10:12 电话 4 分钟``, and what was agreed or said."""
    log = line.log
    if log is None:
        return "", ""
    at = f"{log.visited_at.astimezone(BRANCH_TIME):%H:%M}"
    form = _("已访 {at} {way} {count} 分钟") if log.minutes else _("已访 {at} {way}")
    way = book.label(terms.CONTACT_WAY, log.way)
    return form.format(at=at, way=way, count=log.minutes), log.next_note or log.content[:_MOST]


def _mark(row: VisitShown) -> str:
    return "circle-check/ok" if row.line.is_done else "circle/text3"


def _share(row: VisitShown) -> int | None:
    return None if row.line.is_gone else row.line.share


def _since_tone(row: VisitShown) -> str:
    if row.line.is_done:
        return "ok"
    if row.line.days_since is None:
        return "crit"
    return overdue_tone(row.line.days_since, row.line.every_days)
