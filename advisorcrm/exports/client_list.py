"""The client list: 营业部客户明细表, 高端客户明细表 (R71)."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from advisorcrm.collector import collector_paused
from advisorcrm.columns import CodeBook, branch_date
from advisorcrm.db.engines import EXPORT_CACHE_KIB, much_cache
from advisorcrm.exports.cells import sheet_columns
from advisorcrm.exports.client_sheet import ClientSheetRow, iterate_client_rows
from advisorcrm.exports.forms import Filling, fill, table_of
from advisorcrm.exports.held_back import held_back, without_held_back
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.long_list import ListColumn, ListHead, write_list
from advisorcrm.exports.own_lines import own_columns
from advisorcrm.exports.progress import Progress, unheard
from advisorcrm.exports.sheet import Sheet
from advisorcrm.services.access import Actor, demand_client, sees_branch
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.clients.clients import (
    ClientFilter,
    ClientOrder,
    list_client_ids,
)
from advisorcrm.terms import TIER, AccessKind

FORM = "client_list"
SUBJECT = "客户明细表"


@dataclass(frozen=True, slots=True)
class ClientListRequest:
    """Which clients, in which order, masked or not; ``client_id`` for one client alone."""

    query: ClientFilter = field(default_factory=ClientFilter)
    order: ClientOrder = field(default_factory=ClientOrder)
    kind: AccessKind = AccessKind.EXPORT
    unmasked: bool = False
    purpose: str = ""
    client_id: int | None = None


def register_client_list(
    session: Session, actor: Actor, request: ClientListRequest, *, now: datetime
) -> Imprint:
    """Demand the right and note in the access log what is about to leave (R16, R148); a write."""
    today = branch_date(now)
    leaving = Leaving(
        SUBJECT,
        request.kind,
        client_id=request.client_id,
        client_count=len(listed_clients(session, actor, request, today)),
        unmasked=request.unmasked,
        purpose=request.purpose,
    )
    return take_imprint(session, actor, leaving, now=now)


def export_client_list(
    session: Session,
    actor: Actor,
    request: ClientListRequest,
    imprint: Imprint,
    path: Path,
    *,
    progress: Progress = unheard,
) -> int:
    """Write the list as a workbook; returns how many clients it holds.

    The prescribed columns print on A4 as they stand, what an import needs besides stands to
    their right. Memory does not grow with the list.
    """
    today = branch_date(imprint.at)
    ids = listed_clients(session, actor, request, today)
    book = load_code_book(session, actor)
    form = fill(FORM, Filling(_words(session, actor, request, imprint, len(ids)), book))
    line = "　　".join((form.corner_left, *form.line))
    sign_off = "　　".join(cell.text for cell in form.blocks[-1].rows[0].cells)
    head = ListHead(form.name, form.title, line, form.foot, sign_off, imprint.watermark)
    rows = iterate_client_rows(
        session, actor, ids, is_masked=imprint.is_masked, today=today, progress=progress
    )
    with much_cache(session.connection(), EXPORT_CACHE_KIB), collector_paused():
        return write_list(path, head, list_columns(book), rows)


def listed_clients(
    session: Session, actor: Actor, request: ClientListRequest, today: date
) -> array[int]:
    """The clients of the list in its order, without restricted files (2.7d).

    Raises NotFoundError for one client alone who is gone or not to be seen.
    """
    if request.client_id is not None:
        demand_client(session, actor, request.client_id)
        return array("q", [request.client_id])
    found = list_client_ids(session, actor, request.query, request.order, today=today)
    return without_held_back(session, found)


def list_columns(book: CodeBook) -> list[ListColumn]:
    """The columns of the workbook: the prescribed ones as wide as the form draws them."""
    widths = {column["field"]: column["width"] for column in table_of(FORM)}
    widths["position"] = widths.pop("#")
    columns = [*sheet_columns(ClientSheetRow, book), *own_columns(book)]
    return [ListColumn(source, widths.get(source.name, 0)) for source in columns]


def client_list_sheet(
    session: Session,
    actor: Actor,
    request: ClientListRequest,
    imprint: Imprint,
    *,
    progress: Progress = unheard,
) -> Sheet:
    """The list as the prescribed form, for preview, PDF and printer."""
    today = branch_date(imprint.at)
    ids = listed_clients(session, actor, request, today)
    rows = list(
        iterate_client_rows(
            session, actor, ids, is_masked=imprint.is_masked, today=today, progress=progress
        )
    )
    return fill(
        FORM,
        Filling(
            _words(session, actor, request, imprint, len(rows)),
            load_code_book(session, actor),
            tables={"clients": rows},
            watermark=imprint.watermark,
        ),
    )


def _words(
    session: Session, actor: Actor, request: ClientListRequest, imprint: Imprint, count: int
) -> dict[str, str]:
    book, query = load_code_book(session, actor), request.query
    is_high_end = bool(query.tiers) and set(query.tiers) <= set(
        load_settings(session, actor).high_end_tiers
    )
    tiers = "、".join(book.label_zh(TIER, tier) for tier in query.tiers)
    is_narrowed = not replace(query, tiers=()).is_empty
    everybody = "全部客户" if request.client_id is None else "一位客户"
    scope = f"{tiers or everybody}{'（按条件筛选）' if is_narrowed else ''}，{count} 户"
    if request.client_id is None and held_back(session):
        scope += "（不含限制处理的客户）"
    return imprint.words() | {
        "form_title": "高端客户明细表" if is_high_end else "营业部客户明细表",
        "group": "全部" if sees_branch(actor) else "、".join(actor.group_names),
        "advisor": "全部" if sees_branch(actor) else actor.name,
        "scope": scope,
        "data_on": imprint.words()["printed_on"],
    }
