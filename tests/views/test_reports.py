"""What leaves the program: noted first, then written whole or shown as it will be printed."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.errors import AdvisorCrmError
from advisorcrm.exports.client_list import ClientListRequest
from advisorcrm.exports.contact_log import LogRequest
from advisorcrm.exports.record_lists import first_contacts
from advisorcrm.services.files.attachments import NewAttachment, add_attachment
from advisorcrm.terms import AccessKind
from advisorcrm.views import messages, reports
from advisorcrm.views.clients.client_export import personal_data
from advisorcrm.views.clients.history_prints import comparison_report, timeline_report
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.paper import stack_up
from advisorcrm.views.print_preview import PrintPreview
from advisorcrm.views.report_making import Reports
from tests.conftest import NOW, rows
from tests.factories import People, make_client, make_log

LOGGED = "SELECT kind, subject, was_masked, client_id, client_count FROM access_log ORDER BY id"


class Desk:
    """Reports of the advisor, and what was told."""

    def __init__(self, door: Database, window: QWidget, folder: Path) -> None:
        self.jobs = Jobs(door, worker=AtOnce())
        self.reports = Reports(self.jobs, window)
        self.folder = folder
        self.told: list[str] = []
        self.reports.done.connect(self.told.append)

    def save_as(self, name: str) -> Path:
        path = self.folder / name
        self.reports.ask_path = lambda _name: str(path)
        return path


@pytest.fixture
def clients(file_database: Database, file_people: People) -> list[int]:
    ids: list[int] = file_database.write(
        lambda s, a: [
            make_client(s, file_people.advisor, name=name, mobile=f"1390000045{tail}")
            for tail, name in enumerate(("欧阳文静", "解建国", "单玉梅"))
        ]
    )
    file_database.acting_as(file_people.advisor).write(lambda s, a: make_log(s, a, ids[0]))
    return ids


@pytest.fixture
def desk(
    file_database: Database, file_people: People, clients: list[int], qtbot: QtBot, tmp_path: Path
) -> Iterator[Desk]:
    window = QWidget()
    qtbot.addWidget(window)
    desk = Desk(file_database.acting_as(file_people.advisor), window, tmp_path)
    desk.window = window  # type: ignore[attr-defined]
    yield desk
    desk.jobs.close()


def the_preview() -> PrintPreview:
    (preview,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, PrintPreview)]
    return preview


@pytest.mark.req("R16", "R71", "R148")
def test_a_list_is_noted_and_written_masked(desk: Desk, file_database: Database) -> None:
    path = desk.save_as("list.xlsx")
    desk.reports.export(reports.client_list(ClientListRequest()))
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "139****0450" in cells
    assert rows(file_database, LOGGED) == [("export", "客户明细表", 1, None, 3)]
    assert desk.told == [f"已导出到 {path}"]


def test_the_ending_chooses_between_workbook_and_pdf(desk: Desk) -> None:
    pdf = desk.save_as("list.PDF")
    desk.reports.export(reports.client_list(ClientListRequest()))
    assert pdf.read_bytes().startswith(b"%PDF")
    plain = desk.save_as("list")
    desk.reports.export(reports.client_list(ClientListRequest()))
    assert not plain.exists()
    assert plain.with_suffix(".xlsx").read_bytes().startswith(b"PK")


def test_the_name_that_is_offered_bears_the_day_of_the_branch(
    desk: Desk, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(datetime(2026, 11, 20, 23, 30, tzinfo=UTC))  # 7:30 in the morning there
    offered: list[str] = []
    desk.reports.ask_path = lambda name: offered.append(name) or ""
    desk.reports.export(reports.client_list(ClientListRequest()))
    assert offered == ["客户明细表-20261121.xlsx"]


@pytest.mark.req("R81")
def test_the_record_of_a_client_and_of_a_period_are_noted_apart(
    desk: Desk, file_database: Database, file_people: People, clients: list[int]
) -> None:
    desk.save_as("log.pdf")
    desk.reports.export(reports.contact_log(LogRequest(client_id=clients[0])))
    desk.save_as("day.xlsx")
    desk.reports.export(
        reports.contact_log(
            LogRequest(author_id=file_people.advisor.user_id, kind=AccessKind.PRINT)
        )
    )
    assert [row[:2] for row in rows(file_database, LOGGED)] == [
        ("export", "客户沟通记录表"),
        ("print", "客户沟通记录表 全部"),
    ]


def test_nothing_is_noted_when_no_file_is_chosen(desk: Desk, file_database: Database) -> None:
    desk.reports.ask_path = lambda _name: ""
    desk.reports.export(reports.client_list(ClientListRequest()))
    assert rows(file_database, LOGGED) == []


@pytest.mark.req("R15", "R16")
def test_the_cards_of_a_selection_are_shown_one_after_the_other_and_noted_each(
    desk: Desk, file_database: Database, clients: list[int]
) -> None:
    desk.reports.print_out(reports.client_cards(clients))
    preview = the_preview()
    assert preview.pages.count == 3
    names = [
        "".join("".join(cell.text.lines) for cell in pages.cells(page))
        for pages, page in map(preview.pages.at, range(3))
    ]
    for name, text in zip(("欧阳文静", "解建国", "单玉梅"), names, strict=True):
        assert name in text
        assert "第 1 页 / 共 1 页" in text
    logged = rows(file_database, LOGGED)
    assert [(kind, client) for kind, _subject, _masked, client, _count in logged] == [
        ("print", client_id) for client_id in clients
    ]
    preview.reject()


def test_all_cards_go_into_one_pdf_and_to_the_printer(
    qtbot: QtBot, desk: Desk, clients: list[int], tmp_path: Path
) -> None:
    path = desk.save_as("cards.pdf")
    desk.reports.export(reports.client_cards(clients))
    assert path.read_bytes().count(b"/Type /Page\n") == 3

    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    desk.reports.print_out(reports.client_cards(clients))
    preview = the_preview()
    printed: list[int] = []
    preview.printed.connect(printed.append)
    preview.ask_printer = lambda: printer
    preview.print_out()
    qtbot.waitUntil(lambda: printed == [3])
    preview.reject()


@pytest.mark.req("R16")
def test_who_may_not_export_is_told_and_nothing_is_written(
    file_database: Database, file_people: People, clients: list[int], qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    told: list[Any] = []
    monkeypatch.setattr(messages, "show_problem", told.append)
    window = QWidget()
    qtbot.addWidget(window)
    desk = Desk(file_database.acting_as(file_people.office), window, tmp_path)
    path = desk.save_as("list.xlsx")
    desk.reports.export(reports.client_list(ClientListRequest()))
    assert not path.exists()
    assert isinstance(told[0], AdvisorCrmError)
    assert "没有这项权限" in str(told[0])
    desk.jobs.close()


def test_a_folder_that_is_gone_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(messages, "show_problem", told.append)
    desk.save_as("no folder/list.xlsx")
    desk.reports.export(reports.client_list(ClientListRequest()))
    desk.save_as("no folder/list.pdf")
    desk.reports.export(reports.client_list(ClientListRequest()))
    assert [isinstance(error, AdvisorCrmError) for error in told] == [True, True]
    assert desk.told == []


# --- how far it is, and giving it up ------------------------------------------------------------


@pytest.fixture
def slow_desk(
    file_database: Database, file_people: People, clients: list[int], qtbot: QtBot, tmp_path: Path
) -> Iterator[Desk]:
    """With the real threads."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    desk = Desk(file_database.acting_as(file_people.advisor), window, tmp_path)
    desk.jobs.close()
    desk.jobs = Jobs(file_database.acting_as(file_people.advisor))
    desk.reports = Reports(desk.jobs, window)
    desk.reports.done.connect(desk.told.append)
    yield desk
    desk.jobs.close()


