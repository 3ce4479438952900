"""The manager's part of the tour that is about lists and fields of the branch itself."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from advisorcrm import terms
from advisorcrm.i18n import _
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_page
from advisorcrm.services.files.client_files import update_client
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field
from advisorcrm.services.files.own_values import NO, OWN, YES
from advisorcrm.terms import OwnFieldKind
from advisorcrm.views.page_names import SETTINGS
from advisorcrm.views.settings.codes_panel import CodesPanel
from advisorcrm.views.settings.own_fields_panel import OwnFieldsPanel
from advisorcrm.views.settings.settings_page import SettingsPage

if TYPE_CHECKING:
    from advisorcrm.cli.tour.guide import TourGuide
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.branch_window import BranchWindow


_FIELDS = (  # chinese: data
    NewOwnField("车牌", label_en="Number plate", explain="停车登记用"),
    NewOwnField("会员编号", OwnFieldKind.NUMBER, "Member no."),
    NewOwnField("入会日", OwnFieldKind.DATE, "Member since"),
    NewOwnField("活动偏好", OwnFieldKind.CHOICE, "Likes to attend", "邀请活动前看",
                ("股市沙龙", "新股讲座", "健步走")),
    NewOwnField("愿作讲师", OwnFieldKind.YES_NO, "Would speak"),
)  # fmt: skip


_PLATE = "鲁A·"  # chinese: data
_CHANGED, _FILLED = 2, 16
"""The client whose changes are shown is the second of the list: nothing is added to them."""


def define_fields(manager: Workplace) -> None:
    """The fields the branch of the tour has added itself."""
    for new in _FIELDS:
        manager.database.write(partial(add_own_field, new=new))


def fill_fields(workplace: Workplace, now: datetime) -> None:
    """What the advisor has entered in them for a few clients."""
    database = workplace.database
    book = database.read(load_code_book)
    kinds = {field.kind: field for field in book.own_fields()}
    choices = book.codes(kinds[OwnFieldKind.CHOICE].list_name)
    clients = database.read(
        partial(list_client_page, query=ClientFilter(), order=ClientOrder(), today=now.date())
    )
    for place, client in enumerate(clients[_CHANGED:_FILLED]):
        values = {
            OwnFieldKind.TEXT: f"{_PLATE}{10388 + 417 * place}",
            OwnFieldKind.NUMBER: str(1001 + place),
            OwnFieldKind.DATE: f"{2019 + place % 6}-0{1 + place % 9}-18",
            OwnFieldKind.CHOICE: choices[place % len(choices)],
            OwnFieldKind.YES_NO: YES if place % 3 else NO,
        }
        changes = {OWN + kinds[kind].name: Change(None, text) for kind, text in values.items()}
        database.write(partial(update_client, client_id=client.id, changes=changes, now=now))


def visit_fields(guide: TourGuide, window: BranchWindow) -> None:
    """The code lists, and the branch's own fields, what rules prescribe, and the branch itself."""
    panel = open_subject(guide, window, _("代码表"))
    if isinstance(panel, CodesPanel):
        panel.show_list(terms.CHURN_REASON)
        _wait(guide, window)
        guide.picture("16-code-lists", window.main_window)
    panel = open_subject(guide, window, _("自定义字段"))
    if isinstance(panel, OwnFieldsPanel):
        guide.picture("16-own-fields", window.main_window)
    panel = open_subject(guide, window, _("合规参数"))
    if panel is not None:
        guide.picture("16-compliance", window.main_window)
    for name, title in (
        ("16-branch", _("营业部")),
        ("16-timetable", _("一天的时间表")),
        ("16-contact", _("联系与适当性")),
    ):
        open_subject(guide, window, title)
        guide.picture(name, window.main_window)


def open_subject(guide: TourGuide, window: BranchWindow, title: str) -> QWidget | None:
    """Go to a subject of the settings by its name."""
    window.main_window.go(SETTINGS)
    page = window.main_window.page(SETTINGS)
    if not isinstance(page, SettingsPage):
        return None
    titles = [page.subjects.item(row).text().split("    ")[0].strip()
              for row in range(page.subjects.count())]  # fmt: skip
    page.subjects.setCurrentRow(titles.index(title))
    _wait(guide, window)
    return page.panel()


def _wait(guide: TourGuide, window: BranchWindow) -> None:
    for _round in range(3):
        window.jobs.wait()
        guide.settle()
