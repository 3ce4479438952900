"""What stands behind the badges of a client: consent ledger, tests, requests; reads and stores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from advisorcrm.services.branch.branches import BranchInfo, get_branch
from advisorcrm.services.consents.consents import (
    ConsentRow,
    NewConsent,
    Withdrawal,
    list_consents,
    record_consent,
    withdraw_consents,
)
from advisorcrm.services.files.attachments import AttachmentRow, list_attachments
from advisorcrm.services.files.client_files import ClientFile
from advisorcrm.services.files.privacy_requests import (
    NewRequest,
    PrivacyRequestRow,
    answer_request,
    file_request,
    list_requests,
)
from advisorcrm.services.suitability.risk_tests import (
    NewRiskTest,
    RiskTestRow,
    enter_risk_test,
    list_risk_tests,
)
from advisorcrm.views import messages
from advisorcrm.views.clients.client_badges import CONSENTS, CONVERSION, PRIVACY, TESTS
from advisorcrm.views.clients.consent_dialog import ConsentDialog
from advisorcrm.views.clients.privacy_dialog import PrivacyDialog
from advisorcrm.views.clients.risk_test_dialog import RiskTestDialog
from advisorcrm.views.surroundings import Surroundings


class ClientProofs(QObject):
    """Lives as long as the page; ``copy_wanted(client_id)`` for a copy of all data held.

    ``conversion_wanted`` when the prospect shown has become a client, ``file_wanted`` for a file
    that proves what is being entered.
    """

    copy_wanted = Signal(int)
    conversion_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, around: Surroundings, page: QWidget) -> None:
        super().__init__(page)
        self._around = around
        self._page = page
        self._file: ClientFile | None = None
        self.dialog: ConsentDialog | RiskTestDialog | PrivacyDialog | None = None
        around.jobs.changed.connect(self._read_files_again)

    def open(self, door: str, file: ClientFile) -> None:
        """Open what a badge or menu line is about."""
        self._file = file
        opening: dict[str, Callable[[], None]] = {
            CONSENTS: self._ask_branch,
            TESTS: self._open_tests,
            PRIVACY: self._open_privacy,
            CONVERSION: self.conversion_wanted.emit,
        }
        opening[door]()

    def _ask_branch(self) -> None:
        self._around.jobs.read(get_branch, then=self._open_consents, key="client.proof.branch")

    def _open_consents(self, branch: BranchInfo) -> None:
        if self._file is None:
            return
        dialog = ConsentDialog(self._around, self._file, branch.name, self._page.window())
        dialog.answered.connect(self._record)
        dialog.withdrawn.connect(self._withdraw)
        self._show(dialog)
        self._read_files()
        self._read_consents()

    def _open_tests(self) -> None:
        if self._file is None:
            return
        dialog = RiskTestDialog(self._around, self._file, self._page.window())
        dialog.entered.connect(self._enter)
        self._show(dialog)
        self._read_files()
        self._read_tests()

    def _open_privacy(self) -> None:
        if self._file is None:
            return
        dialog = PrivacyDialog(self._around, self._file, self._page.window())
        dialog.filed.connect(self._file_request)
        dialog.answered.connect(self._answer)
        dialog.copy_wanted.connect(self._want_copy)
        self._show(dialog)
        self._read_requests()

    def _show(self, dialog: ConsentDialog | RiskTestDialog | PrivacyDialog) -> None:
        self.dialog = dialog
        if not isinstance(dialog, PrivacyDialog):
            dialog.evidence.add_wanted.connect(self.file_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def say(self, error: Exception) -> None:
        """Tell in the open dialog, if there is one, why something asked for in it came not."""
        if self._is_open() and self.dialog is not None and self.dialog.isVisible():
            self.dialog.bar.say(messages.level_of(error), str(error))

    # Consent

    def _read_consents(self, _done: object = None) -> None:
        work = partial(list_consents, client_id=self._id())
        self._around.jobs.read(work, then=self._show_consents, key="client.proof")

    def _show_consents(self, rows: Sequence[ConsentRow]) -> None:
        if isinstance(self.dialog, ConsentDialog) and self._is_open():
            self.dialog.show_ledger(rows)

    def _record(self, new: NewConsent) -> None:
        work = partial(record_consent, new=new, now=self._around.now())
        self._around.jobs.write(work, then=self._read_consents, failed=self._say)

    def _withdraw(self, withdrawal: Withdrawal) -> None:
        work = partial(withdraw_consents, withdrawal=withdrawal, now=self._around.now())
        self._around.jobs.write(work, then=self._read_consents, failed=self._say)

    # Tests

    def _read_tests(self, _done: object = None) -> None:
        work = partial(list_risk_tests, client_id=self._id())
        self._around.jobs.read(work, then=self._show_tests, key="client.proof")

    def _show_tests(self, rows: Sequence[RiskTestRow]) -> None:
        if isinstance(self.dialog, RiskTestDialog) and self._is_open():
            self.dialog.show_tests(rows)

    def _enter(self, new: NewRiskTest) -> None:
        work = partial(enter_risk_test, new=new, now=self._around.now())
        self._around.jobs.write(work, then=self._read_tests, failed=self._say)

    # Requests

    def _read_requests(self, _done: object = None) -> None:
        work = partial(list_requests, client_id=self._id())
        self._around.jobs.read(work, then=self._show_requests, key="client.proof")

    def _show_requests(self, rows: Sequence[PrivacyRequestRow]) -> None:
        if isinstance(self.dialog, PrivacyDialog) and self._is_open():
            self.dialog.show_requests(rows)

    def _file_request(self, new: NewRequest) -> None:
        work = partial(file_request, new=new, now=self._around.now())
        self._around.jobs.write(work, then=self._read_requests, failed=self._say)

    def _answer(self, request_id: int, words: str) -> None:
        work = partial(answer_request, request_id=request_id, answer=words, now=self._around.now())
        self._around.jobs.write(work, then=self._read_requests, failed=self._say)

    def _want_copy(self) -> None:
        self.copy_wanted.emit(self._id())

    # Files that prove something

    def _read_files(self) -> None:
        work = partial(list_attachments, client_id=self._id())
        self._around.jobs.read(work, then=self._show_files, key="client.proof.files")

    def _read_files_again(self) -> None:
        """Another file may have come while a dialog is open that can name it."""
        if self._is_open() and self.dialog is not None and self.dialog.isVisible():
            self._read_files()

    def _show_files(self, rows: Sequence[AttachmentRow]) -> None:
        if isinstance(self.dialog, ConsentDialog | RiskTestDialog) and self._is_open():
            self.dialog.evidence.show_files(rows)

    # Inside

    def _id(self) -> int:
        return self._file.id if self._file is not None else -1

    def _is_open(self) -> bool:
        return isinstance(self.dialog, QDialog) and shiboken6.isValid(self.dialog)

    def _say(self, error: Exception) -> None:
        if self.dialog is not None and self._is_open():
            self.dialog.show_problem(error)