def test_a_long_report_tells_how_far_it_is_and_can_be_given_up(
    qtbot: QtBot, slow_desk: Desk, clients: list[int]
) -> None:
    path = slow_desk.save_as("cards.xlsx")
    path.write_bytes(b"the old cards")
    told: list[tuple[int, int]] = []
    stopped_at = threading.Event()
    go_on = threading.Event()
    report = reports.client_cards(clients)

    def slowly(*arguments: Any, progress: Any, **named: Any) -> int:
        def tell(done: int, total: int) -> None:
            if done == 1:
                stopped_at.set()
                go_on.wait(20)
            progress(done, total)

        return report.workbook(*arguments, progress=tell, **named)

    slow_desk.reports.export(replace(report, workbook=slowly))
    waiting = slow_desk.reports.waiting
    assert waiting is not None
    waiting.progress.moved.connect(lambda done, total: told.append((done, total)))
    qtbot.waitUntil(stopped_at.is_set)
    qtbot.waitUntil(waiting.isVisible)
    assert not waiting.isModal(), "the page goes on working"
    qtbot.keyClick(waiting, Qt.Key.Key_Escape)
    go_on.set()
    qtbot.waitUntil(lambda: slow_desk.told == ["已取消，没有留下任何结果。"])

    assert (0, 3) in told
    assert path.read_bytes() == b"the old cards"
    assert [file.name for file in path.parent.glob("*cards*")] == ["cards.xlsx"]


def test_a_print_given_up_while_it_is_laid_out_shows_no_preview(
    qtbot: QtBot, slow_desk: Desk, clients: list[int]
) -> None:
    slow_desk.reports.print_out(reports.client_cards(clients))
    waiting = slow_desk.reports.waiting
    assert waiting is not None
    waiting.reject()
    qtbot.waitUntil(lambda: slow_desk.told == ["已取消，没有留下任何结果。"])
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, PrintPreview)]


