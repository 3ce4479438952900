"""The keys of a client's page, as far as the person may do what they do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.views.page_keys import PageKeys

if TYPE_CHECKING:
    from advisorcrm.views.clients.client_page import ClientPage


def add_client_keys(page: ClientPage, keys: PageKeys, may: Callable[[Right], bool]) -> None:
    """Give the page its keys, in the order in which the overlay lists them."""
    keys.add("Ctrl+Tab", page.tabs.go_next, _("下一个标签"))
    keys.add("Alt+Up", partial(page.go_along, -1), _("上一位客户"))
    keys.add("Alt+Down", partial(page.go_along, 1), _("下一位客户"))
    keys.add("F5", page.reload)
    if may(Right.EDIT_CLIENTS):
        keys.add("Ctrl+S", page.saving.save, _("保存"))
        keys.add("F7", page.sources.open_here, _("这个字段的来源"))
        keys.add("F8", page.next_gap, _("下一处缺项"))
        keys.add("Shift+F8", partial(page.next_gap, -1), _("上一处缺项"))
    keys.add("Ctrl+PgDown", partial(page.form.go_section, 1), _("下一张卡片"))
    keys.add("Ctrl+PgUp", partial(page.form.go_section, -1))
    if may(Right.LOG_CONTACTS):
        keys.add("N", page.log, _("记沟通"))
        keys.add("E", page.timeline.correct, _("更正选中的沟通"))
    keys.add("/", page.timeline.focus_filter, _("筛选时间线"))
    if may(Right.REVEAL):
        keys.add("V", page.reveal, _("显示手机号码"))
    if may(Right.EXPORT):
        keys.add("Ctrl+P", page.print_shown, _("打印资料卡、时间线或比较"))
