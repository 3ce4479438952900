from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from advisorcrm.errors import UserError
from advisorcrm.views.print_preview import PrintPreview
from tests.exports.samples import client_row, list_sheet


@pytest.fixture
def preview(qtbot: QtBot) -> PrintPreview:
    dialog = PrintPreview(list_sheet([client_row(n) for n in range(1, 61)]))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def test_pages_are_turned_by_key_and_end_at_the_last(qtbot: QtBot, preview: PrintPreview) -> None:
    assert preview.number.text() == f"第 1 页，共 {preview.pages.count} 页"
    assert not preview.earlier.isEnabled()

    qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview.view.page == 1
    qtbot.keyClick(preview, Qt.Key.Key_End)
    assert preview.view.page == preview.pages.count - 1
    assert not preview.later.isEnabled()
    qtbot.keyClick(preview, Qt.Key.Key_PageUp)
    assert preview.view.page == preview.pages.count - 2


def test_the_page_is_shown_whole_or_as_wide_as_the_window(
    qtbot: QtBot, preview: PrintPreview
) -> None:
    room = preview.area.viewport().size()
    assert preview.view.height() <= room.height()

    preview.show_full_width()
    assert room.width() - 40 < preview.view.width() <= room.width()
    qtbot.keyClick(preview, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert preview.view.height() <= room.height()


def test_what_is_shown_can_be_printed(qtbot: QtBot, preview: PrintPreview, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    preview.ask_printer = lambda: printer

    with qtbot.waitSignal(preview.printed) as told:
        preview.print_out()
    assert told.args == [preview.pages.count]
    assert (tmp_path / "out.pdf").stat().st_size > 10_000


def test_what_is_shown_can_be_saved_as_pdf(
    qtbot: QtBot, preview: PrintPreview, tmp_path: Path
) -> None:
    preview.ask_path = lambda name: str(tmp_path / Path(name).stem)

    with qtbot.waitSignal(preview.saved) as told:
        preview.save_pdf()
    assert told.args == [str(tmp_path / "客户明细表.pdf")]
    assert (tmp_path / "客户明细表.pdf").read_bytes().startswith(b"%PDF")


def test_a_failure_is_told_and_the_preview_stays(
    qtbot: QtBot, preview: PrintPreview, tmp_path: Path
) -> None:
    told: list[BaseException] = []
    preview.failed = told.append
    preview.ask_path = lambda name: str(tmp_path / "no folder" / name)
    preview.save_pdf()

    qtbot.waitUntil(lambda: [type(error) for error in told] == [UserError])
    assert preview.isVisible()


def test_nothing_happens_when_nothing_is_chosen(preview: PrintPreview) -> None:
    preview.ask_path = lambda _name: ""
    preview.ask_printer = lambda: None
    preview.save_pdf()
    preview.print_out()

    assert preview.isVisible()


# --- long documents ---------------------------------------------------------------------------


@pytest.fixture
def slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine so slow that one page takes a step of its own."""
    monkeypatch.setattr("advisorcrm.views.page_run._AT_A_TIME_SECONDS", 1e-9)


@pytest.mark.usefixtures("slow_machine")
def test_a_long_document_is_written_page_by_page_while_the_window_lives(
    qtbot: QtBot, preview: PrintPreview, tmp_path: Path
) -> None:
    path = tmp_path / "list.pdf"
    preview.ask_path = lambda _name: str(path)
    seen: list[int] = []
    with qtbot.waitSignal(preview.saved):
        preview.save_pdf()
        assert preview.running is not None
        preview.running.moved.connect(seen.append)
        assert not preview.save.isEnabled()
        assert preview.progress.isVisible()
    assert seen[-1] == preview.pages.count
    assert path.read_bytes().startswith(b"%PDF")
    assert preview.save.isEnabled()
    assert preview.progress.isHidden()


@pytest.mark.usefixtures("slow_machine")
@pytest.mark.parametrize("way", ["cancel", "close"])
def test_a_document_given_up_leaves_the_old_file(
    qtbot: QtBot, preview: PrintPreview, tmp_path: Path, way: str
) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(b"the old paper")
    preview.ask_path = lambda _name: str(path)
    preview.save_pdf()
    running = preview.running
    assert running is not None
    if way == "cancel":
        qtbot.mouseClick(preview.progress._cancel, Qt.MouseButton.LeftButton)
    else:
        preview.reject()
    assert preview.running is None
    assert not running._timer.isActive()
    assert path.read_bytes() == b"the old paper"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("slow_machine")
def test_a_print_given_up_is_taken_back_from_the_printer(
    qtbot: QtBot, preview: PrintPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aborted: list[bool] = []
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    monkeypatch.setattr(printer, "abort", lambda: aborted.append(True))
    preview.ask_printer = lambda: printer
    preview.print_out()
    preview.cancel()
    assert aborted == [True]
