"""Return calls in the window: their page, their lists, their papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.views.dialog_family import DialogFamily
from advisorcrm.views.page_names import CALLBACKS
from advisorcrm.views.shell.parts import Action, Page

if TYPE_CHECKING:
    from advisorcrm.views.callbacks.callbacks_page import CallbacksPage


class CallbackFamily(DialogFamily):
    """The page of calls, and what opens over it."""

    def pages(self) -> list[Page]:
        """The page for who calls and who reads what was said."""
        may = self.around.may
        if not may(Right.CALL_BACK) and not may(Right.SEE_CALLBACKS):
            return []
        return [Page(CALLBACKS, _("回访"), "phone", self._make_page)]

    def actions(self) -> list[Action]:
        """The lists of calls for the omnibox."""
        found = [
            (Right.LEAD_LISTS, "new_callbacks", _("新回访活动"), self.open_new, "plus", "xhfhd"),
            (Right.SEE_CALLBACKS, "callback_matters", _("回访待跟进事项"), self.open_follow_ups,
             "triangle-alert", "hfdgjsx"),
            (Right.SEE_CALLBACKS, "uncalled", _("未回访的会员客户"), self.open_uncalled, "users",
             "whfdhykh"),
            (Right.SEE_CALLBACKS, "new_client_calls", _("待回访的新客户"), self.open_new_clients,
             "user-plus", "dhfdxkh"),
            (Right.SEE_CALLBACKS, "callback_papers", _("回访表格与报告"), self.open_papers,
             "printer", "hfbgybg"),
            (Right.CALL_BACK, "callback_scripts", _("回访话术库"), self.open_library, "list",
             "hfhsk"),
        ]  # fmt: skip
        return [
            Action(key, text, run, icon=icon, words=words, in_menu=False)
            for right, key, text, run, icon, words in found
            if self.around.may(right)
        ]

    def open_new(self) -> None:
        """Plan a round (manager)."""
        from advisorcrm.views.callbacks.campaign_dialog import CampaignDialog

        dialog = CampaignDialog(self.around, self.ways.window)
        dialog.started.connect(self._started)
        self.show_dialog(dialog)

    def open_follow_ups(self) -> None:
        """What calls have brought up (R241)."""
        from advisorcrm.views.callbacks.callback_lists import FollowUpsDialog

        self.show_dialog(FollowUpsDialog(self.around, self.ways.window))

    def open_uncalled(self) -> None:
        """Member clients nobody has called (R222)."""
        from advisorcrm.views.callbacks.callback_lists import UncalledDialog

        self.show_dialog(UncalledDialog(self.around, self.ways.window))

    def open_new_clients(self) -> None:
        """New clients whose first month is over (R204)."""
        from advisorcrm.views.callbacks.callback_lists import NewClientsDialog

        self.show_dialog(NewClientsDialog(self.around, self.ways.window))

    def open_library(self) -> None:
        """The scripts (R243)."""
        from advisorcrm.views.callbacks.scripts_dialog import ScriptsDialog

        self.show_dialog(ScriptsDialog(self.around, self.ways.window))

    def open_papers(self, campaign_id: object = None) -> None:
        """Forms and reports, of a round or a period (R219, R241)."""
        from advisorcrm.views.callbacks.papers_dialog import PapersDialog

        chosen = campaign_id if isinstance(campaign_id, int) else None
        self.show_dialog(PapersDialog(self.around, chosen, self.ways.window))

    def open_call(self, callback_id: int) -> None:
        """Show one call on the page of calls."""
        self._open_page().show_call(callback_id)

    def _make_page(self) -> QWidget:
        from advisorcrm.services.branch.branches import get_branch
        from advisorcrm.views.callbacks.callbacks_page import CallbacksPage

        page = CallbacksPage(self.around)
        self.around.jobs.read(get_branch, then=page.take_branch, key="callbacks.branch")
        page.client_wanted.connect(self.ways.show_client)
        page.told.connect(self.ways.window.toast)
        page.new_wanted.connect(self.open_new)
        page.library_wanted.connect(self.open_library)
        page.matters_wanted.connect(self.open_follow_ups)
        page.papers_wanted.connect(self.open_papers)
        return page

    def _open_page(self) -> CallbacksPage:
        from advisorcrm.views.callbacks.callbacks_page import CallbacksPage

        return self.open_page(CALLBACKS, CallbacksPage)

    def _started(self, campaign_id: int, count: int) -> None:
        self.ways.window.toast(_("已生成 {count} 位客户的回访名单").format(count=count))
        self._open_page().choose_campaign(campaign_id)
