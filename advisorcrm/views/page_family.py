"""What one matter (tasks, calendar, events …) brings to the window: its pages and its actions.

A matter joins by a subclass in its own folder and one line in ``page_families.py``. It makes its
pages and dialogs when they are first wanted, never at the start, and imports them only there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from advisorcrm.views.surroundings import Surroundings

if TYPE_CHECKING:
    from advisorcrm.views.shell.parts import Action, Page
    from advisorcrm.views.ways import Ways


class PageFamily(QObject):
    """``ways`` lead on: to a client, a contact form, a paper, the window's toast.

    The pages of a family that ``leads`` stand before all others on the rail.
    """

    leads = False

    def __init__(self, around: Surroundings, ways: Ways) -> None:
        super().__init__()
        self.around = around
        self.ways = ways

    def pages(self) -> list[Page]:
        """The pages this role may use, in the order of the rail."""
        return []

    def actions(self) -> list[Action]:
        """What can be done from anywhere: key, menu and omnibox."""
        return []
