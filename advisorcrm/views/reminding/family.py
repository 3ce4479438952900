"""The notification centre as something that can be opened from anywhere."""

from __future__ import annotations

from advisorcrm.i18n import _
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.shell.bell import KEYS
from advisorcrm.views.shell.parts import Action


class ReminderFamily(PageFamily):
    """No page of its own: the centre lies over every page."""

    def actions(self) -> list[Action]:
        """By key and by the omnibox; the bell is its button."""
        return [
            Action("notifications", _("通知中心"), self._open, icon="bell", shortcut=KEYS,
                   words="tzzx", in_menu=False)
        ]  # fmt: skip

    def _open(self) -> None:
        self.ways.window.top.bell.click()
