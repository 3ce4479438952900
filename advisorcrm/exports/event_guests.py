"""签到表 of one event: who is invited, who came and signs, what was said and given (R111, R261)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import BRANCH_TIME, Column
from advisorcrm.exports.forms import Filling, fill
from advisorcrm.exports.held_back import rows_to_leave
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.progress import Progress, unheard
from advisorcrm.exports.sheet import Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.services.access import Actor
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.meetings.event_guests import GuestRow, list_guests
from advisorcrm.services.meetings.events import open_event
from advisorcrm.terms import AccessKind, Channel, GuestAnswer

FORM, SUBJECT = "event_guests", "活动签到表"


@dataclass(frozen=True, slots=True)
class GuestSheetRow:
    """One guest as the form shows it, with room for the signature."""

    name: Annotated[str, Column("姓名")]
    tier: Annotated[str | None, Column("客户类型", codes=terms.TIER)]
    advisor_name: Annotated[str, Column("客服专员")]
    channel: Annotated[Channel | None, Column("邀请方式")]
    answer: Annotated[GuestAnswer, Column("答复")]
    came: Annotated[str, Column("到场")]
    signature: Annotated[str, Column("签名")]
    feedback: Annotated[str, Column("反馈")]
    gift: Annotated[str, Column("礼品")]


@dataclass(frozen=True, slots=True)
class EventSummaryRow:
    """What came out of the event."""

    summary: Annotated[str, Column("客户意见与处理")]


def register_event_guests(
    session: Session,
    actor: Actor,
    event_id: int,
    *,
    now: datetime,
    kind: AccessKind = AccessKind.EXPORT,
) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    row = open_event(session, actor, event_id).row
    leaving = Leaving(f"{SUBJECT} {row.title}", kind, client_count=row.invited)
    return take_imprint(session, actor, leaving, now=now)


def event_guests_sheet(
    session: Session, actor: Actor, event_id: int, imprint: Imprint, *,
    progress: Progress = unheard,
) -> Sheet:  # fmt: skip
    """The filled form; the clients of colleagues by their surname, as on the screen."""
    progress(0, 0)
    event, book = open_event(session, actor, event_id), load_code_book(session, actor)
    row = event.row
    words = imprint.words() | {
        "kind": book.label_zh(terms.EVENT_KIND, row.kind),
        "title": row.title,
        "starts": row.starts_at.astimezone(BRANCH_TIME).strftime("%Y-%m-%d %H:%M"),
        "place": row.place,
        "host": row.host_name,
        "prepared": "已备" if row.is_prepared else "未备",
        "total": f"邀请 {row.invited} 人，应邀 {row.coming} 人，到场 {row.present} 人",
    }
    listed = rows_to_leave(session, list_guests(session, actor, event_id))
    guests = [_guest(guest) for guest in listed]
    record = EventSummaryRow(event.summary)
    return fill(FORM, Filling(words, book, record, {"guests": guests}))


def export_event_guests(
    session: Session, actor: Actor, event_id: int, imprint: Imprint, path: Path, *,
    progress: Progress = unheard,
) -> int:  # fmt: skip
    """Write the form as a workbook; returns how many guests it names."""
    sheet = event_guests_sheet(session, actor, event_id, imprint, progress=progress)
    write_forms(path, [sheet])
    return sum(1 for row in sheet.blocks[0].rows if row.cells[1].text)


def _guest(guest: GuestRow) -> GuestSheetRow:
    came = "" if guest.has_come is None else "是" if guest.has_come else "否"
    return GuestSheetRow(
        guest.name, guest.tier, guest.advisor_name, guest.channel, guest.answer, came, "",
        guest.feedback, guest.gift,
    )  # fmt: skip
