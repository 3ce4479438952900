"""Who may see and work which return calls: the caller, and those who lead or read them.

A call that must be independent of the client's own advisor (2.13) is not read by the advisor:
the record may be about them.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotAllowedError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Callback, CallbackCampaign, Client
from advisorcrm.rules.callback_records import INDEPENDENT
from advisorcrm.services.access import Right, demand, may


def visible_callbacks(actor: Actor) -> ColumnElement[bool]:
    """The calls a person may see, as a condition of a query."""
    if may(actor, Right.SEE_CALLBACKS):
        return true()
    return Callback.caller_id == actor.user_id


def demand_callbacks(actor: Actor) -> None:
    """Stop with a sentence unless the person has to do with return calls at all."""
    if not may(actor, Right.SEE_CALLBACKS):
        demand(actor, Right.CALL_BACK)


def seen_callback(
    session: Session, actor: Actor, callback_id: int
) -> tuple[Callback, CallbackCampaign, Client]:
    """A call with its round and its client. Raises NotFoundError for one not to be seen."""
    demand_callbacks(actor)
    callback = session.get(Callback, callback_id)
    if callback is None:
        raise _not_found()
    if callback.caller_id != actor.user_id and not may(actor, Right.SEE_CALLBACKS):
        raise _not_found()
    client = session.get_one(Client, callback.client_id)
    campaign = session.get_one(CallbackCampaign, callback.callback_campaign_id)
    if client.archived_at is not None or campaign.archived_at is not None:
        raise _not_found()
    return callback, campaign, client


def own_callback(
    session: Session, actor: Actor, callback_id: int
) -> tuple[Callback, CallbackCampaign, Client]:
    """A call to work on: the caller's own, anyone's for the manager, never about oneself.

    Raises NotAllowedError for a call that must not be made by the client's own advisor.
    """
    demand(actor, Right.CALL_BACK)
    callback, campaign, client = seen_callback(session, actor, callback_id)
    if campaign.kind in INDEPENDENT and client.advisor_id == actor.user_id:
        raise NotAllowedError(_("这类回访须由客户的客服专员以外的人进行。"))
    return callback, campaign, client


def demand_open(callback: Callback) -> None:
    """A finished record keeps its content. Raises InvalidFieldError for one that is done."""
    if callback.state.is_closed:
        raise InvalidFieldError("state", _("这条回访已经结束，不能再改。"))


def _not_found() -> NotFoundError:
    return NotFoundError(_("找不到这条回访，或不在您的权限内。"))
