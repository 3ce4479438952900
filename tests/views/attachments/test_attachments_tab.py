"""The tab 附件: files come by button, key and drop, open in their program, are put away and back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.access_logs import list_client_accesses
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.files.attachments import NewAttachment, add_attachment, list_attachments
from advisorcrm.views.attachments.attachments_tab import AttachmentsTab
from advisorcrm.views.attachments.limit_card import LimitCard
from advisorcrm.views.clients.client_page import ClientPage
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW
from tests.factories import People, make_log
from tests.views.clients.conftest import (
    MakeDesk,
    opened_client,
    press,
    settle,
    type_text,
)


@pytest.fixture
def client(clients: dict[str, int]) -> int:
    return clients["王秀兰"]


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "服务合同.pdf"
    path.write_bytes(b"%PDF-1.7 contract")
    return path


def opened_tab(qtbot: QtBot, desk: Surroundings, client: int) -> tuple[ClientPage, AttachmentsTab]:
    page = opened_client(qtbot, desk, client)
    page.tabs.setCurrentIndex(tab_place(page))
    settle(qtbot, desk)
    return page, page.hanging.attachments


def tab_place(page: ClientPage) -> int:
    return next(at for at in range(page.tabs.count()) if page.tabs.tabText(at).startswith("附件"))


def keep(database: Database, client: int, name: str = "同意书.pdf") -> int:
    new = NewAttachment("u-" + name, client, "consent", name, b"%PDF kept")
    return database.write(partial(add_attachment, new=new, now=NOW))


def drop(tab: AttachmentsTab, paths: list[Path]) -> bool:
    """Drag files over the tab and let them fall; False if they are not taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(tab.rect().center(), copy, data, left, none)
    entering.ignore()
    QApplication.sendEvent(tab, entering)
    if not entering.isAccepted():
        return False
    QApplication.sendEvent(tab, QDropEvent(QPointF(tab.rect().center()), copy, data, left, none))
    return True


def test_a_file_is_added_by_key_with_its_kind_note_and_conversation(
    qtbot: QtBot, desk: Surroundings, client: int, contract: Path, advisor: Database
) -> None:
    advisor.write(lambda s, a: make_log(s, a, client))
    page, tab = opened_tab(qtbot, desk, client)
    assert page.tabs.tabText(tab_place(page)) == "附件 0"
    assert tab.empty.title() == "还没有附件"
    tab.choose_paths = lambda: [str(contract)]
    tab.add_button.setFocus()
    press(tab, "Insert")
    settle(qtbot, desk)
    dialog = tab.dialog
    assert dialog is not None
    press(dialog, "Ctrl+Return")
    assert dialog.kind.message() == "请填写类别。"
    dialog.kind.editor.set_code("contract")  # type: ignore[attr-defined]
    assert dialog.log.editor.count() == 2  # type: ignore[attr-defined]
    dialog.log.editor.setCurrentIndex(1)  # type: ignore[attr-defined]
    dialog.note.focus()
    type_text(dialog, "共 3 页")
    press(dialog, "Ctrl+Return")
    settle(qtbot, desk)
    [row] = advisor.read(partial(list_attachments, client_id=client))
    assert (row.file_name, row.kind, row.note) == ("服务合同.pdf", "contract", "共 3 页")
    assert row.contact_at is not None
    assert tab.dialog is None
    assert page.tabs.tabText(tab_place(page)) == "附件 1"
    assert tab.model.rowCount() == 1


def test_several_files_are_dropped_at_once_told_of_and_taken_back(
    qtbot: QtBot, desk: Surroundings, client: int, contract: Path, tmp_path: Path,
    advisor: Database,
) -> None:  # fmt: skip
    told: list[str] = []
    desk.undo.added.connect(told.append)
    second = tmp_path / "截图.png"
    second.write_bytes(b"\x89PNG")
    _page, tab = opened_tab(qtbot, desk, client)
    assert drop(tab, [contract, second])
    settle(qtbot, desk)
    assert tab.dialog is not None
    tab.dialog.kind.editor.set_code("other")  # type: ignore[attr-defined]
    qtbot.mouseClick(tab.dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, desk)
    kept = advisor.read(partial(list_attachments, client_id=client))
    assert {row.file_name for row in kept} == {"服务合同.pdf", "截图.png"}
    assert told == ["已添加附件“服务合同.pdf”等 2 个"]
    desk.undo.undo(desk.jobs)
    settle(qtbot, desk)
    assert advisor.read(partial(list_attachments, client_id=client)) == []


