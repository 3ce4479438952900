"""What opens over the manager's pages, and the administrator's subjects of the settings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from advisorcrm.cli.tour.fields import open_subject
from advisorcrm.i18n import _
from advisorcrm.services.branch.compliance_parameters import list_compliance
from advisorcrm.services.completeness.completeness_snapshots import list_snapshots
from advisorcrm.services.tasks.task_lists import TaskScope
from advisorcrm.views.callbacks.callback_family import CallbackFamily
from advisorcrm.views.care.care_family import CareFamily
from advisorcrm.views.day_end.day_end_family import DayEndFamily
from advisorcrm.views.page_names import CLIENT_LIST, MEETINGS, TASKS
from advisorcrm.views.tasks.task_family import TaskFamily

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.views.branch_window import BranchWindow


def visit_dialogs_of_manager(guide: TourGuide, window: BranchWindow) -> None:
    """From page to page, and what each of them asks."""
    if not guide.has_least_room:
        return
    _over_the_list(guide, window)
    _over_the_work(guide, window)
    _over_the_calls(guide, window)
    _over_the_settings(guide, window)


def _over_the_list(guide: TourGuide, window: BranchWindow) -> None:
    main, lists = window.main_window, window.pages.lists
    main.go(CLIENT_LIST)
    guide.rest(window)
    page: Any = main.page(CLIENT_LIST)
    page.model.set_checked(1, 3, checked=True)
    guide.rest(window)
    guide.look_at(window, "02-hand-over", page.bulk_work.ask_advisor)
    page.model.uncheck_all()
    shared = tuple(page.model.id_at(row) for row in range(6))
    guide.look_at(window, "02-allocation", partial(lists.open_allocation, shared))
    lists.open_sales()
    sales: Any = lists.dialog
    guide.look_at(window, "02-products", sales.manage_products)
    sales.reject()
    lists.open_seat_plan()
    plan: Any = lists.dialog
    guide.look_at(window, "03-room", plan.add_room)
    plan.reject()


def _over_the_work(guide: TourGuide, window: BranchWindow) -> None:
    main, days = window.main_window, window.pages.family(DayEndFamily)
    for name, ask in (("26-days", days.open_days), ("26-matters", days.open_matters)):
        guide.look_at(window, name, ask)
    main.go(TASKS)
    guide.rest(window)
    page: Any = main.page(TASKS)
    work = window.pages.family(TaskFamily).work
    page.show_scope(TaskScope.OWN)
    guide.rest(window)
    row = page.rows[0]
    for name, question in (
        ("25-move", work.ask_day), ("25-give", work.ask_receiver), ("25-result", work.ask_result),
    ):  # fmt: skip
        guide.look_at(window, name, partial(question, row))
    main.go(MEETINGS)
    guide.rest(window)
    meetings: Any = main.page(MEETINGS)
    meetings.views.table.go_to(0)
    guide.look_at(window, "26-withdraw", meetings.ask_withdrawal)
    care = window.pages.family(CareFamily).work
    guide.look_at(window, "28-refuse", partial(care.ask_refusal, 1))


def _over_the_calls(guide: TourGuide, window: BranchWindow) -> None:
    family = window.pages.family(CallbackFamily)
    for name, ask in (
        ("26-round", family.open_new), ("26-follow-ups", family.open_follow_ups),
        ("26-uncalled", family.open_uncalled), ("26-new-clients", family.open_new_clients),
        ("26-scripts", family.open_library), ("26-papers", family.open_papers),
    ):  # fmt: skip
        guide.look_at(window, name, ask)


def _over_the_settings(guide: TourGuide, window: BranchWindow) -> None:
    for name, title in (("16-new-code", _("代码表")), ("16-new-field", _("自定义字段"))):
        panel: Any = open_subject(guide, window, title)
        guide.look_at(window, name, panel.add_entry)
    slots: Any = open_subject(guide, window, _("一天的时间表"))
    guide.look_at(window, "16-slot", slots.change)
    greetings: Any = open_subject(guide, window, _("问候与节日"))
    guide.look_at(window, "16-festival", greetings.add_festival.click)
    standards: Any = open_subject(guide, window, _("客户分级与完备率"))
    taken = window.workplace.database.read(list_snapshots)[0].id
    guide.look_at(window, "16-snapshot", partial(standards.snapshots.opened.emit, taken))
    compliance: Any = open_subject(guide, window, _("合规参数"))
    row = window.workplace.database.read(list_compliance)[0]
    guide.look_at(window, "16-proposal", partial(compliance.propose, row))


def visit_as_administrator(guide: TourGuide, window: BranchWindow) -> None:
    """People and copies: no client is to be seen here."""
    people: Any = open_subject(guide, window, _("用户与角色"))
    guide.picture("16-users", window.main_window)
    if guide.has_least_room:
        guide.look_at(window, "16-new-user", people.add_user)
        people.table.go_to(0)
        guide.look_at(window, "16-new-password", people.renew_password)
    open_subject(guide, window, _("数据与备份"))
    guide.picture("16-backup", window.main_window)
