"""The first row of the list: views as chips with live counts, more lists, the star (ui.md 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from advisorcrm.i18n import _, language
from advisorcrm.services.clients.clients import ClientFilter
from advisorcrm.views.clients.list_views import View
from advisorcrm.views.clients.widget_list import empty_layout
from advisorcrm.views.widgets.buttons import quiet
from advisorcrm.views.widgets.chip import Chip
from advisorcrm.views.widgets.flow import FlowLayout
from advisorcrm.views.widgets.label import Label


class ViewChips(QWidget):
    """``chosen`` with the view, ``save_wanted`` by the star, ``menu_wanted`` on a saved chip."""

    chosen = Signal(object)
    save_wanted = Signal()
    menu_wanted = Signal(object, QPoint)
    more_wanted = Signal(object)

    def __init__(self, built_in: Sequence[View], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._built_in = tuple(built_in)
        self.views: tuple[View, ...] = ()
        self.chips: dict[str, Chip] = {}
        self._counts: dict[str, int] = {}
        self._query = ClientFilter()
        self.more = Chip(_("更多名单"), icon="ellipsis", checkable=False)
        self.more_menu = QMenu(self.more)
        self.more_menu.aboutToShow.connect(partial(self.more_wanted.emit, self.more_menu))
        self.more.clicked.connect(self._open_more)
        self.star = quiet(_("存为视图"), icon="star")
        self.star.clicked.connect(self.save_wanted)
        self.shared = Label("", "text2", "caption")
        self._area = QWidget()
        self._flow = FlowLayout(self._area)
        self._lay_out()
        self.show_saved(())

    def show_saved(self, saved: Sequence[View]) -> None:
        """Show the program's views, then these."""
        self.views = (*self._built_in, *saved)
        for kept in (self.more, self.star):
            self._flow.removeWidget(kept)
        self.chips.clear()
        empty_layout(self._flow)
        for view in self.views:
            self.chips[view.key] = chip = self._make_chip(view)
            self._flow.addWidget(chip)
        for kept in (self.more, self.star):
            self._flow.addWidget(kept)
        owners = dict.fromkeys(
            view.saved.owner_name for view in saved if view.saved and view.saved.is_shared
        )
        said = _("视图共享：{people}").format(people=_("、").join(owners)) if owners else ""
        self.shared.setText(said)
        self.mark(self._query)

    def show_count(self, key: str, count: int) -> None:
        """How many clients a view holds; a special list says it in the menu."""
        self._counts[key] = count
        if key in self.chips:
            self.chips[key].show_count(count)
        for action in self.more_menu.actions():
            if action.data() == key:
                action.setText(counted(action.property("words"), count))

    def mark(self, query: ClientFilter) -> None:
        """Light the view that is shown, if the filter is one."""
        self._query = query
        for view in self.views:
            self.chips[view.key].setChecked(view.query == query)

    def _make_chip(self, view: View) -> Chip:
        chip = Chip(view.label, count=self._counts.get(view.key))
        chip.clicked.connect(partial(self._choose, view))
        if view.saved is not None:
            said = _("共享视图，{owner}").format(owner=view.saved.owner_name)
            chip.setToolTip(said if view.saved.is_shared else _("自己的视图"))
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(partial(self._open_menu, view, chip))
        return chip

    def _choose(self, view: View, _checked: object = None) -> None:
        self.chosen.emit(view)

    def _open_menu(self, view: View, chip: Chip, at: QPoint) -> None:
        self.menu_wanted.emit(view, chip.mapToGlobal(at))

    def _open_more(self) -> None:
        self.more_menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def _lay_out(self) -> None:
        self._area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._area, 1)
        row.addWidget(self.shared, 0, Qt.AlignmentFlag.AlignTop)


def counted(words: str, count: int) -> str:
    """A name with its number, as chips write it."""
    form = "{text} ({count})" if language() == "en" else "{text} {count}"
    return form.format(text=words, count=f"{count:,}")