def test_a_program_is_refused_before_anything_is_asked(
    qtbot: QtBot, desk: Surroundings, client: int, tmp_path: Path
) -> None:
    bad = tmp_path / "合同.bat"
    bad.write_bytes(b"del")
    _page, tab = opened_tab(qtbot, desk, client)
    assert drop(tab, [bad])
    settle(qtbot, desk)
    assert tab.dialog is None
    assert "可以运行" in tab.bar.text()


@pytest.mark.parametrize("how", ["key", "button", "double click"])
def test_a_file_opens_in_its_program_from_the_private_folder_and_is_logged(
    qtbot: QtBot, desk: Surroundings, client: int, advisor: Database, how: str
) -> None:
    keep(advisor, client)
    _page, tab = opened_tab(qtbot, desk, client)
    opened: list[tuple[str, bytes, str]] = []

    def open_path(path: Path) -> bool:
        opened.append((path.name, path.read_bytes(), path.parent.parent.name))
        return True

    tab.open_path = open_path
    ways: dict[str, Callable[[], object]] = {
        "key": lambda: (tab.table.setFocus(), press(tab.table, "Return")),
        "button": lambda: qtbot.mouseClick(tab.open_button, Qt.MouseButton.LeftButton),
        "double click": lambda: tab.table.opened.emit(0),
    }
    ways[how]()
    settle(qtbot, desk)
    [(name, content, folder)] = opened
    assert (name, content) == ("同意书.pdf", b"%PDF kept")
    assert folder.startswith("run-")
    looks = advisor.read(partial(list_client_accesses, client_id=client))
    assert "附件：同意书.pdf" in [look.subject for look in looks]


def test_without_a_program_for_it_a_sentence_says_so(
    qtbot: QtBot, desk: Surroundings, client: int, advisor: Database
) -> None:
    keep(advisor, client)
    _page, tab = opened_tab(qtbot, desk, client)
    tab.open_path = lambda _path: False
    tab.open_current()
    settle(qtbot, desk)
    assert tab.bar.text() == "电脑上没有能打开“同意书.pdf”的程序。"


def test_delete_puts_a_file_away_and_undo_brings_it_back(
    qtbot: QtBot, desk: Surroundings, client: int, advisor: Database
) -> None:
    keep(advisor, client)
    page, tab = opened_tab(qtbot, desk, client)
    tab.table.setFocus()
    press(tab.table, "Delete")
    settle(qtbot, desk)
    assert page.tabs.tabText(tab_place(page)) == "附件 0"
    desk.undo.undo(desk.jobs)
    settle(qtbot, desk)
    assert page.tabs.tabText(tab_place(page)) == "附件 1"


@pytest.mark.parametrize(
    ("role", "may_open"), [("manager", True), ("leader", False), ("office", False)]
)
def test_who_only_reads_sees_the_list_and_nothing_to_change_it(
    qtbot: QtBot, desk_of: MakeDesk, client: int, advisor: Database, contract: Path,
    role: str, may_open: bool,
) -> None:  # fmt: skip
    keep(advisor, client)
    _page, tab = opened_tab(qtbot, desk_of(role), client)
    assert tab.model.rowCount() == 1
    assert tab.open_button.isHidden() is not may_open
    assert tab.add_button.isHidden() is not (role == "manager")
    assert tab.archive_button.isHidden() is not (role == "manager")
    assert drop(tab, [contract]) is (role == "manager")


def test_the_manager_sets_the_limit_of_the_branch(
    qtbot: QtBot, desk_of: MakeDesk, file_database: Database, file_people: People
) -> None:
    desk = desk_of("manager")
    card = LimitCard(desk.jobs)
    qtbot.addWidget(card)
    card.show()
    card.reload()
    assert card.most.value() == "20"
    for typed, said in (("0", "请填 1 到 100 之间的数。"), ("35", "已保存")):
        card.most.editor.selectAll()  # type: ignore[attr-defined]
        qtbot.keyClicks(card.most.editor, typed)
        qtbot.mouseClick(card.save_button, Qt.MouseButton.LeftButton)
        assert card.most.message() == said
    kept = file_database.acting_as(file_people.advisor).read(load_settings)
    assert kept.attachment_mb == 35
