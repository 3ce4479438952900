"""Rounds of return calls: drawn from a filter or saved view, with their progress (R219, R220)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated

from sqlalchemy import case, func, insert, select
from sqlalchemy.orm import Session

from advisorcrm import terms
from advisorcrm.columns import Column, Form, branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Callback, CallbackCampaign, Client
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.rules.callback_records import CALL_DAYS, MOST_DAYS, PATIENT
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.code_checks import demand_codes
from advisorcrm.services.callbacks.callback_access import demand_callbacks, visible_callbacks
from advisorcrm.services.callbacks.callback_lists import ListWish, draw_call_list
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.services.files.client_checks import clean_text
from advisorcrm.terms import CallbackState

_TEXTS = ("main_content", "product_view", "service_view", "measures", "problems", "note")


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What the plan gives; ``uuid`` is made when the form opens, so that a retry saves once."""

    uuid: str
    name: str
    kind: str
    starts_on: date
    days: int = CALL_DAYS
    purpose: str = ""
    audience: str = ""
    way: str = terms.WAY_PHONE
    place: str = ""
    budget_fen: int | None = None
    query: ClientFilter = field(default_factory=ClientFilter)
    caller_ids: tuple[int, ...] = ()
    is_sample: bool = False
    """The yearly sample, drawn at random, instead of a filter (2.5a)."""

    @property
    def wish(self) -> ListWish:
        """What its list is drawn from."""
        return ListWish(self.kind, self.starts_on, self.days, self.query, self.caller_ids,
                        self.uuid if self.is_sample else "")  # fmt: skip


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One round as the list of rounds shows it."""

    id: int
    name: Annotated[str, Column("回访活动", width=22)]
    kind: Annotated[str, Column("回访类型", codes=terms.CALLBACK_KIND, width=12)]
    starts_on: Annotated[date, Column("开始", width=11)]
    ends_on: Annotated[date, Column("应完成", width=11)]
    calls: Annotated[int, Column("应回访", align="right", width=7)]
    done: Annotated[int, Column("已完成", align="right", width=7)]
    coverage: Annotated[int, Column("回访率", form=Form.PERCENT, align="right", width=7)]
    late: Annotated[int, Column("逾期", align="right", width=6)]
    follow_ups: Annotated[int, Column("待跟进", align="right", width=7)]


@dataclass(frozen=True, slots=True)
class CampaignSummary:
    """What people write into the closing report (R219); figures come from the records."""

    main_content: str = ""
    product_view: str = ""
    service_view: str = ""
    measures: str = ""
    problems: str = ""
    note: str = ""


def start_campaign(session: Session, actor: Actor, new: NewCampaign, *, now: datetime) -> int:
    """Open a round and put its clients on the list (manager); the same uuid answers the same id.

    Raises InvalidFieldError for a name that is missing, more days than the kind allows, or a
    list that nobody is on.
    """
    demand(actor, Right.LEAD_LISTS)
    known = session.scalar(select(CallbackCampaign.id).where(CallbackCampaign.uuid == new.uuid))
    if known is not None:
        return known
    today = branch_date(now)
    campaign = _checked(session, actor, new, now)
    drawn = draw_call_list(session, actor, new.wish, today=today)
    if not drawn.lines:
        raise InvalidFieldError("query", _("这个条件下没有可以回访的客户。"))
    session.add(campaign)
    session.flush()  # the calls need its id
    session.execute(
        insert(Callback),
        [
            {"callback_campaign_id": campaign.id, "client_id": client_id, "caller_id": caller_id,
             "due_on": due_on, "created_at": now, "state": CallbackState.OPEN, "version": 1,
             "tries": 0, "content": "", "wishes": "", "measures": "", "declined_scores": False,
             "follow_up": "", "follow_up_note": ""}
            for client_id, caller_id, due_on in drawn.lines
        ],
    )  # fmt: skip
    return campaign.id


def list_campaigns(
    session: Session, actor: Actor, *, today: date, campaign_id: int | None = None
) -> list[CampaignRow]:
    """The rounds with their coverage, the newest first; a caller sees the own calls of each."""
    demand_callbacks(actor)
    is_done = Callback.state == CallbackState.DONE
    is_late = Callback.state.in_(
        (CallbackState.OPEN, CallbackState.APPOINTED, CallbackState.INCOMPLETE)
    ) & (Callback.due_on < today)
    follows = (Callback.follow_up != "") & Callback.followed_up_on.is_(None)
    statement = (
        select(
            CallbackCampaign.id, CallbackCampaign.name, CallbackCampaign.kind,
            CallbackCampaign.starts_on, func.max(Callback.due_on), func.count(Callback.id),
            *(func.coalesce(func.sum(case((fact, 1), else_=0)), 0)
              for fact in (is_done, is_late, follows)),
        )
        .join(Callback, Callback.callback_campaign_id == CallbackCampaign.id)
        .join(Client, Client.id == Callback.client_id)
        .where(
            CallbackCampaign.archived_at.is_(None), Client.archived_at.is_(None),
            visible_callbacks(actor),
        )
        .group_by(CallbackCampaign.id)
        .order_by(CallbackCampaign.starts_on.desc(), CallbackCampaign.id.desc())
    )  # fmt: skip
    if campaign_id is not None:
        statement = statement.where(CallbackCampaign.id == campaign_id)
    return [
        CampaignRow(key, name, kind, starts, ends, calls, done, 100 * done // calls, late, follow)
        for key, name, kind, starts, ends, calls, done, late, follow in session.execute(statement)
    ]


def find_summary(session: Session, actor: Actor, campaign_id: int) -> CampaignSummary:
    """What was written for the closing report so far."""
    demand(actor, Right.SEE_CALLBACKS)
    campaign = _campaign(session, campaign_id)
    return CampaignSummary(**{name: getattr(campaign, name) for name in _TEXTS})


def write_summary(
    session: Session, actor: Actor, campaign_id: int, summary: CampaignSummary
) -> None:
    """Write the texts of the closing report (manager)."""
    demand(actor, Right.LEAD_LISTS)
    campaign = _campaign(session, campaign_id)
    for name in _TEXTS:
        setattr(campaign, name, clean_text(name, getattr(summary, name), limit=LONG_TEXT))


def archive_campaign(session: Session, actor: Actor, campaign_id: int, *, now: datetime) -> None:
    """Put a round away that should not have been; its calls leave every list (manager).

    Raises InvalidFieldError once somebody was called: what was said stays.
    """
    demand(actor, Right.LEAD_LISTS)
    campaign = _campaign(session, campaign_id)
    spoken = session.scalar(
        select(func.count(Callback.id)).where(
            Callback.callback_campaign_id == campaign_id, Callback.spoken_at.is_not(None)
        )
    )
    if spoken:
        raise InvalidFieldError("campaign", _("已有回访记录的活动不能撤销。"))
    campaign.archived_at = now


def _campaign(session: Session, campaign_id: int) -> CallbackCampaign:
    campaign = session.get(CallbackCampaign, campaign_id)
    if campaign is None or campaign.archived_at is not None:
        raise NotFoundError(_("找不到这次回访活动。"))
    return campaign


def _checked(session: Session, actor: Actor, new: NewCampaign, now: datetime) -> CallbackCampaign:
    name = clean_text("name", new.name)
    if not name:
        raise InvalidFieldError("name", _("请给回访活动起个名字。"))
    demand_codes(session, terms.CALLBACK_KIND, (new.kind,), field="kind")
    demand_codes(session, terms.CONTACT_WAY, (new.way,), field="way")
    most = MOST_DAYS if new.kind in PATIENT else CALL_DAYS
    if not 0 <= new.days <= most:
        raise InvalidFieldError("days", _("这类回访须在 {days} 天之内完成。").format(days=most))
    if new.starts_on < branch_date(now) - timedelta(days=MOST_DAYS):
        raise InvalidFieldError("starts_on", _("开始日期太早，请核对。"))
    return CallbackCampaign(
        uuid=new.uuid, name=name, kind=new.kind, starts_on=new.starts_on, days=new.days,
        purpose=clean_text("purpose", new.purpose), audience=clean_text("audience", new.audience),
        way=new.way, place=clean_text("place", new.place), budget_fen=new.budget_fen,
        user_id=actor.user_id, created_at=now,
    )  # fmt: skip
