"""The part of the tour about return calls: the list with its script, a plan, who is uncalled."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.services.callbacks.callback_campaigns import NewCampaign, start_campaign
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.terms import CALLBACK_COMPLIANCE, TIER_GOLD, CallbackOutcome
from advisorcrm.views.callbacks.callback_family import CALLBACKS
from advisorcrm.views.callbacks.callbacks_page import CallbacksPage

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.branch_window import BranchWindow

_NAME = "合规回访"  # chinese: data


def plan_callbacks(manager: Workplace, now: datetime) -> None:
    """A round among the gold clients, to be called by the manager."""
    new = NewCampaign(
        str(uuid.uuid4()), _NAME, CALLBACK_COMPLIANCE, now.astimezone(BRANCH_TIME).date(),
        query=ClientFilter(tiers=(TIER_GOLD,)), caller_ids=(manager.actor.user_id,),
    )  # fmt: skip
    manager.database.write(partial(start_campaign, new=new, now=now))


def visit_callbacks(guide: TourGuide, window: BranchWindow) -> None:
    """The page as the manager sees it, a client finding our service fair."""
    main, jobs = window.main_window, window.jobs
    main.go(CALLBACKS)
    jobs.wait()
    page = main.page(CALLBACKS)
    if isinstance(page, CallbacksPage):
        page.panel.form.choose(CallbackOutcome.FAIR)
    guide.picture("26-callbacks", main)
