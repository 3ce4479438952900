"""What one matter (tasks, calendar, events …) brings to the window: its pages and its actions.

A matter joins by a subclass in its own folder and one line in ``page_families.py``. It makes its
pages and dialogs when they are first wanted, never at the start, and imports them only there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from advisorcrm.views.surroundings import Surroundings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from advisorcrm.views.shell.parts import Action, Page
    from advisorcrm.views.ways import Ways

Kind = TypeVar("Kind", bound="QWidget")


class PageFamily(QObject):
    """``ways`` lead on: to a client, a contact form, a paper, the window's toast.

    The pages of a family that ``leads`` stand before all others on the rail.
    """

    leads = False

    def __init__(self, around: Surroundings, ways: Ways) -> None:
        super().__init__()
        self.around = around
        self.ways = ways

    def open_page(self, name: str, kind: type[Kind]) -> Kind:
        """Go to a page of the family, to say there what it should show."""
        self.ways.window.go(name)
        return self.page(name, kind)

    def page(self, name: str, kind: type[Kind]) -> Kind:
        """A page of the family as what it is; made now, if it was never shown."""
        page = self.ways.window.page(name)
        if not isinstance(page, kind):
            raise TypeError(f"the page {name} is no {kind.__name__}")
        return page

    def pages(self) -> list[Page]:
        """The pages this role may use, in the order of the rail."""
        return []

    def actions(self) -> list[Action]:
        """What can be done from anywhere: key, menu and omnibox."""
        return []
