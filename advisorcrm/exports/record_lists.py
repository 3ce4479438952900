"""The desk's lists by name, each with the service that reads it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from advisorcrm.exports.record_list import RecordList
from advisorcrm.services.access import Actor
from advisorcrm.services.allocations.advisor_periods import (
    AdvisorPeriod,
    list_advisor_clients,
    list_client_advisors,
)
from advisorcrm.services.allocations.first_contacts import FirstContactRow, list_first_contacts_due
from advisorcrm.services.callbacks.callback_coverage import (
    NewClientRow,
    UncalledRow,
    list_new_clients_due,
    list_uncalled,
)
from advisorcrm.services.callbacks.callback_rows import FollowUpRow, list_follow_ups
from advisorcrm.services.care.birthdays import BirthdayRow, list_birthdays
from advisorcrm.services.care.gifts import GiftRow, list_gifts
from advisorcrm.services.clients.counter_notices import NoticeRow, list_counter_notices
from advisorcrm.services.seats.seat_plans import (
    OnSiteRow,
    TransitionRow,
    list_on_site_clients,
    list_transitions_due,
)
from advisorcrm.services.suitability.product_sales import (
    SaleFilter,
    SaleRow,
    SaleTotal,
    list_sale_totals,
    list_sales,
)
from advisorcrm.services.tasks.task_lists import TaskFilter, TaskRow, TaskScope, list_tasks
from advisorcrm.terms import SalesBy


def first_contacts(*, only_late: bool = False) -> RecordList:
    """First conversations that are due, or late (R218)."""
    subject = "逾期首次沟通清单" if only_late else "首次沟通清单"
    return RecordList(subject, FirstContactRow, partial(_first_contacts, only_late=only_late))


def counter_list(*, is_open: bool = True) -> RecordList:
    """Who is to renew data at the counter (R5)."""
    return RecordList("柜台更新清单", NoticeRow, partial(_notices, is_open=is_open))


def client_advisors(client_id: int) -> RecordList:
    """The advisors a client has had (R217)."""
    return RecordList("历任客服专员", AdvisorPeriod, partial(_advisors, client_id=client_id))


def advisor_clients(advisor_id: int) -> RecordList:
    """The clients an advisor has had (R217)."""
    return RecordList("历任客户", AdvisorPeriod, partial(_clients, advisor_id=advisor_id))


def sales_log(query: SaleFilter) -> RecordList:
    """Sales one by one (R11)."""
    return RecordList("产品销售记录", SaleRow, partial(_sales, query=query))


def sale_totals(query: SaleFilter, by: SalesBy) -> RecordList:
    """Sales added up (R11)."""
    return RecordList(
        f"产品销售合计（{by.label_zh}）", SaleTotal, partial(_totals, query=query, by=by)
    )


def on_site_clients() -> RecordList:
    """Who sits in the rooms or trades on site (R105)."""
    return RecordList("现场客户", OnSiteRow, _on_site)


def transitions_due() -> RecordList:
    """Transitions that are over or soon will be (R107)."""
    return RecordList("过渡期到期清单", TransitionRow, _transitions)


def birthdays(start: date, end: date, advisor_id: int | None = None) -> RecordList:
    """Whose birthday comes, for greetings (R244); of one advisor's clients for his calendar."""
    window: dict[str, Any] = {"start": start, "end": end, "advisor_id": advisor_id}
    return RecordList("生日问候名单", BirthdayRow, partial(_birthdays, **window))


def gift_register(year: int) -> RecordList:
    """The presents of a year with the total of each client (R113, R120)."""
    return RecordList(f"{year} 年礼品登记簿", GiftRow, partial(_gifts, year=year))


def _gifts(session: Session, actor: Actor, _today: date, *, year: int) -> Any:
    return list_gifts(session, actor, year=year)


def _birthdays(session: Session, actor: Actor, _today: date, **window: Any) -> Any:
    return list_birthdays(session, actor, **window)


def task_list(scope: TaskScope) -> RecordList:
    """Tasks of one scope (R22)."""
    return RecordList(f"任务清单（{scope.label_zh}）", TaskRow, partial(_tasks, scope=scope))


def _tasks(session: Session, actor: Actor, today: date, *, scope: TaskScope) -> Any:
    return list_tasks(session, actor, TaskFilter(scope), today=today)


def _on_site(session: Session, actor: Actor, _today: date) -> Any:
    return list_on_site_clients(session, actor)


def _transitions(session: Session, actor: Actor, today: date) -> Any:
    return list_transitions_due(session, actor, today=today)


def _first_contacts(session: Session, actor: Actor, today: date, *, only_late: bool) -> Any:
    return list_first_contacts_due(session, actor, today=today, only_late=only_late)


def _notices(session: Session, actor: Actor, _today: date, *, is_open: bool) -> Any:
    return list_counter_notices(session, actor, is_open=is_open)


def _advisors(session: Session, actor: Actor, _today: date, *, client_id: int) -> Any:
    return list_client_advisors(session, actor, client_id)


def _clients(session: Session, actor: Actor, _today: date, *, advisor_id: int) -> Any:
    return list_advisor_clients(session, actor, advisor_id)


def _sales(session: Session, actor: Actor, _today: date, *, query: SaleFilter) -> Any:
    return list_sales(session, actor, query)


def _totals(session: Session, actor: Actor, _today: date, *, query: SaleFilter, by: SalesBy) -> Any:
    return list_sale_totals(session, actor, query, by)


def follow_ups(*, is_open: bool = True) -> RecordList:
    """What return calls have brought up (R241)."""
    return RecordList("回访待跟进事项", FollowUpRow, partial(_follow_ups, is_open=is_open))


def uncalled_members(from_on: date, to_on: date) -> RecordList:
    """Member clients nobody has called in a period (R222)."""
    subject = f"未回访会员客户 {from_on} 至 {to_on}"
    return RecordList(subject, UncalledRow, partial(_uncalled, from_on=from_on, to_on=to_on))


def new_client_calls() -> RecordList:
    """New clients to be called after their first month (R204)."""
    return RecordList("待回访新客户", NewClientRow, _new_client_calls)


def _follow_ups(session: Session, actor: Actor, _today: date, *, is_open: bool) -> Any:
    return list_follow_ups(session, actor, is_open=is_open)


def _uncalled(session: Session, actor: Actor, _today: date, *, from_on: date, to_on: date) -> Any:
    return list_uncalled(session, actor, from_on=from_on, to_on=to_on)


def _new_client_calls(session: Session, actor: Actor, today: date) -> Any:
    return list_new_clients_due(session, actor, today=today)
