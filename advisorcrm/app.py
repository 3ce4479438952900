"""Puts the window program together: first run, sign-in, the branch's window, lock, the end.

Until the sign-in window is painted nothing is imported that it does not need; the rest is loaded
while the password is typed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from advisorcrm import __version__, i18n, paths
from advisorcrm.errors import AdvisorCrmError, SignInError
from advisorcrm.views import theme
from advisorcrm.views.remembered import recall, remember

if TYPE_CHECKING:
    from advisorcrm.services.desk import NewUser
    from advisorcrm.services.start import StartData
    from advisorcrm.services.workplace import Workplace
    from advisorcrm.views.branch_window import BranchWindow
    from advisorcrm.views.first_run.answers import FirstRunAnswers
    from advisorcrm.views.first_run.wizard import FirstRunWizard
    from advisorcrm.views.sign_in.login_window import LoginInfo, LoginWindow
    from advisorcrm.views.sign_in.recovery_dialog import RecoveryDialog
    from advisorcrm.views.single_instance import SingleInstance

_WARM_AFTER_MS = 50


def open_window(arguments: list[str]) -> int:
    """Open the program's window and stay until it is closed; returns the exit status."""
    _keep_private()
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
    """The database that is meant: ``--database PLACE``, the environment, or the usual one."""
    if arguments:
        return arguments[0].partition("=")[2] or arguments[-1]
    return os.environ.get("ADVISORCRM_DATABASE") or str(paths.default_database())


