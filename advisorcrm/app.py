"""Puts the window program together: first run, sign-in, the branch's window, lock, the end.

Until the sign-in window is painted nothing is imported that it does not need; the rest is loaded
while the password is typed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from advisorcrm import __version__, i18n, paths
from advisorcrm.errors import AdvisorCrmError, SignInError
from advisorcrm.i18n import _
from advisorcrm.views import theme
from advisorcrm.views.remembered import recall, remember

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from advisorcrm.services.desk import NewUser
    from advisorcrm.services.settings import Settings
    from advisorcrm.services.start import StartData
    from advisorcrm.services.workplace import Workplace
    from advisorcrm.views.branch_window import BranchWindow
    from advisorcrm.views.first_run.answers import FirstRunAnswers
    from advisorcrm.views.first_run.wizard import FirstRunWizard
    from advisorcrm.views.garbage import GarbageTimer
    from advisorcrm.views.sign_in.login_window import LoginInfo, LoginWindow
    from advisorcrm.views.sign_in.recovery_dialog import RecoveryDialog
    from advisorcrm.views.single_instance import SingleInstance

_WARM_AFTER_MS = 50
_PLACE = "database"  # where windows.ini keeps the file that a person has chosen


def open_window(arguments: list[str]) -> int:
    """Open the program's window and stay until it is closed; returns the exit status."""
    _keep_private()
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
    """The database that is meant: ``--database PLACE``, the environment, or the usual one."""
    if arguments:
        return arguments[0].partition("=")[2] or arguments[-1]
    named = os.environ.get("ADVISORCRM_DATABASE") or recall(_PLACE)
    return named or str(paths.default_database())


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
        self._garbage: GarbageTimer | None = None
        self._worker: ThreadPoolExecutor | None = None
        self._finished.connect(self._answer)
        self._first_run: FirstRunWizard | None = None
        self._starts_with_import = False
        self._chose_language = False
        self.ask_file: Callable[[], str] = self._ask_file
        """Asks for another database; a test answers instead of the file dialog."""
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
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)
        if self._garbage is not None:
            self._garbage.stop()
        if self._instance is not None:
            self._instance.release()

    def show_login(self) -> None:
        """Ask who is there; where the database is lost, ask for another."""
        from advisorcrm.views.sign_in.login_window import LoginWindow

        login = LoginWindow()
        login.submitted.connect(self._sign_in)
        login.language_chosen.connect(self._choose_language)
        login.recovery_wanted.connect(self._ask_recovery_key)
        login.new_wanted.connect(self._begin_anew)
        login.open_wanted.connect(self._open_another)
        if not is_server(self.location) and not Path(self.location).exists():
            login.show_no_database()
        login.show()
        self._close_login()  # the one before, once this one is there: else the program would end
        self.login = login
        QTimer.singleShot(0, self._tell_place)

    def show_first_run(self) -> None:
        """Set up the branch, step by step."""
        from advisorcrm.views.first_run.wizard import FirstRunWizard

        wizard = FirstRunWizard(self.location)
        wizard.finished.connect(self._set_up)
        wizard.existing_chosen.connect(self._open_existing)
        wizard.left.connect(self._leave_first_run)
        self._first_run = wizard
        wizard.show()

    def _tell_place(self) -> None:
        """What may be told before anybody is known: read after the first paint."""
        if self.login is not None:
            self.login.show_info(_login_info(self.location))

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
        self._use_choices(start.settings)
        self._open(BranchWindow(workplace, start))
        self._keep_language()

    def _use_choices(self, settings: Settings) -> None:
        """The person's own language and look; a language chosen at the door goes before."""
        if not self._chose_language:
            i18n.use_language(settings.language)
        look = settings.theme, settings.font_percent
        if look != (theme.current.appearance, theme.current.scale):
            theme.use(*look)

    def _keep_language(self) -> None:
        """What was chosen at the door is the person's own choice from now on."""
        if self._chose_language and self.window is not None:
            from advisorcrm.services.settings import save_setting

            self._chose_language = False
            self.window.jobs.write(
                partial(save_setting, name="language", value=i18n.language()), is_quiet=True
            )

    def _open(self, window: BranchWindow, *, instead_of: BranchWindow | None = None) -> None:
        self.window = window
        window.signed_out.connect(self._signed_out)
        window.opened.connect(self._close_login)
        window.rebuild_wanted.connect(self._rebuild)
        window.ended.connect(self.app.quit)
        window.open(instead_of=instead_of)
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
            self._open(BranchWindow(old.workplace, start, old.jobs), instead_of=old)
            old.leave(keep_jobs=True)

    def _close_login(self) -> None:
        if self.login is not None:
            self.login.close()
            self.login.deleteLater()
            self.login = None

    def _not_signed_in(self, error: Exception) -> None:
        if self.login is None:
            return
        seconds = error.wait_seconds if isinstance(error, SignInError) else 0
        sentence = str(error)
        if not isinstance(error, AdvisorCrmError):
            from advisorcrm.views.messages import show_problem

            show_problem(error, self.login)
            sentence = _("没有打开数据库：程序出错。请把出错信息交给系统管理员。")
        self.login.show_failure(sentence, wait_seconds=seconds)

    def _signed_out(self) -> None:
        """Somebody else wants to sign in."""
        left, self.window = self.window, None
        self.show_login()
        if left is not None:
            left.leave()

    def _ask_recovery_key(self) -> None:
        from advisorcrm.views.sign_in.recovery_dialog import RecoveryDialog

        if self.login is not None:
            self._recovery = RecoveryDialog(self.login.number.text(), self.login)
            self._recovery.submitted.connect(self._recover)
            self._recovery.open()

    def _recover(self, recovery_key: str, employee_no: str, new_password: str) -> None:
        from advisorcrm.services.desk import recover, utc_now

        self._later(
            partial(
                recover,
                self.location,
                recovery_key,
                employee_no,
                new_password,
                now=utc_now(),
            ),
            partial(self._recovered, employee_no, new_password),
            self._recovery.show_problem if self._recovery else self._not_signed_in,
        )

    def _recovered(self, employee_no: str, password: str, _answer: object) -> None:
        if self._recovery is not None:
            self._recovery.accept()
        self._sign_in(employee_no, password)

    def _set_up(self, answers: FirstRunAnswers) -> None:
        from advisorcrm.services.desk import utc_now
        from advisorcrm.services.first_run import FirstRun, make_branch
        from advisorcrm.views.first_run.start_step import IMPORT, SAMPLE

        self._go_to(answers.location or self.location)
        self._starts_with_import = answers.start_with == IMPORT
        wanted = FirstRun(
            self.location,
            answers.branch,
            answers.people,
            answers.high_end_tiers,
            answers.start_with == SAMPLE,
            {
                "language": answers.language,
                "theme": answers.appearance,
                "font_percent": answers.font_percent,
            },
        )
        self._later(
            partial(make_branch, wanted, now=utc_now()),
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
        self.show_login()
        if self._first_run is not None:
            self._first_run.close()
            self._first_run.deleteLater()
            self._first_run = None

    def _open_existing(self, location: str) -> None:
        self._go_to(location)
        self._leave_first_run()

    def _begin_anew(self) -> None:
        """There was no database where one should be: make another."""
        self.show_first_run()
        self._close_login()

    def _open_another(self) -> None:
        location = self.ask_file()
        if location:
            self._open_existing(location)

    def _go_to(self, location: str) -> None:
        """Another file than the program was started with: the next start finds it."""
        if location != self.location and not is_server(location):
            remember(_PLACE, location)
        self.location = location

    def _choose_language(self, language: str) -> None:
        i18n.use_language(language)
        remember("language", language)
        self._chose_language = True
        self.show_login()

    # --- threads and places ---------------------------------------------------------------

    def _later(
        self,
        call: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        future = self._door().submit(call)
        future.add_done_callback(lambda done: self._finished.emit((then, failed), done))

    def _door(self) -> ThreadPoolExecutor:
        """The thread behind the sign-in window, made when there is something to do."""
        if self._worker is None:
            from concurrent.futures import ThreadPoolExecutor

            self._worker = ThreadPoolExecutor(1, "door")
        return self._worker

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
        self._door().submit(_load_the_rest)
        if self._instance is not None:
            self._instance.listen()

    def _take_place(self) -> bool:
        from advisorcrm.views.single_instance import SingleInstance

        self._instance = SingleInstance(self)
        self._instance.raised.connect(self.raise_window)
        return self._instance.take()

    def _ask_file(self) -> str:
        from PySide6.QtWidgets import QFileDialog

        found, _kind = QFileDialog.getOpenFileName(
            self.login, _("打开已有的数据库"), self.location, _("数据库 (*.db)")
        )
        return found

    def _is_new(self) -> bool:
        if is_server(self.location):
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

    if is_server(location):
        return LoginInfo(place=location.rpartition("@")[2], version=__version__, is_encrypted=False)
    with suppress(AdvisorCrmError):
        branch = Vault.load(vault_path(Path(location))).about.get("branch", "")
        return LoginInfo(branch=branch, place=Path(location).name, version=__version__)
    return LoginInfo(place=Path(location).name, version=__version__)


def is_server(location: str) -> bool:
    """Whether the place is a server's address; ``services.desk`` is not loaded so early."""
    return location.startswith("postgres")


def _keep_private() -> None:
    """Files of this program are for its owner alone."""
    os.umask(0o077)
