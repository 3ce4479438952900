"""The menu bar: hidden until F10 or Alt, for those who look for things in menus."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QMenuBar

from advisorcrm.i18n import _
from advisorcrm.views import icons
from advisorcrm.views.shell.parts import Action

Line = tuple[str, str, Callable[[], object]]


def fill_menus(
    bar: QMenuBar, goes: Sequence[Action], actions: Sequence[Action], frame: Sequence[Line]
) -> None:
    """Go, create, view: the same things as keys, rail and buttons do."""
    _add(bar.addMenu(_("转到")), goes)
    if actions:
        _add(bar.addMenu(_("新建")), actions)
    view = bar.addMenu(_("查看"))
    for text, keys, run in frame:
        view.addAction(f"{text}\t{keys}").triggered.connect(_bare(run))
    bar.hide()


def toggle_menus(bar: QMenuBar) -> None:
    """Show the bar with its first menu ready, or hide it."""
    bar.setVisible(not bar.isVisible())
    if bar.isVisible():
        bar.setFocus()
        bar.setActiveAction(bar.actions()[0])


def _add(menu: QMenu, actions: Sequence[Action]) -> None:
    for action in actions:
        keys = action.shortcut or action.letter
        item = menu.addAction(icons.icon(action.icon), f"{action.text}\t{keys}")
        item.triggered.connect(_bare(action.run))


def _bare(run: Callable[[], object]) -> Callable[[], None]:
    """Without the ``checked`` that a menu sends along."""

    def go() -> None:
        run()

    return go
