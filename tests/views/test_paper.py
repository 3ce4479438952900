from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from advisorcrm.errors import DiskFullError, SystemTroubleError
from advisorcrm.exports.sheet import CellRole, Sheet
from advisorcrm.views import paper
from advisorcrm.views.paging import Pages, PlacedCell
from tests.exports.samples import (
    UNMASKED,
    card_sheet,
    client_row,
    imprint,
    list_sheet,
    log_row,
    log_sheet,
)

DPI = 72
NAME = "某" * 120
LONGEST = {
    "name": NAME, "account": "9" * 40, "client_no": "L" * 40, "investment_preference": NAME,
    "wealth_content": ("basic_news", "research", "stock_picks"), "mobile": "1" * 40,
    "assets_fen": 9_999_999_999_999_999, "commission_ppm": 999_999,
    "email": "w" * 188 + "@example.cn",
    "occupation": NAME, "hobbies": NAME, "personality": "W" * 120, "group_name": NAME,
    "advisor_name": NAME, "alias": NAME, "address": NAME, "convenient_time": NAME,
    "id_number": "X" * 40, "remark": "备注" * 16_000, "birthday_kept_on": "农闰十二月三十",
}  # fmt: skip


def overflowing(pages: Pages) -> list[PlacedCell]:
    """Cells whose text is wider or higher than they are, or that leave the paper."""
    paper_ = pages.sheet.page
    return [
        cell
        for page in range(pages.count)
        for cell in pages.cells(page)
        if cell.text.width > cell.width - 2 * cell.padding + 0.01
        or cell.text.height + (cell.foot.height if cell.foot else 0) > cell.height + 0.01
        or cell.left < paper_.left - 0.01
        or cell.left + cell.width > paper_.width - paper_.right + 0.6
        or cell.top + cell.height > paper_.height - 5
    ]


def painted(pages: Pages, page: int = 0) -> QImage:
    size = pages.sheet.page
    image = QImage(
        round(size.width / 25.4 * DPI), round(size.height / 25.4 * DPI), QImage.Format.Format_RGB32
    )
    image.fill("white")
    painter = QPainter(image)
    paper.paint_page(painter, pages, page, DPI)
    painter.end()
    return image


