"""The part of the tour about return calls: the list with its script, a record put right."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.rules.callback_records import HIGHEST_SCORE, QUESTIONS, CallbackAnswers
from advisorcrm.rules.corrected_answers import AnswerFixes
from advisorcrm.services.callbacks.callback_campaigns import NewCampaign, start_campaign
from advisorcrm.services.callbacks.callback_corrections import NewCorrection, correct_callback
from advisorcrm.services.callbacks.callback_recording import NewCallbackRecord, record_callback
from advisorcrm.services.callbacks.callback_rows import CallbackFilter, list_callbacks
from advisorcrm.services.callbacks.callbacks import open_callback
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.terms import CALLBACK_COMPLIANCE, TIER_GOLD, CallbackGrade, CallbackOutcome
from advisorcrm.views.callbacks.callbacks_page import CallbacksPage
from advisorcrm.views.page_names import CALLBACKS

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.branch_window import BranchWindow

# chinese: data (what a client of an invented branch said)
_WORRIED, _WISH, _MEASURE = (
    "说有人替他下过一次单，其余都清楚。", "希望每周收到持仓提示", "核对委托记录，三日内回复",
)  # fmt: skip
# chinese: data (and what another said)
_NAME, _SAID, _HEARD = (
    "合规回访", "账户操作都是本人，资讯看得懂。", "听错了，客户说服务一般，态度三分。",
)  # fmt: skip


def plan_callbacks(manager: Workplace, now: datetime) -> None:
    """A round among the gold clients, to be called by the manager."""
    new = NewCampaign(
        str(uuid.uuid4()), _NAME, CALLBACK_COMPLIANCE, branch_date(now),
        query=ClientFilter(tiers=(TIER_GOLD,)), caller_ids=(manager.actor.user_id,),
    )  # fmt: skip
    manager.database.write(partial(start_campaign, new=new, now=now))
    for work in (_call_one, _call_a_worried_one):
        manager.database.write(partial(work, now=now))


def visit_callbacks(guide: TourGuide, window: BranchWindow) -> None:
    """The page as the manager sees it, a client finding our service fair."""
    main, jobs = window.main_window, window.jobs
    main.go(CALLBACKS)
    jobs.wait()
    page = main.page(CALLBACKS)
    guide.rest(window)
    if isinstance(page, CallbacksPage) and page.panel.form.outcome() is not CallbackOutcome.FAIR:
        page.panel.form.outcomes[CallbackOutcome.FAIR].click()
        guide.rest(window)
    guide.picture("26-callbacks", main)
    if isinstance(page, CallbacksPage):
        page.unfinished.click()
        guide.rest(window)
        page.table.go_to(next(at for at, row in enumerate(page.rows) if row.state.is_closed))
        guide.rest(window)
        page.panel.corrections.answers.click()
        guide.picture("26-callback-correction", main)
        page.panel.corrections.answers.click()


def _call_one(session: Session, actor: Actor, now: datetime) -> None:
    """One client was called; the grade was heard wrongly and put right below."""
    call = list_callbacks(session, actor, CallbackFilter(), today=now.date())[0].id
    items = open_callback(session, actor, call, now=now).items
    answers = CallbackAnswers(
        _SAID, CallbackOutcome.SATISFIED, CallbackGrade.GOOD, CallbackGrade.FAIRLY_GOOD,
        dict.fromkeys(items, HIGHEST_SCORE),
        questions={question.field: not question.worry for question in QUESTIONS},
    )  # fmt: skip
    record_callback(session, actor, call, NewCallbackRecord(now, answers), now=now)
    fixes = AnswerFixes(service_grade=CallbackGrade.FAIR, scores={items[0]: 3})
    correction = NewCorrection(str(uuid.uuid4()), _HEARD, fixes)
    correct_callback(session, actor, call, correction, now=now)


def _call_a_worried_one(session: Session, actor: Actor, now: datetime) -> None:
    """What another said has to be looked into."""
    calls = list_callbacks(session, actor, CallbackFilter(), today=now.date())
    call = next(row.id for row in calls if not row.state.is_closed)
    items = open_callback(session, actor, call, now=now).items
    answers = CallbackAnswers(
        _WORRIED, CallbackOutcome.FAIR, CallbackGrade.FAIR, CallbackGrade.FAIR,
        dict.fromkeys(items, HIGHEST_SCORE - 1), wishes=_WISH, measures=_MEASURE,
        questions={question.field: question.field == "was_acted_for" or not question.worry
                   for question in QUESTIONS},
    )  # fmt: skip
    record_callback(session, actor, call, NewCallbackRecord(now, answers), now=now)