class Program(QObject):
    """The program from its start to its end."""

    _finished = Signal(object, object)

    def __init__(self, app: QApplication, location: str) -> None:
        super().__init__()
        self.app = app
        self.location = location
        self.login: LoginWindow | None = None
        self.window: BranchWindow | None = None
        self._instance: SingleInstance | None = None
        self._worker = ThreadPoolExecutor(1, "door")
        self._finished.connect(self._answer)
        self._first_run: FirstRunWizard | None = None
        self._starts_with_import = False
        self._recovery: RecoveryDialog | None = None

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
        if self._is_new():
            self.show_first_run()
        else:
            self.show_login()
        QTimer.singleShot(_WARM_AFTER_MS, self._warm)
        return True

    def stop(self) -> None:
        """Finish what is being saved and close everything."""
        if self.window is not None:
            self.window.leave()
        self._worker.shutdown(wait=True, cancel_futures=True)
        if self._instance is not None:
            self._instance.release()

    def show_login(self) -> None:
        """Ask who is there."""
        from advisorcrm.views.sign_in.login_window import LoginWindow

        self.login = LoginWindow(_login_info(self.location))
        self.login.submitted.connect(self._sign_in)
        self.login.language_chosen.connect(self._choose_language)
        self.login.recovery_wanted.connect(self._ask_recovery_key)
        self.login.show()

    def show_first_run(self) -> None:
        """Set up the branch, step by step."""
        from advisorcrm.views.first_run.wizard import FirstRunWizard

        wizard = FirstRunWizard(self.location)
        wizard.finished.connect(self._set_up)
        wizard.existing_chosen.connect(self._open_existing)
        wizard.left.connect(self._leave_first_run)
        self._first_run = wizard
        wizard.show()

    def raise_window(self) -> None:
        """Bring the window to the front: somebody started the program again."""
        shown = self.window.main_window if self.window else self.login or self._first_run
        if shown is not None:
            shown.showNormal()
            shown.raise_()
            shown.activateWindow()

    # --- what happens behind the sign-in window ------------------------------------------

    def _sign_in(self, employee_no: str, password: str) -> None:
        self._later(
            partial(_enter, self.location, employee_no, password),
            self._signed_in,
            self._not_signed_in,
        )

    def _signed_in(self, entered: tuple[Workplace, StartData]) -> None:
        from advisorcrm.views.branch_window import BranchWindow

        workplace, start = entered
        actor = workplace.actor
        if self.login is not None:
            self.login.show_signed_in(actor.employee_no, actor.name)
        self._open(BranchWindow(workplace, start))

    def _open(self, window: BranchWindow) -> None:
        self.window = window
        window.signed_out.connect(self._signed_out)
        window.opened.connect(self._close_login)
        window.rebuild_wanted.connect(self._rebuild)
        window.ended.connect(self.app.quit)
        window.open()
        if self._starts_with_import:
            self._starts_with_import = False
            window.start_import()

    def _rebuild(self) -> None:
        """Make the window anew in another language, on the same page."""
        if self.window is not None:
            from advisorcrm.services.start import load_start

            self.window.jobs.read(load_start, then=self._rebuilt)

    def _rebuilt(self, start: StartData) -> None:
        from advisorcrm.views.branch_window import BranchWindow

        old = self.window
        if old is not None:
            old.ended.disconnect(self.app.quit)
            old.leave(keep_jobs=True)
            self._open(BranchWindow(old.workplace, start, old.jobs))

    def _close_login(self) -> None:
        if self.login is not None:
            self.login.close()
            self.login.deleteLater()
            self.login = None

    def _not_signed_in(self, error: Exception) -> None:
        if self.login is not None:
            seconds = error.wait_seconds if isinstance(error, SignInError) else 0
            self.login.show_failure(str(error), wait_seconds=seconds)

    def _signed_out(self) -> None:
        """Somebody else wants to sign in."""
        self.window = None
        self.show_login()

    def _ask_recovery_key(self) -> None:
        from advisorcrm.views.sign_in.recovery_dialog import RecoveryDialog

        if self.login is not None:
            self._recovery = RecoveryDialog(self.login.number.text(), self.login)
            self._recovery.submitted.connect(self._recover)
            self._recovery.open()

    def _recover(self, recovery_key: str, employee_no: str, new_password: str) -> None:
        from advisorcrm.services.desk import recover

        self._later(
            partial(
                recover,
                self.location,
                recovery_key,
                employee_no,
                new_password,
                now=datetime.now(UTC),
            ),
            partial(self._recovered, employee_no, new_password),
            self._recovery.show_problem if self._recovery else self._not_signed_in,
        )

    def _recovered(self, employee_no: str, password: str, _answer: object) -> None:
        if self._recovery is not None:
            self._recovery.accept()
        self._sign_in(employee_no, password)

    def _set_up(self, answers: FirstRunAnswers) -> None:
        from advisorcrm.services.first_run import FirstRun, make_branch
        from advisorcrm.views.first_run.start_step import IMPORT, SAMPLE

        self.location = answers.location or self.location
        self._starts_with_import = answers.start_with == IMPORT
        wanted = FirstRun(
            self.location,
            answers.branch,
            answers.people,
            answers.high_end_tiers,
            answers.start_with == SAMPLE,
        )
        self._later(
            partial(make_branch, wanted, now=datetime.now(UTC)),
            partial(self._is_set_up, answers.people),
            self._not_set_up,
        )

    def _is_set_up(self, people: tuple[NewUser, ...], recovery_key: str) -> None:
        remember("login/number", people[-1].employee_no)
        remember("login/name", people[-1].name)
        if self._first_run is not None:
            self._first_run.show_recovery_key(recovery_key)

    def _not_set_up(self, error: Exception) -> None:
        if self._first_run is not None:
            self._first_run.show_problem(error)

    def _leave_first_run(self) -> None:
        if self._first_run is not None:
            self._first_run.close()
            self._first_run.deleteLater()
            self._first_run = None
        self.show_login()

    def _open_existing(self, location: str) -> None:
        self.location = location
        self._leave_first_run()

    def _choose_language(self, language: str) -> None:
        i18n.use_language(language)
        remember("language", language)
        if self.login is not None:
            self.login.close()
            self.login.deleteLater()
            self.show_login()

    # --- threads and places ---------------------------------------------------------------

    def _later(
        self,
        call: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        future = self._worker.submit(call)
        future.add_done_callback(lambda done: self._finished.emit((then, failed), done))

    def _answer(self, callers: Any, future: Future[Any]) -> None:
        then, failed = callers
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            then(future.result())
        elif isinstance(error, Exception):
            failed(error)

    def _warm(self) -> None:
        """Load in the background what comes after the sign-in, and what else may wait."""
        from advisorcrm.views.garbage import GarbageTimer
        from advisorcrm.views.messages import Hooks

        self._hooks = Hooks(self)
        self._hooks.install()
        self._garbage = GarbageTimer(self)
        self._garbage.start()
        self._worker.submit(_load_the_rest)
        if self._instance is not None:
            self._instance.listen()

    def _take_place(self) -> bool:
        from advisorcrm.views.single_instance import SingleInstance

        self._instance = SingleInstance(self)
        self._instance.raised.connect(self.raise_window)
        return self._instance.take()

    def _is_new(self) -> bool:
        if self.location.startswith("postgres"):
            return False
        return (
            not Path(self.location).exists()
            and not Path(self.location).with_suffix(".vault").exists()
        )


def _enter(location: str, employee_no: str, password: str) -> tuple[Workplace, StartData]:
    """Open the door and read what the window must know; runs in the door's thread."""
    from advisorcrm.services.start import load_start
    from advisorcrm.services.workplace import sign_in_at

    workplace = sign_in_at(location, employee_no, password)
    return workplace, workplace.database.read(load_start)


def _load_the_rest() -> None:
    from importlib import import_module

    for name in ("cryptography.hazmat.primitives.ciphers.aead", "argon2.low_level",
                 "advisorcrm.services.workplace", "advisorcrm.services.clients",
                 "advisorcrm.views.branch_window"):  # fmt: skip
        import_module(name)


def _login_info(location: str) -> LoginInfo:
    """What may be told before anybody is known; less if the vault cannot be read."""
    from advisorcrm.db.keys import Vault, vault_path
    from advisorcrm.views.sign_in.login_window import LoginInfo

    if location.startswith("postgres"):
        return LoginInfo(place=location.rpartition("@")[2], version=__version__, is_encrypted=False)
    with suppress(AdvisorCrmError):
        branch = Vault.load(vault_path(Path(location))).about.get("branch", "")
        return LoginInfo(branch=branch, place=Path(location).name, version=__version__)
    return LoginInfo(place=Path(location).name, version=__version__)


def _keep_private() -> None:
    """Files of this program are for its owner alone."""
    os.umask(0o077)
