"""The way in: first run, sign-in, recovery, another database; ``entered`` when somebody is in.

Until the sign-in window is painted nothing is imported that it does not need; the rest is loaded
while the password is typed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal

from advisorcrm import i18n
from advisorcrm.errors import AdvisorCrmError, DatabaseDamagedError, SignInError
from advisorcrm.i18n import _
from advisorcrm.views.remembered import remember
from advisorcrm.views.sign_in.door import (
    DoorThread,
    branch_today,
    enter,
    is_server,
    last_role,
    load,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from advisorcrm.services.workplace.desk import NewUser
    from advisorcrm.services.workplace.restoring import Restored
    from advisorcrm.services.workplace.start import StartData
    from advisorcrm.services.workplace.workplace import Workplace
    from advisorcrm.views.first_run.answers import FirstRunAnswers
    from advisorcrm.views.first_run.wizard import FirstRunWizard
    from advisorcrm.views.sign_in.login_window import LoginInfo, LoginWindow
    from advisorcrm.views.sign_in.recovery_dialog import RecoveryDialog

log = logging.getLogger(__name__)
PLACE = "database"
"""Under which windows.ini keeps the file that a person has chosen."""


class Entrance(QObject):
    """Shows one window before the work begins; ``entered(workplace, start)``."""

    entered = Signal(object, object)
    loaded = Signal()

    def __init__(self, location: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.location = location
        self.login: LoginWindow | None = None
        self.first_run: FirstRunWizard | None = None
        self.recovery: RecoveryDialog | None = None
        self.has_chosen_language = False
        self.wants_import = False
        self.ask_file: Callable[[], str] = self._ask_file
        """Asks for another database; a test answers instead of the file dialog."""
        self._copy_made_at = ""
        self._door = DoorThread(self)

    # For the program

    def open(self) -> None:
        """Show the first window."""
        if self._is_new():
            self.show_first_run()
        else:
            self.show_login()

    def window(self) -> QWidget | None:
        """The window that is shown, if any."""
        return self.login or self.first_run

    def show_login(self) -> None:
        """Ask who is there; where the database is lost, ask for another."""
        from advisorcrm.views.sign_in.login_window import LoginWindow

        login = LoginWindow()
        login.submitted.connect(self._sign_in)
        login.language_chosen.connect(self._choose_language)
        login.recovery_wanted.connect(self._ask_recovery_key)
        login.new_wanted.connect(self._begin_anew)
        login.open_wanted.connect(self._open_another)
        login.restore_wanted.connect(self._ask_restore)
        login.painted.connect(self._tell_place)
        is_lost = not is_server(self.location) and not Path(self.location).exists()
        if is_lost:
            login.show_no_database()
        login.show()
        self.close_login()  # the one before, now that this one is there: else the program ends
        self.login = login
        if is_lost:
            self._offer_copy()  # answered at once, perhaps: to the window that is here now

    def show_first_run(self) -> None:
        """Set up the branch, step by step."""
        from advisorcrm.views.first_run.wizard import FirstRunWizard

        wizard = FirstRunWizard(self.location)
        wizard.finished.connect(self._set_up)
        wizard.existing_chosen.connect(self._open_existing)
        wizard.left.connect(self._leave_first_run)
        self.first_run = wizard
        wizard.show()

    def tell(self, trouble: AdvisorCrmError) -> None:
        """Say on the window that is shown what is wrong with this computer."""
        if self.login is not None:
            self.login.show_notice(str(trouble))
        elif self.first_run is not None:
            self.first_run.show_problem(trouble)

    def close_login(self) -> None:
        """Somebody is in."""
        if self.login is not None:
            self.login.close()
            self.login.deleteLater()
            self.login = None

    def load_ahead(self, names: tuple[str, ...]) -> None:
        """Import modules in the background, then ``loaded``: they are needed after the sign-in."""
        work = partial(load, names, last_role())
        self._door.ask(work, self._tell_loaded, self._not_loaded)

    def stop(self) -> None:
        """Nobody comes in any more."""
        self._door.stop()

    def _tell_loaded(self, _nothing: None) -> None:
        self.loaded.emit()

    def _not_loaded(self, error: Exception) -> None:
        """The sign-in needs the same and will say so."""
        log.warning("not loaded ahead", exc_info=error)

    # Signing in

    def _tell_place(self) -> None:
        """What may be told before anybody is known: read after the first paint."""
        from datetime import UTC, datetime

        from advisorcrm.views.sign_in.login_info import login_info

        look = partial(login_info, self.location, branch_today(), now=datetime.now(UTC))
        self._door.ask(look, self._show_place, self._place_unknown)

    def _show_place(self, info: LoginInfo) -> None:
        if self.login is not None and shiboken6.isValid(self.login):
            self.login.show_info(info)

    def _place_unknown(self, error: Exception) -> None:
        log.warning("nothing told of the database", exc_info=error)

    def _sign_in(self, employee_no: str, password: str) -> None:
        self._door.ask(
            partial(enter, self.location, employee_no, password),
            self._signed_in,
            self._not_signed_in,
        )

    def _signed_in(self, found: tuple[Workplace, StartData]) -> None:
        workplace, start = found
        actor = workplace.actor
        if self.login is not None:
            self.login.show_signed_in(actor.employee_no, actor.name, actor.role)
        self.entered.emit(workplace, start)

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
        if isinstance(error, DatabaseDamagedError):
            self._offer_copy()

    def _choose_language(self, language: str) -> None:
        i18n.use_language(language)
        remember("language", language)
        self.has_chosen_language = True
        self.show_login()

    # The recovery sheet

    def _ask_recovery_key(self) -> None:
        from advisorcrm.views.sign_in.recovery_dialog import RecoveryDialog

        if self.login is not None:
            self.recovery = RecoveryDialog(self.login.number.text(), self.login)
            self.recovery.submitted.connect(self._recover)
            self.recovery.open()

    def _recover(self, recovery_key: str, employee_no: str, new_password: str) -> None:
        from advisorcrm.services.workplace.desk import recover, utc_now

        self._door.ask(
            partial(
                recover,
                self.location,
                recovery_key,
                employee_no,
                new_password,
                now=utc_now(),
            ),
            partial(self._recovered, employee_no, new_password),
            self.recovery.show_problem if self.recovery else self._not_signed_in,
        )

    def _recovered(self, employee_no: str, password: str, _answer: object) -> None:
        if self.recovery is not None:
            self.recovery.accept()
        self._sign_in(employee_no, password)

    # The newest copy in the place of what is damaged

    def _offer_copy(self) -> None:
        from advisorcrm.views.sign_in.restore_offer import copy_at

        if not is_server(self.location):
            self._door.ask(partial(copy_at, self.location), self._copy_found, self._no_copy_found)

    def _copy_found(self, made_at: str) -> None:
        self._copy_made_at = made_at
        if made_at and self.login is not None and shiboken6.isValid(self.login):
            self.login.offer_copy(made_at)

    def _no_copy_found(self, error: Exception) -> None:
        log.warning("no copy offered", exc_info=error)

    def _ask_restore(self, employee_no: str, password: str) -> None:
        from advisorcrm.views.sign_in.restore_offer import restore_dialog

        question = restore_dialog(self._copy_made_at, self.login)
        question.accepted.connect(partial(self._restore, employee_no, password))
        question.open()

    def _restore(self, employee_no: str, password: str) -> None:
        from advisorcrm.services.workplace.desk import utc_now
        from advisorcrm.services.workplace.restoring import restore_newest

        if self.login is not None:
            self.login.show_restoring()
        self._door.ask(
            partial(restore_newest, Path(self.location), employee_no, password, now=utc_now()),
            partial(self._restored, employee_no),
            self._not_signed_in,
        )

    def _restored(self, employee_no: str, done: Restored) -> None:
        self.show_login()
        if self.login is not None:
            told = _("已用备份恢复，原来的文件在 {folder}。请重新登录。").format(folder=done.aside)
            self.login.number.setText(employee_no)
            self.login.password.setFocus()
            self.login.show_done(told)

    # The first run

    def _set_up(self, answers: FirstRunAnswers) -> None:
        from advisorcrm.services.workplace.desk import utc_now
        from advisorcrm.services.workplace.first_run import FirstRun, make_branch
        from advisorcrm.views.first_run.start_step import IMPORT, SAMPLE

        self._go_to(answers.location or self.location)
        self.wants_import = answers.start_with == IMPORT
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
        self._door.ask(
            partial(make_branch, wanted, now=utc_now()),
            partial(self._is_set_up, answers.people),
            self._not_set_up,
        )

    def _is_set_up(self, people: tuple[NewUser, ...], recovery_key: str) -> None:
        remember("login/number", people[-1].employee_no)
        remember("login/name", people[-1].name)
        if self.first_run is not None:
            self.first_run.show_recovery_key(recovery_key)

    def _not_set_up(self, error: Exception) -> None:
        if self.first_run is not None:
            self.first_run.show_problem(error)

    def _leave_first_run(self) -> None:
        self.show_login()
        if self.first_run is not None:
            self.first_run.close()
            self.first_run.deleteLater()
            self.first_run = None

    # Places

    def _is_new(self) -> bool:
        if is_server(self.location):
            return False
        path = Path(self.location)
        return not path.exists() and not path.with_suffix(".vault").exists()

    def _begin_anew(self) -> None:
        """There was no database where one should be: make another."""
        self.show_first_run()
        self.close_login()

    def _open_another(self) -> None:
        location = self.ask_file()
        if location:
            self._open_existing(location)

    def _open_existing(self, location: str) -> None:
        self._go_to(location)
        self._leave_first_run()

    def _go_to(self, location: str) -> None:
        """Another file than the program was started with: the next start finds it."""
        if location != self.location and not is_server(location):
            remember(PLACE, location)
        self.location = location

    def _ask_file(self) -> str:
        from PySide6.QtWidgets import QFileDialog

        found, _kind = QFileDialog.getOpenFileName(
            self.login, _("打开已有的数据库"), self.location, _("数据库 (*.db)")
        )
        return found
