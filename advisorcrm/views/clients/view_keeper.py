"""Looks after the saved views of the page: reads, saves, renames, orders, shares, puts away."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from advisorcrm.i18n import _
from advisorcrm.services.access import Right
from advisorcrm.services.clients.saved_views import (
    NewView,
    SavedViewRow,
    archive_view,
    list_saved_views,
    order_views,
    rename_view,
    replace_view,
    restore_view,
    save_view,
    share_view,
)
from advisorcrm.services.clients.view_content import ViewContent
from advisorcrm.views.clients.list_views import View, saved_view, special_views
from advisorcrm.views.clients.save_view_dialog import SaveViewDialog
from advisorcrm.views.clients.view_chips import ViewChips
from advisorcrm.views.surroundings import Surroundings


class ViewKeeper(QObject):
    """``changed`` when other views are to be counted; ``now`` says what is on the screen."""

    changed = Signal()
    count_wanted = Signal(object)

    def __init__(
        self,
        around: Surroundings,
        chips: ViewChips,
        now: Callable[[], ViewContent],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._chips = chips
        self._now = now
        self._page = parent
        self.saved: tuple[View, ...] = ()
        self.special: tuple[View, ...] = ()
        self.chosen: View | None = None
        self.dialog: SaveViewDialog | None = None
        chips.save_wanted.connect(self.ask_name)
        chips.menu_wanted.connect(self._open_menu)
        chips.more_wanted.connect(self.fill_more)

    def reload(self) -> None:
        """Read the saved views again."""
        self._around.jobs.read(list_saved_views, then=self._show, key="clients.views")

    def ask_name(self) -> None:
        """Keep what is on the screen under a name, or bring the chosen view up to date."""
        chosen = self.chosen.saved if self.chosen else None
        replaces = chosen.name if chosen and chosen.may_change else ""
        dialog = self._open_dialog(_("存为视图"), replaces=replaces, may_share=self._leads())
        attempt = str(uuid.uuid4())
        dialog.named.connect(partial(self._save, dialog, attempt))
        if chosen is not None:
            dialog.replaced.connect(partial(self._replace, dialog, chosen.id))

    def ask_new_name(self, row: SavedViewRow) -> None:
        """Give a view another name."""
        dialog = self._open_dialog(_("给视图改名"), name=row.name)
        dialog.named.connect(partial(self._rename, dialog, row.id))

    def remove(self, row: SavedViewRow) -> None:
        """Put a view away; it can be brought back."""
        told = _("已去掉视图“{name}”").format(name=row.name)
        undo = partial(restore_view, view_id=row.id)
        self._around.jobs.write(
            partial(archive_view, view_id=row.id, now=self._around.now()),
            then=partial(self._tell_done, told, undo),
        )

    def move(self, row: SavedViewRow, step: int) -> None:
        """Move a view among those of its kind."""
        ids = [
            view.saved.id
            for view in self.saved
            if view.saved and view.saved.is_shared is row.is_shared
        ]
        at = ids.index(row.id)
        if 0 <= at + step < len(ids):
            ids[at], ids[at + step] = ids[at + step], ids[at]
            self._around.jobs.write(partial(order_views, view_ids=ids))

    def share(self, row: SavedViewRow) -> None:
        """Offer a view to everybody, or to oneself only."""
        self._around.jobs.write(partial(share_view, view_id=row.id, is_shared=not row.is_shared))

    def menu_of(self, view: View) -> QMenu:
        """What can be done with a saved view."""
        menu = QMenu(view.label, self._page)
        row = view.saved
        if row is None or not row.may_change:
            menu.addAction(_("共享视图由客服经理维护")).setEnabled(False)
            return menu
        for label, call in (
            (_("改名"), partial(self.ask_new_name, row)),
            (_("前移"), partial(self.move, row, -1)),
            (_("后移"), partial(self.move, row, 1)),
            (_("去掉"), partial(self.remove, row)),
        ):
            menu.addAction(label).triggered.connect(_without_state(call))
        if self._leads():
            label = _("只给自己看") if row.is_shared else _("共享给全营业部")
            menu.addAction(label).triggered.connect(_without_state(partial(self.share, row)))
        return menu

    def fill_more(self, menu: QMenu) -> None:
        """The special lists in groups, then the saved views with what can be done to each."""
        menu.clear()
        is_mine = not self._around.may(Right.SEE_BRANCH)
        groups = special_views(is_mine=is_mine)
        self.special = tuple(view for group in groups for view in group)
        for group in groups:
            for view in group:
                action = menu.addAction(view.label)
                action.setData(view.key)
                action.setProperty("words", view.label)
                action.triggered.connect(_without_state(partial(self._chips.chosen.emit, view)))
            menu.addSeparator()
        for view in self.saved:
            inside = self.menu_of(view)
            inside.setTitle(_("视图“{name}”").format(name=view.label))
            menu.addMenu(inside)
        self.count_wanted.emit(self.special)

    def _open_menu(self, view: View, at: QPoint) -> None:
        self.menu_of(view).popup(at)

    def _leads(self) -> bool:
        return self._around.may(Right.LEAD_LISTS)

    def _open_dialog(
        self, title: str, *, name: str = "", replaces: str = "", may_share: bool = False
    ) -> SaveViewDialog:
        dialog = SaveViewDialog(
            title, name=name, replaces=replaces, may_share=may_share, parent=self._page.window()
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self.dialog = dialog
        return dialog

    def _save(self, dialog: SaveViewDialog, attempt: str, name: str, is_shared: bool) -> None:
        now = self._now()
        new = NewView(attempt, name, now.query, now.order, now.columns, is_shared)
        self._around.jobs.write(
            partial(save_view, new=new),
            then=partial(self._close, dialog),
            failed=dialog.show_problem,
        )

    def _replace(self, dialog: SaveViewDialog, view_id: int) -> None:
        self._around.jobs.write(
            partial(replace_view, view_id=view_id, content=self._now()),
            then=partial(self._close, dialog),
            failed=dialog.show_problem,
        )

    def _rename(self, dialog: SaveViewDialog, view_id: int, name: str, _shared: bool) -> None:
        self._around.jobs.write(
            partial(rename_view, view_id=view_id, name=name),
            then=partial(self._close, dialog),
            failed=dialog.show_problem,
        )

    def _close(self, dialog: SaveViewDialog, _answer: object) -> None:
        dialog.accept()

    def _tell_done(self, told: str, undo: Callable[..., object], _answer: object) -> None:
        self._around.undo.done(told, undo)

    def _show(self, rows: Sequence[SavedViewRow]) -> None:
        views = tuple(saved_view(row) for row in rows)
        if views != self.saved:
            self.saved = views
            self._chips.show_saved(views)
            self.changed.emit()


def _without_state(call: Callable[[], object]) -> Callable[[bool], object]:
    """A call for a menu, whose actions say whether they are ticked."""

    def run(_checked: bool) -> object:
        return call()

    return run
