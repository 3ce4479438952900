"""What the pages of the branch's window share: read while somebody looks, keys of their own."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from advisorcrm.views.page_keys import PageKeys
from advisorcrm.views.surroundings import Surroundings


class BranchPage(QWidget):
    """A subclass says in ``_refresh`` what it reads; ``_is_stale`` until it has been."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._is_stale = True
        self._page_keys = PageKeys(self, letters=around.settings.single_keys)

    def reload(self) -> None:
        """Read again what is shown; later, if nobody looks."""
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self._refresh()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page for the overlay."""
        return self._page_keys.listed()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read when first looked at, and again if something was saved meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The page's own keys."""
        if not self._page_keys.press(event):
            super().keyPressEvent(event)

    def _refresh(self) -> None:
        """Ask for everything that is shown."""
        raise NotImplementedError


def stack_up(page: QWidget, *parts: QWidget | QLayout) -> None:
    """Put the parts of a page below each other within its margins; the last one takes the rest."""
    whole = QVBoxLayout(page)
    whole.setContentsMargins(16, 10, 16, 12)
    whole.setSpacing(8)
    for part in parts:
        stretch = 1 if part is parts[-1] else 0
        if isinstance(part, QWidget):
            whole.addWidget(part, stretch)
        else:
            whole.addLayout(part, stretch)
