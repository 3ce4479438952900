"""Puts the window program together: the way in, the branch's window, the end."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from advisorcrm import i18n, paths
from advisorcrm.own_process import keep_private
from advisorcrm.views import theme
from advisorcrm.views.entrance import PLACE, Entrance
from advisorcrm.views.remembered import recall
from advisorcrm.views.sign_in.door import last_role

if TYPE_CHECKING:
    from advisorcrm.services.branch.settings import Settings
    from advisorcrm.services.workplace.start import StartData
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.branch_window import BranchWindow
    from advisorcrm.views.garbage import GarbageTimer
    from advisorcrm.views.messages import Hooks
    from advisorcrm.views.rehearsal import Rehearsal
    from advisorcrm.views.single_instance import SingleInstance

log = logging.getLogger(__name__)
_WARM_AFTER_MS = 50
_NEEDED_INSIDE = (
    "cryptography.hazmat.primitives.ciphers.aead", "argon2.low_level",
    "advisorcrm.services.workplace.workplace", "advisorcrm.services.clients.clients",
    "advisorcrm.views.branch_window", "advisorcrm.views.clients.clients_page",
    "advisorcrm.views.contacts.contact_forms", "advisorcrm.views.rehearsal",
)  # fmt: skip


def open_window(arguments: list[str]) -> int:
    """Open the program's window and stay until it is closed; returns the exit status."""
    keep_private()
    theme.prepare()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        return 1
    program = Program(app, location_from(arguments))
    if not program.start():
        return 0
    status = app.exec()
    program.stop()
    return status


def location_from(arguments: list[str]) -> str:
    """The database that is meant: named, of the environment, chosen last, or the usual one."""
    if arguments:
        return arguments[0].partition("=")[2] or arguments[-1]
    named = os.environ.get("ADVISORCRM_DATABASE") or recall(PLACE)
    return named or str(paths.default_database())


class Program(QObject):
    """The program from its start to its end."""

    def __init__(self, app: QApplication, location: str) -> None:
        super().__init__()
        self.app = app
        self.entrance = Entrance(location, self)
        self.entrance.entered.connect(self._enter)
        self.entrance.loaded.connect(self._rehearse)
        self.rehearsal: Rehearsal | None = None
        self.window: BranchWindow | None = None
        self.instance: SingleInstance | None = None
        self._garbage: GarbageTimer | None = None
        self._hooks: Hooks | None = None

    def start(self) -> bool:
        """Show the first window; False if the program already runs and was raised."""
        i18n.use_language(recall("language", "zh_CN"))
        theme.start(
            self.app,
            appearance=recall("theme", "system"),
            scale=int(recall("font_percent", "100")),
        )
        if not self._take_place():
            return False
        self.entrance.open()
        QTimer.singleShot(_WARM_AFTER_MS, self._warm)
        return True

    def stop(self) -> None:
        """Finish what is being saved and close everything."""
        if self.window is not None:
            self.window.leave()
        self.entrance.stop()
        if self._garbage is not None:
            self._garbage.stop()
        if self._hooks is not None:
            self._hooks.uninstall()
        if self.instance is not None:
            self.instance.release()
        if self._hooks is not None:
            from advisorcrm.logs import leave_crashes

            leave_crashes()

    def raise_window(self) -> None:
        """Bring the window to the front: somebody started the program again."""
        shown = self.window.main_window if self.window else self.entrance.window()
        if shown is not None:
            shown.showNormal()
            shown.raise_()
            shown.activateWindow()

    def _enter(self, workplace: Workplace, start: StartData) -> None:
        from advisorcrm.views.branch_window import BranchWindow

        if self.rehearsal is not None:
            self.rehearsal.stop()
        self._use_choices(start.settings)
        self._open(BranchWindow(workplace, start))
        self._keep_language()
        if self.window is not None and self.entrance.wants_import:
            self.entrance.wants_import = False
            self.window.start_import()

    def _use_choices(self, settings: Settings) -> None:
        """The person's own language and look; a language chosen at the door goes before."""
        if not self.entrance.has_chosen_language:
            i18n.use_language(settings.language)
        look = settings.theme, settings.font_percent
        if look != (theme.current.appearance, theme.current.scale):
            theme.use(*look)

    def _keep_language(self) -> None:
        """What was chosen at the door is the person's own choice from now on."""
        if self.entrance.has_chosen_language and self.window is not None:
            from advisorcrm.services.branch.settings import save_setting

            self.entrance.has_chosen_language = False
            if self.window.jobs.is_read_only:
                return
            self.window.jobs.write(
                partial(save_setting, name="language", value=i18n.language()), is_quiet=True
            )

    def _open(self, window: BranchWindow, *, instead_of: BranchWindow | None = None) -> None:
        self.window = window
        window.signed_out.connect(self._signed_out)
        window.opened.connect(self.entrance.close_login)
        window.rebuild_wanted.connect(self._rebuild)
        window.ended.connect(self.app.quit)
        window.open(instead_of=instead_of)

    def _rebuild(self) -> None:
        """Make the window anew in another language, on the same page."""
        if self.window is not None:
            from advisorcrm.services.workplace.start import load_start

            self.window.jobs.read(load_start, then=self._rebuilt, key="program.start")

    def _rebuilt(self, start: StartData) -> None:
        from advisorcrm.views.branch_window import BranchWindow

        old = self.window
        if old is not None:
            self._open(BranchWindow(old.workplace, start, old.jobs), instead_of=old)
            old.leave(keep_jobs=True)

    def _signed_out(self) -> None:
        """Somebody else wants to sign in."""
        left, self.window = self.window, None
        self.entrance.show_login()
        if left is not None:
            left.leave()

    def _warm(self) -> None:
        """Load in the background what comes after the sign-in, and what else may wait."""
        from advisorcrm import allocator, private_files
        from advisorcrm.logs import start_log, watch_crashes
        from advisorcrm.views.garbage import GarbageTimer
        from advisorcrm.views.messages import Hooks

        allocator.hold_little()
        with suppress(OSError):
            start_log()
            watch_crashes()
        private_files.sweep()
        self._hooks = Hooks(self)
        self._hooks.install()
        self._garbage = GarbageTimer(self)
        self._garbage.start()
        self.entrance.load_ahead(_NEEDED_INSIDE)
        if self.instance is not None:
            self.instance.listen()
        self._look_at_fonts()

    def _rehearse(self) -> None:
        """Everything is loaded and somebody types: make what the window needs first."""
        if self._garbage is not None:
            self._garbage.settle()
        if self.window is None and self.entrance.login is not None:
            from advisorcrm.views.rehearsal import Rehearsal

            self.rehearsal = Rehearsal(last_role(), self)
            self.rehearsal.start()

    def _look_at_fonts(self) -> None:
        from advisorcrm.errors import SystemTroubleError
        from advisorcrm.views.fonts import font_sentence, shows_chinese

        if not shows_chinese():
            log.warning("no Chinese font")
            self.entrance.tell(SystemTroubleError(font_sentence()))

    def _take_place(self) -> bool:
        from advisorcrm.views.single_instance import SingleInstance

        self.instance = SingleInstance(self)
        self.instance.raised.connect(self.raise_window)
        return self.instance.take()
