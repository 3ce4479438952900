"""What the settings bring to the window: their page at the foot of the rail, for every role."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.views.page_family import PageFamily
from advisorcrm.views.page_names import SETTINGS
from advisorcrm.views.shell.parts import Page


class SettingsFamily(PageFamily):
    """One page; what it changes in labels every page shows at once."""

    def pages(self) -> list[Page]:
        """The settings."""
        return [
            Page(SETTINGS, _("设置"), "settings", self._make_page, at_foot=True, shortcut="Ctrl+,")
        ]

    def _make_page(self) -> QWidget:
        from advisorcrm.views.settings.settings_page import SettingsPage

        page = SettingsPage(self.around.jobs, self.ways.workplace, self.around.settings)
        page.settings_changed.connect(self.ways.make_anew)
        page.codes_changed.connect(self.ways.look_for_codes)
        page.export_wanted.connect(self.ways.export_report)
        page.told.connect(self.ways.window.toast)
        return page