def test_laying_out_tells_cards_of_a_set_and_rows_of_a_list(
    qtbot: QtBot, file_database: Database, file_people: People, clients: list[int]
) -> None:
    door = file_database.acting_as(file_people.advisor)
    told: list[tuple[int, int]] = []
    for report in (reports.client_cards(clients), reports.client_list(ClientListRequest())):
        imprint = door.write(partial(report.register, now=NOW))
        sheets = door.read(partial(report.sheets, imprint=imprint))
        told.clear()
        stack_up(sheets, lambda done, total: told.append((done, total)))
        assert told[:3] == [(0, 3), (1, 3), (2, 3)]


def test_a_short_report_shows_no_progress(desk: Desk, clients: list[int]) -> None:
    desk.save_as("list.xlsx")
    desk.reports.export(reports.client_list(ClientListRequest()))
    assert desk.reports.waiting is not None
    assert not desk.reports.waiting.isVisible()
    assert not desk.reports.waiting._shown_later.isActive()


@pytest.mark.req("R118")
def test_the_brief_before_a_visit_is_shown_on_one_page(
    desk: Desk, file_database: Database, file_people: People, clients: list[int]
) -> None:
    def speak(session: Session, _actor: Actor) -> None:
        for days in range(1, 9):
            make_log(session, file_people.advisor, clients[0], content="谈了盘面和资金安排。" * 90,
                     contacted_at=NOW - timedelta(days=days))  # fmt: skip

    file_database.write(speak)
    desk.reports.print_out(reports.visit_brief(clients[0]))
    preview = the_preview()
    assert preview.pages.count == 1
    pages, page = preview.pages.at(0)
    text = "".join("".join(cell.text.lines) for cell in pages.cells(page))
    assert "欧阳文静" in text
    assert "盘面看法" in text
    assert rows(file_database, LOGGED)[0][:2] == ("print", "访前准备")


def test_reports_of_a_moment_are_made_like_long_ones(desk: Desk, clients: list[int]) -> None:
    for report in (
        reports.family(clients[0]),
        reports.on_site_list(),
        reports.record_list(first_contacts(), AccessKind.EXPORT),
    ):
        path = desk.save_as(f"{report.name}.xlsx")
        desk.reports.export(report)
        assert path.read_bytes().startswith(b"PK"), report.name
        pdf = desk.save_as(f"{report.name}.pdf")
        desk.reports.export(report)
        assert pdf.read_bytes().startswith(b"%PDF"), report.name


@pytest.mark.req("R77", "R83")
def test_stream_comparison_and_copy_of_all_data_are_shown_and_written_whole(
    desk: Desk, clients: list[int], qtbot: QtBot
) -> None:
    for report in (
        timeline_report(clients[0], None), comparison_report(clients[0], (0, 1)),
        personal_data(clients[0]), reports.family(clients[0]),
    ):  # fmt: skip
        path = desk.save_as(f"{report.name}.xlsx")
        desk.reports.export(report)
        qtbot.waitUntil(desk.jobs.is_idle)
        assert path.exists(), report.name
    desk.reports.print_out(timeline_report(clients[0], None))
    qtbot.waitUntil(desk.jobs.is_idle)
    the_preview().close()


def test_the_attachments_of_a_copy_in_full_lie_beside_book_and_paper_alike(
    file_database: Database, file_people: People, clients: list[int], qtbot: QtBot, tmp_path: Path
) -> None:
    new = NewAttachment(str(uuid.uuid4()), clients[0], "contract", "合同.pdf", b"%PDF one")
    window = QWidget()
    qtbot.addWidget(window)
    boss = Desk(file_database.acting_as(file_people.manager), window, tmp_path)
    boss.jobs.write(partial(add_attachment, new=new, now=NOW))
    for ending in ("xlsx", "pdf"):
        path = boss.save_as(f"副本{ending}.{ending}")
        boss.reports.export(personal_data(clients[0], unmasked=True, purpose="客户要求"))
        qtbot.waitUntil(boss.jobs.is_idle)
        assert path.exists()
        with ZipFile(tmp_path / f"副本{ending}-附件.zip") as archive:
            assert archive.namelist() == ["001-合同.pdf"]
        assert boss.told[-1].endswith(f"，附件在旁边的 副本{ending}-附件.zip")
    boss.jobs.close()


def test_the_settings_are_written_by_the_manager(
    file_database: Database, file_people: People, qtbot: QtBot, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    boss = Desk(file_database.acting_as(file_people.manager), window, tmp_path)
    path = boss.save_as("设置.xlsx")
    boss.reports.export(reports.branch_settings())
    qtbot.waitUntil(boss.jobs.is_idle)
    assert "合规参数" in openpyxl.load_workbook(path).sheetnames
    boss.jobs.close()
