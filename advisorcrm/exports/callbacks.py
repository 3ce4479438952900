"""Forms of return calls: plan, records, list of calls, closing report, weekly and monthly report.

Layouts: docs/forms.md 1.8 (R219, R222–R224, R241, R242).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import CodeBook, branch_date
from advisorcrm.errors import NotFoundError
from advisorcrm.exports import callback_rows as rows_of
from advisorcrm.exports.forms import Filling, fill
from advisorcrm.exports.held_back import rows_to_leave
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.progress import Progress, unheard
from advisorcrm.exports.sheet import Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.i18n import N_, _
from advisorcrm.models import Callback, CallbackCampaign, Client, User
from advisorcrm.rules.masking import mask_phone
from advisorcrm.services.access import Actor
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.callbacks.callback_campaigns import find_summary
from advisorcrm.services.callbacks.callback_coverage import find_coverage
from advisorcrm.services.callbacks.callback_reports import CallRecord, add_up, list_call_records
from advisorcrm.services.callbacks.callback_rows import CallbackFilter, list_callbacks
from advisorcrm.services.clients.client_rows import point_value
from advisorcrm.terms import AccessKind, CallbackState, PointKind, Term

_CHUNK = 1_000
_WEEK_DAYS = 7


class CallbackPaper(Term):
    """Which form."""

    PLAN = "callback_plan", N_("回访计划表")
    RECORDS = "callback_record", N_("回访记录表")
    PHONE = "callback_phone", N_("电话回访记录表")
    SUMMARY = "callback_summary", N_("回访总结报告")
    PERIOD = "callback_period", N_("回访周报/月报")


@dataclass(frozen=True, slots=True)
class CallbackRequest:
    """A form of one round, or the report of a period."""

    paper: CallbackPaper
    campaign_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    kind: AccessKind = AccessKind.EXPORT
    unmasked: bool = False
    purpose: str = ""


def register_callbacks(
    session: Session, actor: Actor, request: CallbackRequest, *, now: datetime
) -> Imprint:
    """Demand the rights and note in the access log what is about to leave; a write."""
    calls = rows_to_leave(session, _calls(session, actor, request))
    leaving = Leaving(
        f"{request.paper.label_zh} {_subject(session, request)}".strip(), request.kind,
        client_count=len(calls), unmasked=request.unmasked, purpose=request.purpose,
    )  # fmt: skip
    return take_imprint(session, actor, leaving, now=now)


def callback_sheets(
    session: Session,
    actor: Actor,
    request: CallbackRequest,
    imprint: Imprint,
    *,
    progress: Progress = unheard,
) -> list[Sheet]:
    """The filled form; of 回访记录表 a sheet for each client who was spoken to.

    Figures are those of all calls; nobody is named whose file is restricted (2.7d).
    """
    every_call = _calls(session, actor, request)
    book = load_code_book(session, actor)
    if request.paper is CallbackPaper.PERIOD:
        return [_period_sheet(session, actor, request, imprint, every_call)]
    campaign = _campaign(session, request.campaign_id)
    if request.paper is CallbackPaper.SUMMARY:
        return [_summary_sheet(session, actor, campaign, imprint, every_call)]
    calls = rows_to_leave(session, every_call)
    phones = _phones(session, [call.client_id for call in calls], imprint)
    if request.paper is CallbackPaper.PLAN:
        return [_plan_sheet(session, actor, campaign, imprint, phones)]
    words = _words(imprint, campaign, book)
    if request.paper is CallbackPaper.PHONE:
        return [_phone_sheet(campaign, words, imprint, calls, phones, book)]
    sheets: list[Sheet] = []
    for call in calls:
        if call.spoken_at is not None:
            progress(len(sheets), len(calls))
            sheets.append(_record_sheet(session, call, words, imprint, phones, book))
    if not sheets:
        raise NotFoundError(_("这次活动还没有回访记录可以打印。"))
    return sheets


def export_callbacks(
    session: Session,
    actor: Actor,
    request: CallbackRequest,
    imprint: Imprint,
    path: Path,
    *,
    progress: Progress = unheard,
) -> int:
    """Write the form as a workbook; returns how many worksheets it has."""
    sheets = callback_sheets(session, actor, request, imprint, progress=progress)
    write_forms(path, sheets)
    return len(sheets)


def _calls(session: Session, actor: Actor, request: CallbackRequest) -> list[CallRecord]:
    return list_call_records(
        session, actor, campaign_id=request.campaign_id, from_on=request.from_on,
        to_on=request.to_on,
    )  # fmt: skip


def _plan_sheet(
    session: Session,
    actor: Actor,
    campaign: CallbackCampaign,
    imprint: Imprint,
    phones: Mapping[int, str],
) -> Sheet:
    book = load_code_book(session, actor)
    on = branch_date(imprint.at)
    listed = rows_to_leave(
        session, list_callbacks(session, actor, CallbackFilter(campaign.id), today=on)
    )
    advisors = _advisors(session, [row.client_id for row in listed])
    people = sorted({row.caller_name for row in listed if row.caller_name})
    clients = [
        rows_of.plan_client(
            row, phones.get(row.client_id, ""), advisors.get(row.client_id, ""), book
        )
        for row in listed
    ]
    facts = rows_of.plan_facts(campaign, people, book, on)
    words = _words(imprint, campaign, book)
    filling = Filling(words, book, facts, {"clients": clients}, imprint.watermark)
    return fill(CallbackPaper.PLAN.value, filling)


def _record_sheet(
    session: Session,
    call: CallRecord,
    words: Mapping[str, str],
    imprint: Imprint,
    phones: Mapping[int, str],
    book: CodeBook,
) -> Sheet:
    stored = session.get_one(Callback, call.id)
    way = book.label_zh(terms.CONTACT_WAY, stored.way)
    facts = rows_of.record_facts(call, phones.get(call.client_id, ""), way, book)
    numbered = {**words, "number": f"{words['number']}-{call.id:04}"}
    tables = {"visits": [rows_of.visit_line(call, book)]}
    filling = Filling(numbered, book, facts, tables, imprint.watermark)
    return fill(CallbackPaper.RECORDS.value, filling)


def _phone_sheet(
    campaign: CallbackCampaign,
    words: Mapping[str, str],
    imprint: Imprint,
    calls: Sequence[CallRecord],
    phones: Mapping[int, str],
    book: CodeBook,
) -> Sheet:
    lines = [rows_of.phone_line(call, phones.get(call.client_id, ""), book) for call in calls]
    done = sum(call.state is CallbackState.DONE for call in calls)
    more = {
        "period": rows_of.planned_period(campaign),
        "total": f"应回访 {len(calls)} 户，已完成 {done} 户",
    }
    filling = Filling({**words, **more}, CodeBook(), None, {"calls": lines}, imprint.watermark)
    return fill(CallbackPaper.PHONE.value, filling)


def _summary_sheet(
    session: Session,
    actor: Actor,
    campaign: CallbackCampaign,
    imprint: Imprint,
    calls: Sequence[CallRecord],
) -> Sheet:
    book = load_code_book(session, actor)
    texts = find_summary(session, actor, campaign.id)
    facts = rows_of.summary_facts(campaign, add_up(calls), texts, book)
    words = _words(imprint, campaign, book)
    return fill(CallbackPaper.SUMMARY.value, Filling(words, book, facts, {}, imprint.watermark))


def _period_sheet(
    session: Session,
    actor: Actor,
    request: CallbackRequest,
    imprint: Imprint,
    calls: Sequence[CallRecord],
) -> Sheet:
    book = load_code_book(session, actor)
    totals = add_up(calls)
    on = branch_date(imprint.at)
    first, last = request.from_on or on, request.to_on or on
    members = find_coverage(session, actor, from_on=first, to_on=last)
    is_week = last.toordinal() - first.toordinal() < _WEEK_DAYS
    words = imprint.words() | {
        "report": "周报" if is_week else "月报", "period": f"{first} 至 {last}",
    }  # fmt: skip
    tables: dict[str, Sequence[object]] = {
        "items": rows_of.item_lines(totals, book),
        "callers": rows_of.caller_lines(totals),
        "matters": [
            rows_of.matter_line(call) for call in rows_to_leave(session, calls) if call.follow_up
        ],
    }
    facts = rows_of.period_facts(totals, members)
    return fill(CallbackPaper.PERIOD.value, Filling(words, book, facts, tables, imprint.watermark))


def _campaign(session: Session, campaign_id: int | None) -> CallbackCampaign:
    campaign = session.get(CallbackCampaign, campaign_id) if campaign_id is not None else None
    if campaign is None or campaign.archived_at is not None:
        raise NotFoundError(_("请先选一次回访活动。"))
    return campaign


def _words(imprint: Imprint, campaign: CallbackCampaign, book: CodeBook) -> dict[str, str]:
    return imprint.words() | {
        "number": f"HF{campaign.starts_on:%Y%m%d}-{campaign.id:03}",
        "campaign": campaign.name,
        "name": campaign.name,
        "kind": book.label_zh(terms.CALLBACK_KIND, campaign.kind),
    }


def _subject(session: Session, request: CallbackRequest) -> str:
    if request.paper is CallbackPaper.PERIOD:
        return f"{request.from_on} 至 {request.to_on}"
    return _campaign(session, request.campaign_id).name


def _phones(session: Session, ids: Sequence[int], imprint: Imprint) -> dict[int, str]:
    """The preferred mobile of each client, masked unless it may leave in full."""
    found: dict[int, str] = {}
    for start in range(0, len(ids), _CHUNK):
        part = list(ids[start : start + _CHUNK])
        rows = session.execute(
            select(Client.id, point_value(PointKind.MOBILE)).where(Client.id.in_(part))
        )
        for key, number in rows:
            found[key] = mask_phone(number or "") if imprint.is_masked else number or ""
    return found


def _advisors(session: Session, ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = session.execute(
            select(Client.id, User.name)
            .join(User, User.id == Client.advisor_id)
            .where(Client.id.in_(list(ids[start : start + _CHUNK])))
        )
        found |= {key: name for key, name in rows}
    return found
