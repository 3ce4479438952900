"""From an empty computer to the printed form: what the program is for, by keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from advisorcrm.app import Program
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.services.contacts.contact_log_rows import ContactLogFilter
from advisorcrm.services.contacts.contact_logs import list_contact_logs
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.terms import ImportResult
from advisorcrm.views.clients.consent_dialog import ConsentDialog
from advisorcrm.views.clients.export_dialog import ExportDialog
from advisorcrm.views.contacts.contact_log_dialog import ContactLogDialog
from advisorcrm.views.contacts.pickers import ClientPicker
from advisorcrm.views.first_run.recovery_page import RecoveryPage
from advisorcrm.views.main_window import MainWindow
from advisorcrm.views.page_names import CLIENT, CLIENT_LIST, CONTACT_LOGS, IMPORT
from advisorcrm.views.print_preview import PrintPreview
from tests.conftest import rows
from tests.e2e.conftest import Start, settled, window_of
from tests.e2e.person import Person, focused, shown

LIST = Path(__file__).parents[1] / "data" / "realdata" / "excel" / "高端客户明细表_a.xlsx"
"""24 invented clients (tests/data/realdata/INDEX.md)."""
NAME, ACCOUNT, MOBILE, ADDRESS = "缪样丁", "990000000063", "13900006009", "济南市历下区样例路 8 号"
CONTENT = "客户认为短期过热，想留三成现金。"
PRESCRIBED = [
    "客户类型", "投资偏好", "交易习惯", "服务需求", "理财需求（内容）", "理财需求（方式）", "交易方式",
    "佣金现状（‰）",
]  # fmt: skip


@dataclass
class Office:
    """The program, who sits at it, and a folder for what comes out."""

    program: Program
    person: Person
    out: Path

    @property
    def window(self) -> MainWindow:
        return window_of(self.program).main_window

    def page(self, key: str) -> Any:
        return self.window.page(key)

    def settle(self) -> None:
        settled(self.program, self.person)

    def save_as(self, name: str) -> Path:
        """Whatever is exported next goes to this file."""
        path = self.out / name
        window_of(self.program).pages.reports.ask_path = lambda _name: str(path)
        return path

    def told(self, words: str) -> bool:
        """The last message over the foot of the window."""
        return words in self.window._toast.text()

    def ask(self, statement: str) -> list[Any]:
        return rows(window_of(self.program).workplace.database, statement)


def set_up_the_branch(program: Program, person: Person, sheet: Path) -> str:
    """Five steps and the recovery sheet; returns the key that stood on it."""
    wizard = program.entrance.first_run
    assert wizard is not None
    person.waits_for(wizard.isActiveWindow)
    person.press("Ctrl+Return", "Ctrl+Return")
    person.fill_in("示例证券", "LSL", "历山路证券营业部")
    person.press("Ctrl+Return")
    person.fill_in("LSL0001", "秦越", "geheim-123", "geheim-123", "LSL0042", "林若溪")
    person.tab_to_text()
    person.press("Down")  # from manager to advisor
    person.tab_to_text()
    person.fill_in("第二客户组", "geheim-456", "geheim-456")
    person.press("Ctrl+Return", "Ctrl+Return")
    key = person.sees(RecoveryPage)._key
    person.press("Tab", "Space")
    person.waits_for(sheet.exists)
    person.press("Tab", "Tab")
    person.type("保险柜第二格")
    person.press("Ctrl+Return")
    return key


def sign_in(program: Program, person: Person) -> None:
    """The number is known already."""
    person.waits_for(lambda: program.entrance.login is not None)
    login = program.entrance.login
    assert login is not None
    person.waits_for(login.password.hasFocus)
    person.type("geheim-456")
    person.press("Return")
    person.waits_for(lambda: program.window is not None)


def import_the_list(office: Office) -> None:
    """The import page is already there, because that was chosen at the set-up."""
    person = office.person
    office.settle()
    assert office.window.current_key() == IMPORT
    page = office.page(IMPORT)
    page.file.choose_path = lambda: str(LIST)
    person.press("Ctrl+O")
    person.waits_for(lambda: page.job.plan is not None)
    assert page.tiles[ImportResult.NEW].figure.text() == "24 户"
    assert office.ask("SELECT count(*) FROM client") == [(0,)]
    person.press("Ctrl+Return")
    person.waits_for(lambda: "新增 24" in page.said.text())
    person.press("Esc")
    office.settle()
    assert office.window.current_key() == CLIENT_LIST
    told = "24 户 / 共 24 户 · 总资产 11,420.9 万"
    person.waits_for(lambda: office.window.status.page.text().startswith(told))


def find_by_initials(office: Office) -> int:
    """Ctrl+K, the initials of surname and name, Enter."""
    person, box = office.person, office.window.omnibox
    person.press("Ctrl+K")
    person.type("myd")
    person.waits_for(lambda: box.titles()[:1] == [NAME])
    person.press("Return")
    person.waits_for(lambda: office.window.current_key() == CLIENT)
    office.settle()
    client_id: int = office.page(CLIENT).client_id
    return client_id


def find_by_whatever_is_known(office: Office) -> None:
    """Full pinyin, the name, the tail of a telephone or of an account; dates narrow contacts."""
    person, box = office.person, office.window.omnibox
    for typed in ("miaoyangding", NAME, "6009", "0063", MOBILE):
        person.press("Ctrl+K")
        person.press("Ctrl+A", "Delete")
        person.type(typed)
        person.waits_for(lambda: NAME in box.titles())
        person.press("Esc")
        assert not box.isVisible()


def complete_the_file(office: Office, client_id: int) -> None:
    """F8 leads to what is missing, Ctrl+S keeps it."""
    person, page = office.person, office.page(CLIENT)
    for _gap in range(12):
        person.press("F8")
        if shown(ConsentDialog):  # what is missing is an answer of the client's: it has a ledger
            person.press("Esc")
            person.waits_for(lambda: not shown(ConsentDialog))
        if focused().accessibleName() == "联系地址":
            break
    person.type(ADDRESS)
    assert page.form.is_dirty()
    person.press("Ctrl+S")
    person.waits_for(lambda: not page.form.is_dirty())
    office.settle()
    assert office.window.status.saved.label.text().startswith("已保存")
    database = window_of(office.program).workplace.database
    today = datetime.now(UTC).date()
    file = database.read(partial(open_client_file, client_id=client_id, today=today))
    assert "address" not in {gap.name for gap in file.missing}
    assert office.ask(f"SELECT address FROM client WHERE id = {client_id}") == [(ADDRESS,)]


def log_a_contact(office: Office, client_id: int) -> None:
    """N, what was said, Ctrl+Enter; the rest is filled in already."""
    person = office.person
    person.press("Ctrl+Tab", "N")
    form = person.sees(ContactLogDialog)
    person.waits_for(lambda: form.isActiveWindow() and form.form.way.code())
    assert form.client_id() == client_id
    person.type(CONTENT)
    person.press("Ctrl+Return")
    person.waits_for(lambda: not shown(ContactLogDialog))
    office.settle()
    database = window_of(office.program).workplace.database
    (log,) = database.read(partial(list_contact_logs, query=ContactLogFilter(client_id=client_id)))
    assert (log.content, log.way) == (CONTENT, "phone")
    assert log.topics
    assert abs((datetime.now(UTC) - log.contacted_at).total_seconds()) < 120


def look_the_contact_up(office: Office) -> None:
    person, page = office.person, office.page(CONTACT_LOGS)
    person.press("Ctrl+3")
    person.waits_for(lambda: page.listing.logs)
    model = page.model
    cells = [
        model.index(row, column).data()
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    assert NAME in cells
    assert CONTENT in cells


def export_the_list(office: Office) -> None:
    person = office.person
    path = office.save_as("list.xlsx")
    person.press("Ctrl+2")
    office.settle()
    person.press("Ctrl+E")
    person.waits_for(person.sees(ExportDialog).isActiveWindow)
    person.type("季度核对")
    person.press("Return")
    person.waits_for(lambda: office.told("已导出到"))
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    table = [list(row) for row in sheet.iter_rows(values_only=True)]
    heading = next(row for row in table if row[0] == "序号")
    start = heading.index(PRESCRIBED[0])
    assert heading[start : start + len(PRESCRIBED)] == PRESCRIBED
    client = next(row for row in table if NAME in row)
    assert client[heading.index("资金账号")] == "****0063"
    assert client[heading.index("联系电话")] == "139****6009"
    assert client[heading.index("客户类型")] == "金卡"
    everything = str(table)
    assert ACCOUNT not in everything
    assert MOBILE not in everything
    logged = "SELECT purpose, was_masked, client_count FROM access_log WHERE kind = 'export'"
    assert office.ask(logged) == [("季度核对", 1, 24)]


def look_at_the_print(office: Office) -> None:
    """The prescribed list as the printer gets it, noted as a print."""
    person = office.person
    person.press("Ctrl+P")
    preview = person.sees(PrintPreview)
    person.waits_for(preview.isActiveWindow)
    assert preview.pages.count == 2
    person.press("PgDown")
    assert preview.number.text() == "第 2 页，共 2 页"
    person.press("Esc")
    person.waits_for(lambda: not shown(PrintPreview))
    assert office.ask("SELECT subject FROM access_log WHERE kind = 'print'") == [("客户明细表",)]


def write_the_record_sheet(office: Office) -> None:
    """客户沟通记录表 of one client, as a PDF."""
    person, page = office.person, office.page(CONTACT_LOGS)
    path = office.save_as("log.pdf")
    person.press("Ctrl+3")
    office.settle()
    person.press("/")
    assert QApplication.activePopupWidget() is not None
    person.press("Down", "Down", "Return")
    person.waits_for(person.sees(ClientPicker).isActiveWindow)
    person.type("myd")
    person.press("Return")
    person.waits_for(lambda: page.bar.filters().client_name == NAME)
    office.settle()
    person.press("Ctrl+E")
    person.waits_for(lambda: office.told(path.name))
    assert path.read_bytes().startswith(b"%PDF")
    (logged,) = office.ask("SELECT subject, client_id FROM access_log ORDER BY id DESC LIMIT 1")
    assert logged == ("客户沟通记录表", page.bar.filters().client_id)


@pytest.mark.req("R15", "R35", "R71", "R81", "R246")
def test_a_client_goes_from_the_branchs_list_to_the_printed_record(
    start: Start, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "recovery.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(sheet), ""))
    program = start(tmp_path / "new.db")
    key = set_up_the_branch(program, person, sheet)
    sign_in(program, person)
    office = Office(program, person, tmp_path)
    import_the_list(office)
    client_id = find_by_initials(office)
    complete_the_file(office, client_id)
    log_a_contact(office, client_id)
    look_the_contact_up(office)
    find_by_whatever_is_known(office)
    export_the_list(office)
    look_at_the_print(office)
    write_the_record_sheet(office)

    vault = Vault.load(vault_path(tmp_path / "new.db"))
    assert vault.unlock_with_recovery_key(key, now=datetime.now(UTC)) != b""
