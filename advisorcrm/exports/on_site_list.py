"""现场客户档案: the columns of 客户明细表 with room, seat and transition beside them (R105)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from advisorcrm.columns import Column, branch_date
from advisorcrm.exports.cells import sheet_columns
from advisorcrm.exports.client_sheet import ClientSheetRow, iterate_client_rows
from advisorcrm.exports.held_back import rows_to_leave
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.long_list import ListColumn, ListHead, write_list
from advisorcrm.services.access import Actor
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.seats.seat_plans import OnSiteRow, list_on_site_clients

SUBJECT = "现场客户档案"
_BESIDE = (
    "room_name", "seat_label", "pass_no", "entered_on", "meets_conditions", "transition_ends_on",
    "follow_up",
)  # fmt: skip
_AFTER = "tier"
"""The seat stands behind the client's name, account, number and type."""


@dataclass(frozen=True, slots=True)
class OnSiteSheetRow(ClientSheetRow):
    """One on-site client (forms.md 1.3)."""

    room_name: Annotated[str, Column("客户室")]
    seat_label: Annotated[str, Column("机位号", width=8)]
    pass_no: Annotated[str, Column("入室凭证", width=14)]
    entered_on: Annotated[date | None, Column("进入日期")]
    meets_conditions: Annotated[str, Column("条件是否符合")]
    transition_ends_on: Annotated[date | None, Column("过渡期截止（两个月）", width=16)]
    follow_up: Annotated[str, Column("跟踪", width=24)]


def register_on_site_list(session: Session, actor: Actor, *, now: datetime) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    count = len(rows_to_leave(session, list_on_site_clients(session, actor)))
    return take_imprint(session, actor, Leaving(SUBJECT, client_count=count), now=now)


def export_on_site_list(session: Session, actor: Actor, imprint: Imprint, path: Path) -> int:
    """Write the list as a workbook; returns how many clients it holds."""
    book = load_code_book(session, actor)
    seats = rows_to_leave(session, list_on_site_clients(session, actor))
    words = imprint.words()
    foot = f"打印人：{words['printed_by']}　打印时间：{words['printed_at']}"
    line = f"营业部：{imprint.branch}　　共 {len(seats)} 户"
    head = ListHead(SUBJECT, f"{imprint.branch}{SUBJECT}", line, foot)
    columns = {one.name: one for one in sheet_columns(OnSiteSheetRow, book)}
    order = [name for name in columns if name not in _BESIDE]
    at = order.index(_AFTER) + 1
    order[at:at] = _BESIDE
    rows = _rows(session, actor, seats, imprint)
    return write_list(path, head, [ListColumn(columns[name]) for name in order], rows)


def _rows(
    session: Session, actor: Actor, seats: list[OnSiteRow], imprint: Imprint
) -> Iterator[OnSiteSheetRow]:
    today = branch_date(imprint.at)
    ids = [seat.client_id for seat in seats]
    clients = iterate_client_rows(session, actor, ids, is_masked=imprint.is_masked, today=today)
    for client, seat in zip(clients, seats, strict=True):
        yield OnSiteSheetRow(
            **{item.name: getattr(client, item.name) for item in fields(ClientSheetRow)},
            room_name=seat.room_name,
            seat_label=seat.seat_label,
            pass_no=seat.pass_no,
            entered_on=seat.entered_on,
            meets_conditions=_said(seat.meets_conditions),
            transition_ends_on=seat.transition_ends_on,
            follow_up=seat.note,
        )


def _said(meets: bool | None) -> str:
    return "" if meets is None else "符合" if meets else "不符合"
