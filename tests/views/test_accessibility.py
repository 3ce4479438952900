"""Every dialog and every window before the work: each control that Tab reaches has a name.

The pages themselves are walked in ``test_branch_window``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from advisorcrm import i18n
from advisorcrm.columns import columns_of
from advisorcrm.db.database import Database
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import Settings
from advisorcrm.services.clients.client_rows import ClientRow
from advisorcrm.services.contacts.contact_logs import ContactLogFilter, list_contact_logs
from advisorcrm.services.files.relations import RelationRow
from advisorcrm.views import messages
from advisorcrm.views.clients.column_chooser import ColumnChooser
from advisorcrm.views.clients.conflict_dialog import Clash, ConflictDialog, Sides
from advisorcrm.views.clients.export_dialog import ExportDialog
from advisorcrm.views.clients.new_client_dialog import NewClientDialog
from advisorcrm.views.clients.reveal_dialog import RevealDialog
from advisorcrm.views.contacts.contact_log_dialog import ContactLogDialog
from advisorcrm.views.contacts.correction_dialog import CorrectionDialog, correction_of
from advisorcrm.views.contacts.pickers import ClientPicker, DaysPicker
from advisorcrm.views.discard_dialog import changes_dialog, draft_dialog
from advisorcrm.views.family.household_dialog import HouseholdDialog
from advisorcrm.views.family.relation_edit_dialog import RelationEditDialog
from advisorcrm.views.first_run.recovery_page import RecoveryPage
from advisorcrm.views.first_run.wizard import FirstRunWizard
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.settings.new_user_dialog import NewUserDialog
from advisorcrm.views.sign_in.lock_screen import LockInfo, LockScreen
from advisorcrm.views.sign_in.login_window import LoginInfo, LoginWindow
from advisorcrm.views.sign_in.recovery_dialog import RecoveryDialog
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW
from tests.factories import People, make_client, make_log
from tests.views.windows import nameless

CLASH = (Clash("mobile", "手机", "139****0001", "139****0002", "139****0003"),)
RELATION = RelationRow(
    1, None, "李建业", "spouse", is_inverse=False, decides=True, phone="139****0458", note="",
    is_client=False,
)  # fmt: skip
DIALOGS: dict[str, Callable[[Surroundings], QWidget]] = {
    "login": lambda desk: LoginWindow(LoginInfo(branch="历山路", place="branch.db")),
    "lock": lambda desk: LockScreen(LockInfo("林若溪", "客服专员")),
    "recovery": lambda desk: RecoveryDialog("LSL0042"),
    "recovery sheet": lambda desk: RecoveryPage("历山路", "ABCD-EFGH"),
    "new client": NewClientDialog,
    "contact": ContactLogDialog,
    "correction": lambda desk: CorrectionDialog(desk, correction_of(only_log(desk))),
    "discard draft": lambda desk: draft_dialog("记沟通"),
    "give up": lambda desk: changes_dialog("欧阳文静"),
    "reveal": lambda desk: RevealDialog("手机"),
    "export": lambda desk: ExportDialog("客户明细表", may_unmask=True),
    "conflict": lambda desk: ConflictDialog(CLASH, Sides("欧阳文静", "方静", NOW)),
    "columns": lambda desk: ColumnChooser(columns_of(ClientRow), ["name"], ["name"]),
    "days": lambda desk: DaysPicker(desk.clock, (date(2026, 11, 1), None)),
    "client": lambda desk: ClientPicker(desk.jobs, desk.book),
    "new user": lambda desk: NewUserDialog(),
    "relation": lambda desk: RelationEditDialog(RELATION, desk.book),
    "household": lambda desk: HouseholdDialog("王家"),
    "problem": lambda desk: messages.ProblemDialog("磁盘已满。"),
    "crash": lambda desk: messages.CrashDialog("Traceback"),
}


def only_log(desk: Surroundings):  # type: ignore[no-untyped-def]
    found = []
    desk.jobs.read(lambda s, a: list_contact_logs(s, a, ContactLogFilter()), then=found.extend)
    return found[0]


@pytest.fixture
def desk(file_database: Database, file_people: People) -> Iterator[Surroundings]:
    """The advisor's, with one client and one conversation."""
    door = file_database.acting_as(file_people.advisor)
    door.write(lambda s, a: make_log(s, a, make_client(s, a, name="欧阳文静")))
    jobs = Jobs(door, worker=AtOnce())
    yield Surroundings(jobs, door.read(load_code_book), Settings(), door.actor, lambda: NOW)
    jobs.close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_of_a_dialog_has_a_name_and_it_fits_a_small_screen(
    desk: Surroundings, qtbot: QtBot, name: str, language: str
) -> None:
    i18n.use_language(language)
    dialog = DIALOGS[name](desk)
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []
    assert dialog.minimumSizeHint().width() <= 1280
    assert dialog.minimumSizeHint().height() <= 680
    assert dialog.windowTitle() or name in ("lock", "recovery sheet", "columns")


def test_every_step_of_the_first_run_has_named_controls(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = FirstRunWizard(str(tmp_path / "branch.db"))
    qtbot.addWidget(wizard)
    wizard.show()
    assert nameless(wizard) == []
    assert wizard.minimumSizeHint().width() <= 1280
    assert wizard.minimumSizeHint().height() <= 680
