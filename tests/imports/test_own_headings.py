"""Columns for the branch's own fields: found by label, cleaned by kind, planned, undone."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from advisorcrm.columns import CodeBook, OwnFieldRow, columns_of
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.exports.client_card import client_card_sheet
from advisorcrm.exports.client_sheet import ClientSheetRow
from advisorcrm.exports.personal_data import personal_data_sheets
from advisorcrm.exports.sheet import Sheet
from advisorcrm.imports.client_list import ClientListFile, recognise_clients
from advisorcrm.imports.client_sheet import ClientSheet
from advisorcrm.imports.field_rules import rules_of_columns
from advisorcrm.imports.import_plan import ImportFigures
from advisorcrm.imports.own_headings import own_fields_to_map
from advisorcrm.imports.planning import plan_import
from advisorcrm.imports.raw_table import RawTable
from advisorcrm.imports.storing import apply_import
from advisorcrm.imports.undoing import undo_import
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.files.client_edits import ClientEdit, save_client_edit
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.services.files.conflicts import Change
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field
from advisorcrm.terms import ImportResult, ImportRule, OwnFieldKind
from tests.exports.samples import imprint
from tests.factories import NOW, People, make_client
from tests.imports.sheets import TODAY

KINDS = (
    ("宠物", OwnFieldKind.TEXT), ("车龄", OwnFieldKind.NUMBER), ("购车日", OwnFieldKind.DATE),
    ("车型", OwnFieldKind.CHOICE), ("有车", OwnFieldKind.YES_NO),
)  # fmt: skip
BOOK = CodeBook(
    {"own_f4": {"own_1": ("轿车", ""), "own_2": ("越野车", "Jeep")}},
    fields=tuple(
        OwnFieldRow(at, f"f{at}", label, "Pet" if at == 1 else "", kind, "", is_retired=False)
        for at, (label, kind) in enumerate(KINDS, 1)
    ),
)
HEAD = ("客户姓名", "资金账号", "宠物", "车龄", "购车日", "车型", "有车")


def sheet_of(book: CodeBook, *rows: tuple[object, ...], **chosen: str) -> ClientSheet:
    table = RawTable("表", [list(row) for row in rows])
    return recognise_clients([table], ClientListFile(Path("名单.xlsx"), book, TODAY, chosen))


@pytest.mark.req("R19")
@pytest.mark.parametrize(
    ("column", "cell", "stored"),
    [(2, " 猫 ", "猫"), (2, "无", None), (2, "主人 139****0458", "unchanged"), (3, 12.5, "12.5"),
     (3, "1,200", "1200"), (4, "2020/5/1", "2020-05-01"), (5, "jeep", "own_2"),
     (5, "轿车", "own_1"), (6, "√", "yes"), (6, "没有", "no"), (6, "", None)],
)  # fmt: skip
def test_cells_of_an_own_field_become_what_its_kind_stores(
    column: int, cell: object, stored: str | None
) -> None:
    row = ["甲", "990001", *[""] * 5]
    row[column] = cell  # type: ignore[call-overload]
    [read] = sheet_of(BOOK, HEAD, tuple(row)).rows
    assert read.faults == ()
    assert read.values.get(f"own.f{column - 1}", "unchanged") == stored


def test_a_cell_that_is_none_fails_its_row_with_the_heading() -> None:
    bad = ("甲", "990001", "", "三年", "昨天或前天", "卡车", "也许")
    [read] = sheet_of(BOOK, HEAD, bad).rows
    assert [fault.column for fault in read.faults] == ["车龄", "购车日", "车型", "有车"]


def test_a_heading_may_be_mapped_by_hand_and_a_label_is_known_in_english() -> None:
    head = ("客户姓名", "资金账号", "pet", "几年")
    sheet = sheet_of(BOOK, head, ("甲", "990001", "猫", 3), 几年="own.f2")
    assert [column.field for column in sheet.columns][2:] == ["own.f1", "own.f2"]
    assert [column.label for column in sheet.columns][2:] == ["宠物", "车龄"]
    assert [field.name for field in own_fields_to_map(BOOK)][:2] == ["own.f1", "own.f2"]
    ignored = sheet_of(BOOK, head, ("甲", "990001", "猫", 3), pet="", 几年="own.f99")
    assert [column.field for column in ignored.columns][2:] == ["", ""]


@pytest.fixture
def boss(database: Database, people: People) -> Database:
    door = database.acting_as(people.manager)
    for label, kind in KINDS:
        new = NewOwnField(label, kind, choices=("轿车", "越野车"))
        door.write(partial(add_own_field, new=new))
    return door


def known(boss: Database, people: People) -> int:
    key: int = boss.write(lambda s, _a: make_client(s, people.advisor, name="甲", account="990001"))
    edit = ClientEdit({"own.f1": Change("", "猫")})
    boss.write(partial(save_client_edit, client_id=key, edit=edit, now=NOW))
    return key


def values(boss: Database, key: int) -> dict[str, str]:
    file = boss.read(partial(open_client_file, client_id=key, today=TODAY))
    return {name: value for name, value in file.own_values.items() if value}


@pytest.mark.req("R19", "R246")
def test_an_import_plans_stores_and_takes_back_own_fields(boss: Database, people: People) -> None:
    key = known(boss, people)
    book = boss.read(load_code_book)
    sheet = sheet_of(
        book, HEAD, ("甲", "990001", "狗", 3, "2020-05-01", "轿车", "是"),
        ("乙", "990002", "鸟", "", "", "", "否"),
    )  # fmt: skip
    rules = rules_of_columns(ImportRule.FILL_BLANKS, {"own.f4": ImportRule.SKIP})
    plan = boss.read(partial(plan_import, sheet=sheet, rule=rules))
    assert [row.result for row in plan.rows] == [ImportResult.UPDATED, ImportResult.NEW]
    assert [(change.label, change.old, change.new) for change in plan.rows[0].changes] == [
        ("车龄", "", "3"), ("购车日", "", "2020-05-01"), ("有车", "", "是"),
    ]  # fmt: skip
    done: ImportFigures = boss.write(partial(apply_import, plan=plan, now=NOW))
    filled = {"own.f1": "猫", "own.f2": "3", "own.f3": "2020-05-01", "own.f5": "yes"}
    assert values(boss, key) == filled
    assert values(boss, key + 1) == {"own.f1": "鸟", "own.f5": "no"}
    edit = ClientEdit({"own.f2": Change("3", "4")})
    boss.write(partial(save_client_edit, client_id=key, edit=edit, now=NOW))
    undone = boss.write(partial(undo_import, batch_id=done.batch_id, now=NOW))
    assert values(boss, key) == {"own.f1": "猫", "own.f2": "4"}
    assert (undone.removed, undone.restored) == (1, 1)
    assert [left.reason for left in undone.left] == ["车龄在导入以后又改过，保留现在的内容。"]


def test_overwriting_replaces_what_an_own_field_held_and_undo_brings_it_back(
    boss: Database, people: People
) -> None:
    key = known(boss, people)
    sheet = sheet_of(boss.read(load_code_book), HEAD[:3], ("甲", "990001", "狗"))
    plan = boss.read(partial(plan_import, sheet=sheet, rule=ImportRule.OVERWRITE))
    done = boss.write(partial(apply_import, plan=plan, now=NOW))
    assert values(boss, key) == {"own.f1": "狗"}
    boss.write(partial(undo_import, batch_id=done.batch_id, now=NOW))
    assert values(boss, key) == {"own.f1": "猫"}


def texts(sheet: Sheet) -> list[str]:
    return [cell.text for block in sheet.blocks for row in block.rows for cell in row.cells]


def test_the_card_and_the_copy_of_all_data_tell_own_fields_in_words(
    boss: Database, people: People
) -> None:
    key = known(boss, people)
    changes = {"own.f1": Change("猫", "猫 13900000458"), "own.f4": Change("", "own_2"),
               "own.f5": Change("", "yes")}  # fmt: skip
    boss.write(partial(save_client_edit, client_id=key, edit=ClientEdit(changes), now=NOW))
    card = boss.read(partial(client_card_sheet, client_id=key, imprint=imprint()))
    told = texts(card)
    assert [block.side for block in card.blocks].count("自定义") == 1
    assert told[told.index("宠物") + 1] == "猫 139****0458"
    assert told[told.index("车型") + 1] == "越野车"
    copies = boss.read(partial(personal_data_sheets, client_id=key, imprint=imprint()))
    whole = [text for sheet in copies for text in texts(sheet)]
    assert {"越野车", "是", "车型"} <= set(whole)
    assert "own_2" not in [text for sheet in copies if sheet.name != "修改历史" for text in
                           texts(sheet)]  # fmt: skip


@pytest.mark.parametrize("label", [bound.column.label for bound in columns_of(ClientSheetRow)])
def test_no_own_field_is_called_like_a_column_of_the_list(
    file_database: Database, file_people: People, label: str
) -> None:
    door = file_database.acting_as(file_people.manager)
    with pytest.raises(InvalidFieldError, match="已有"):
        door.write(partial(add_own_field, new=NewOwnField(label)))