def ink(image: QImage) -> int:
    """How many pixels are not white."""
    return sum(
        image.pixelColor(x, y).lightness() < 250
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


SHEETS = {
    "list": lambda: list_sheet([client_row(n, **LONGEST) for n in (1, 2)]),
    "card": lambda: card_sheet(client_row(**LONGEST)),
    "log": lambda: log_sheet([log_row(content_shown="长" * 32_000, next_shown=NAME), log_row()]),
    "day": lambda: log_sheet([log_row(client_name=NAME, author_name=NAME)], "contact_day"),
    "period": lambda: log_sheet([log_row(client_name=NAME, author_name=NAME)], "contact_period"),
    "head": lambda: list_sheet(
        [client_row()],
        imprint(company=NAME, branch=NAME, purpose=NAME, printed_by=f"{NAME}（{'9' * 40}）"),
        advisor=NAME, group=NAME, scope=NAME,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
def test_the_longest_text_that_is_allowed_stays_in_its_place(name: str) -> None:
    assert overflowing(paper.lay_out(SHEETS[name]())) == []


@pytest.mark.req("R71")
def test_a_list_of_sixty_clients_has_its_head_on_every_page_and_each_row_once() -> None:
    pages = paper.lay_out(list_sheet([client_row(n) for n in range(1, 61)]))
    counts = [pages.rows_on(page) for page in range(pages.count)]
    numbers = []
    for page in range(pages.count):
        cells = pages.cells(page)
        assert [c.text.lines for c in cells if c.role is CellRole.HEADING][1] == ("客户姓名",)
        numbers += [
            c.text.lines[0]
            for c in cells
            if c.role is CellRole.VALUE and c.left == pages.sheet.page.left
        ]
        last = cells[-1].text.lines
        assert last == (f"第 {page + 1} 页 / 共 {pages.count} 页",)

    assert sum(counts) == 61  # sixty clients and the sign-off
    assert max(counts[:-1]) - min(counts[:-1]) <= 1
    assert numbers == [f"{n}" for n in range(1, 61)]


def test_pages_after_the_first_say_that_they_continue() -> None:
    pages = paper.lay_out(log_sheet([log_row(n) for n in range(40)]))
    titles = [pages.cells(page)[2].text.lines[0] for page in range(pages.count)]

    assert titles[0] == "示例证券客户沟通记录表"
    assert set(titles[1:]) == {"示例证券客户沟通记录表（续）"}


def test_a_row_higher_than_a_page_goes_on_without_losing_a_line() -> None:
    text = "".join(f"第{n}句话。" for n in range(4000))
    pages = paper.lay_out(log_sheet([log_row(content_shown=text)]))
    told = "".join(
        "".join(cell.text.lines)
        for page in range(pages.count)
        for cell in pages.cells(page)
        if cell.left == pages.sheet.left_edges()[4] and cell.role is CellRole.VALUE
    )

    assert pages.count > 5
    assert told == text


def test_a_place_to_sign_is_never_torn_apart() -> None:
    for count in range(10, 30):
        pages = paper.lay_out(log_sheet([log_row(n) for n in range(count)]))
        signs = [
            page
            for page in range(pages.count)
            for cell in pages.cells(page)
            if cell.role is CellRole.SIGN
        ]
        assert len(signs) == 2
        assert len(set(signs)) == 1
        assert pages.rows_on(signs[0]) > 2  # beside the sign-off and the total


def test_codes_shrink_and_sentences_break_at_the_right_place() -> None:
    row = client_row(account="0100000077150100", investment_preference="成长股，可转债，新股申购。")
    cells = {
        "".join(cell.text.lines): cell.text for cell in paper.lay_out(list_sheet([row])).cells(0)
    }
    account = cells["0100000077150100"]
    wish = cells["成长股，可转债，新股申购。"]

    assert len(account.lines) == 1
    assert account.points < 6.8
    assert wish.points == 6.8
    assert not any(line.startswith(("，", "。")) for line in wish.lines)


def test_a_page_is_painted_and_full_numbers_show_their_watermark() -> None:
    masked = painted(paper.lay_out(card_sheet(client_row())))
    full = painted(paper.lay_out(card_sheet(client_row(), UNMASKED)))

    assert ink(masked) > 2000
    assert ink(full) > ink(masked) + 300


def test_a_pdf_has_a_page_for_each_page(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    sheet = list_sheet([client_row(n) for n in range(1, 61)])
    count = paper.write_pdf(sheet, path)
    written = path.read_bytes()

    assert count == paper.stack_up(sheet).count > 1
    assert written.startswith(b"%PDF")
    assert written.count(b"/Type /Page\n") == count


def test_sheets_one_after_the_other_keep_their_own_heads_and_numbers(tmp_path: Path) -> None:
    long, card = list_sheet([client_row(n) for n in range(1, 61)]), card_sheet(client_row())
    stack = paper.stack_up([card, long, card])
    alone = paper.stack_up(long).count
    path = tmp_path / "stack.pdf"

    assert stack.count == paper.write_pdf([card, long, card], path) == alone + 2
    assert [stack.at(page)[1] for page in range(stack.count)] == [0, *range(alone), 0]
    assert [stack.sheet_of(page) is card for page in (0, 1, alone, alone + 1)] == [
        True, False, False, True,
    ]  # fmt: skip
    boxes = re.findall(rb"/MediaBox \[0 0 (\d+)", path.read_bytes())
    assert [int(width) > 700 for width in boxes] == [False, *[True] * alone, False]


def test_a_full_disk_under_a_pdf_keeps_the_old_one(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "list.pdf"
    path.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(DiskFullError):
            paper.write_pdf(card_sheet(client_row()), path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == b"old"


def to_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def print_out(sheet: Sheet, printer: QPrinter) -> int:
    return max(paper.printed_pages(paper.stack_up(sheet), printer))


def test_the_printer_gets_the_pages_it_was_asked_for(tmp_path: Path) -> None:
    sheet: Sheet = list_sheet([client_row(n) for n in range(1, 61)])
    printer = to_file(tmp_path / "out.pdf")
    assert print_out(sheet, printer) == paper.stack_up(sheet).count

    printer = to_file(tmp_path / "part.pdf")
    printer.setFromTo(2, 3)
    assert print_out(sheet, printer) == 2


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false")
def test_a_printer_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    printer = to_file(tmp_path / "no folder" / "out.pdf")

    with pytest.raises(SystemTroubleError, match="打印机没有应答"):
        print_out(card_sheet(client_row()), printer)
