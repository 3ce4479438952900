"""The branch's window: rail, top bar, the page, status strip; and the lock over all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.omnibox import Omnibox
from advisorcrm.views.remembered import recall_bytes, remember
from advisorcrm.views.shell.font_scale import FontScale
from advisorcrm.views.shell.history import History, Place
from advisorcrm.views.shell.keys_overlay import KeysOverlay, frame_keys
from advisorcrm.views.shell.lock_cover import LockCover
from advisorcrm.views.shell.menus import fill_menus, toggle_menus
from advisorcrm.views.shell.panes import turn_pane
from advisorcrm.views.shell.parts import Action, Page, ShellInfo
from advisorcrm.views.shell.rail import Rail
from advisorcrm.views.shell.status_strip import StatusStrip
from advisorcrm.views.shell.top_bar import TopBar
from advisorcrm.views.widgets.toast import Toast

LEAST = (1280, 680)
_NARROW_BELOW = 1400


class MainWindow(QMainWindow):
    """Shows pages by key; what a person wants beyond that is told by signals."""

    lock_wanted = Signal()
    privacy_changed = Signal(bool)
    told_in_public = Signal(str, object)
    scale_changed = Signal(int)
    page_shown = Signal(str)
    undo_wanted = Signal()
    closing = Signal()

    def __init__(
        self, info: ShellInfo, pages: Sequence[Page], actions: Sequence[Action] = ()
    ) -> None:
        super().__init__()
        self._info = info
        self._pages = {page.key: page for page in pages}
        self._actions = list(actions)
        self._made: dict[str, QWidget] = {}
        self._rail_choice: bool | None = None
        self._is_private = False
        self._font = FontScale(self)
        self.history = History()
        self._whole = LockCover(self)
        self._work = self._whole.work
        self.rail = Rail(list(pages), self._work)
        self.top = TopBar(info, self._actions, self._work)
        self.status = StatusStrip(info.place, self._work)
        self._stack = QStackedWidget(self._work)
        self._build()
        self.omnibox = Omnibox(self._work)
        self.omnibox.anchor = self.top.search
        self.omnibox.set_functions([*self._page_actions(), *self._actions])
        self.keys = KeysOverlay(self._work)
        self._toast = Toast(self._work)
        self.page_shown.connect(self._toast.leave_page)
        fill_menus(self.menuBar(), self._page_actions(), self._actions, self._view_lines())
        self._connect()
        self._bind_keys()

    # For app and pages

    def go(self, key: str, record_id: int | None = None) -> None:
        """Show a page, with a record if it shows one, and remember the step."""
        self._show_place(Place(key, record_id))
        self.history.visit(Place(key, record_id))
        self._show_history()

    def page_parent(self) -> QWidget:
        """Where pages stand: made with this parent, they are not dressed twice."""
        return self._stack

    def page(self, key: str) -> QWidget:
        """The page of a key, made when it is first wanted."""
        if key not in self._made:
            made = self._pages[key].factory()
            self._made[key] = made
            self._stack.addWidget(made)
            takers = {"status_changed": self._show_status, "part_shown": self._toast.leave_page}
            for name, taker in takers.items():
                if hasattr(made, name):
                    getattr(made, name).connect(taker)
            self._call(made, "set_private", is_private=self._is_private)
        return self._made[key]

    def add_above_status(self, widget: QWidget) -> None:
        """Put a strip (draft chips) between page and status bar."""
        self._right.insertWidget(self._right.count() - 1, widget)

    def add_above_page(self, widget: QWidget) -> None:
        """Put a bar that concerns every page between top bar and page."""
        self._right.insertWidget(1, widget)

    def current_key(self) -> str:
        """Key of the page shown, empty before the first."""
        place = self.history.current()
        return place.key if place else ""

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Tell what was done, and offer to take it back; in public view without names (F9)."""
        if self._is_private:
            self.told_in_public.emit(text, undo)
        else:
            self._toast.say(text, undo)

    def tell(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Tell a sentence just as it is: its names are masked already."""
        self._toast.say(text, undo)

    def show_lock(self, screen: QWidget) -> None:
        """Cover everything, dialogs included, by the lock screen."""
        self.omnibox.close_sheet()
        self.keys.close_sheet()
        self._whole.cover(screen)
        self.setWindowTitle(_("已锁定 – 客户服务"))

    def hide_lock(self) -> None:
        """Bring back the page, its dialogs and the cursor."""
        self._whole.uncover()
        self._show_title()

    def is_locked(self) -> bool:
        """Whether the lock screen covers the work."""
        return self._whole.is_covered()

    def undo(self) -> None:
        """Take back what the toast offers, else the last thing that can be (Ctrl+Z)."""
        if self._toast.offers_undo():
            self._toast.undo()
        else:
            self.undo_wanted.emit()

    # Qt's events

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Take the place this person gave the window on this screen."""
        if not event.spontaneous():
            state = recall_bytes(self._geometry_key())
            if state.isEmpty() or not self.restoreGeometry(state):
                self._fit_screen()
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember the place; drafts are kept by their forms."""
        remember(self._geometry_key(), self.saveGeometry())
        self.closing.emit()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fold the rail where the window is narrow."""
        super().resizeEvent(event)
        was_narrow = event.oldSize().width() <= theme.px(_NARROW_BELOW)
        if was_narrow != (self.width() <= theme.px(_NARROW_BELOW)):
            self._rail_choice = None
        self._fold_rail()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fold_rail()

    # Inside

    def _build(self) -> None:
        """From the outside in: with each new parent Qt dresses a widget and all in it again."""
        self.setMinimumSize(*LEAST)
        self.setCentralWidget(self._whole)
        self._whole.addWidget(self._work)
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        right = self._right = QVBoxLayout()
        row.addLayout(right, 1)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for part, stretch in ((self.top, 0), (self._stack, 1), (self.status, 0)):
            right.addWidget(part, stretch)
        row.insertWidget(0, self.rail)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.rail.folded.connect(self._turn_rail)
        self.top.back_wanted.connect(self._back)
        self.top.forward_wanted.connect(self._forward)
        self.top.search_wanted.connect(self.omnibox.open_with)
        self.top.lock_wanted.connect(self.lock_wanted)
        self.status.keys_wanted.connect(self._show_keys)
        self._font.changed.connect(self.scale_changed)
        self._show_history()

    def _bind_keys(self) -> None:
        """Keys of the frame; those of a page are the page's own."""
        bound: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.omnibox.open_with),
            ("Alt+Left", self._back),
            ("Alt+Right", self._forward),
            ("Ctrl+B", self._turn_rail),
            ("Ctrl+Alt+L", self.lock_wanted.emit),
            ("F9", self._turn_privacy),
            ("F1", self._show_keys),
            ("F5", self._reload),
            ("F6", self._next_pane),
            ("Shift+F6", self._last_pane),
            ("Ctrl+Z", self.undo),
            ("Ctrl++", self._font.larger),
            ("Ctrl+=", self._font.larger),
            ("Ctrl+-", self._font.smaller),
            ("Ctrl+0", self._font.back_to_normal),
            ("F10", self._turn_menus),
        ]
        bound += [(action.shortcut, action.run) for action in self._actions if action.shortcut]
        if self._info.single_keys:
            bound += [(action.letter, action.run) for action in self._actions if action.letter]
            bound.append(("?", self._show_keys))
        on_rail = [page for page in self._pages.values() if page.on_rail and not page.at_foot]
        for number, page in enumerate(on_rail, start=1):
            bound.append((f"Ctrl+{number}", self._goer(page.key)))
        for page in self._pages.values():
            if page.shortcut:
                bound.append((page.shortcut, self._goer(page.key)))
        for keys, run in bound:
            QShortcut(QKeySequence(keys), self).activated.connect(self._unlocked(run))

    def _unlocked(self, run: Callable[[], object]) -> Callable[[], None]:
        def guarded() -> None:
            if not self.is_locked():
                run()

        return guarded

    def _goer(self, key: str) -> Callable[[], None]:
        def go() -> None:
            self.go(key)

        return go

    def _page_actions(self) -> list[Action]:
        pages = [page for page in self._pages.values() if page.on_rail]
        form = _("转到 {page}")
        return [
            Action(f"go.{page.key}", form.format(page=page.title), self._goer(page.key),
                   icon=page.icon, shortcut=page.shortcut, in_menu=False)
            for page in pages
        ]  # fmt: skip

    def _view_lines(self) -> list[tuple[str, str, Callable[[], object]]]:
        return [
            (_("收起或展开导航"), "Ctrl+B", self._turn_rail),
            (_("隐私模式：姓名也掩码"), "F9", self._turn_privacy),
            (_("放大字号"), "Ctrl++", self._font.larger),
            (_("缩小字号"), "Ctrl+-", self._font.smaller),
            (_("锁定"), "Ctrl+Alt+L", self.lock_wanted.emit),
            (_("快捷键"), "F1", self._show_keys),
        ]

    def _turn_menus(self) -> None:
        toggle_menus(self.menuBar())

    def _show_place(self, place: Place) -> None:
        page = self.page(place.key)
        if place.record_id is not None:
            self._call(page, "open_record", place.record_id)
        self._stack.setCurrentWidget(page)
        declared = self._pages[place.key]
        self.rail.light(place.key if declared.on_rail else declared.parent_key)
        self._show_status_of(page)
        self._focus_page(page)
        self._show_title(declared.title)
        self.page_shown.emit(place.key)

    def _show_status_of(self, page: QWidget | None) -> None:
        text = getattr(page, "status_text", None)
        self.status.show_page(text() if text else "")

    def _focus_page(self, page: QWidget) -> None:
        first = getattr(page, "primary_focus", None)
        (first() if first else page).setFocus()

    def _show_title(self, title: str = "") -> None:
        title = title or (self._pages[self.current_key()].title if self.current_key() else "")
        parts = (title, _("客户服务"), self._info.branch)
        self.setWindowTitle(" – ".join(part for part in parts if part))

    def _show_history(self) -> None:
        self.top.show_history(
            can_go_back=self.history.can_go_back(), can_go_forward=self.history.can_go_forward()
        )

    def _back(self) -> None:
        self._step(self.history.back())

    def _forward(self) -> None:
        self._step(self.history.forward())

    def _step(self, place: Place | None) -> None:
        if place is not None:
            self._show_place(place)
            self._show_history()

    def _show_status(self, text: str) -> None:
        if self.sender() is self._stack.currentWidget():
            self.status.show_page(text)

    def _turn_rail(self) -> None:
        self._rail_choice = not self.rail.is_narrow
        self._fold_rail()

    def _fold_rail(self) -> None:
        is_narrow = self.width() <= theme.px(_NARROW_BELOW)
        if self._rail_choice is not None:
            is_narrow = self._rail_choice
        self.rail.set_narrow(is_narrow=is_narrow)

    def _turn_privacy(self) -> None:
        self._is_private = not self._is_private
        self.status.show_mask(_("掩码：开，姓名也掩") if self._is_private else _("掩码：开"))
        for page in self._made.values():
            self._call(page, "set_private", is_private=self._is_private)
        self._show_status_of(self._stack.currentWidget())
        told = self._toast.take()
        if told is not None:
            self.toast(*told)
        self.privacy_changed.emit(self._is_private)

    def _reload(self) -> None:
        self._call(self._stack.currentWidget(), "reload")

    def _next_pane(self) -> None:
        turn_pane(self._panes(), 1)

    def _last_pane(self) -> None:
        turn_pane(self._panes(), -1)

    def _panes(self) -> list[QWidget]:
        shown = self._stack.currentWidget()
        return [self.rail, self.top, *([shown] if shown else []), self.status]

    def _show_keys(self) -> None:
        page = self._stack.currentWidget()
        own = getattr(page, "keys", None)
        actions = [
            (a.letter or a.shortcut, a.text) for a in self._actions if a.letter or a.shortcut
        ]
        self.keys.show_keys(
            [
                (_("本页"), own() if own else ()),
                (_("新建"), actions),
                (_("处处可用"), frame_keys()),
            ]
        )

    def _call(self, page: QWidget | None, name: str, *values: object, **named: object) -> None:
        """Call what a page may have."""
        method = getattr(page, name, None)
        if method is not None:
            method(*values, **named)

    def _geometry_key(self) -> str:
        size = self.screen().size()
        return f"windows/{self._info.user_no}/{size.width()}x{size.height()}"

    def _fit_screen(self) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(1440, room.width()), min(900, room.height()))
