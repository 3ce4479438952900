"""Code lists in the manager's hands: extended, renamed, ordered, retired, never deleted."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.models import CodeListEntry
from advisorcrm.services.branch import code_lists
from advisorcrm.services.branch.code_list_changes import list_code_changes
from advisorcrm.services.branch.code_list_seeds import SEEDS, TITLES
from advisorcrm.services.branch.code_lists import CodeEntry, load_code_book
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field
from advisorcrm.services.workplace.branch_defaults import fill_defaults
from tests.factories import People


@pytest.fixture
def boss(database: Database, people: People) -> Database:
    return database.acting_as(people.manager)


def entries(boss: Database, list_name: str) -> list[CodeEntry]:
    return boss.read(partial(code_lists.list_codes, list_name=list_name))


def entry(boss: Database, list_name: str, label: str) -> CodeEntry:
    return next(one for one in entries(boss, list_name) if one.label == label)


def add(boss: Database, list_name: str, label: str, label_en: str = "") -> int:
    return boss.write(
        partial(code_lists.add_code, list_name=list_name, label=label, label_en=label_en)
    )


def retire(boss: Database, one: CodeEntry, *, is_retired: bool = True) -> None:
    boss.write(partial(code_lists.retire_code, entry_id=one.id, is_retired=is_retired))


def told(boss: Database, list_name: str) -> list[tuple[str, ...]]:
    changes = boss.read(partial(list_code_changes, list_name=list_name))
    assert {change.who for change in changes} <= {"方静", ""}
    return [change.what for change in changes]


def test_every_list_of_the_vocabularies_stands_in_the_settings(boss: Database) -> None:
    lists = {one.title: one for one in boss.read(code_lists.list_code_lists)}
    for title in ("客户类型", "推送方式", "资讯/服务内容", "流失原因", "服务请求类别", "满意度",
                  "紧急分级", "投诉状态", "客户类别", "值班问题", "回访类型", "沟通话题"):  # fmt: skip
        assert lists[title].offered == len(SEEDS[lists[title].name]) > 0
    assert SEEDS.keys() == TITLES.keys()


def test_a_renewed_program_brings_new_lists_and_leaves_the_branchs_own_alone(
    boss: Database,
) -> None:
    retire(boss, entry(boss, terms.TAG, "重点关注"))
    before = entries(boss, terms.TAG)

    def forget(session: Any, _actor: Any) -> None:  # as a branch of an older program
        for known in session.query(CodeListEntry).filter_by(list_name=terms.PUSH_WAY):
            known.list_name = "gone"

    boss.write(forget)
    assert entries(boss, terms.PUSH_WAY) == []
    boss.write(fill_defaults)
    assert [one.label for one in entries(boss, terms.PUSH_WAY)][:2] == [
        "客户服务管理系统", "短信平台",
    ]  # fmt: skip
    assert entries(boss, terms.TAG) == before


def test_a_choice_is_added_and_offered_with_both_labels(boss: Database) -> None:
    add(boss, terms.PRODUCT_KIND, "  期权 ", "Options")
    book = boss.read(load_code_book)
    code = book.codes(terms.PRODUCT_KIND)[-1]
    assert book.label_zh(terms.PRODUCT_KIND, code) == "期权"
    assert book.lists[terms.PRODUCT_KIND][code] == ("期权", "Options")
    assert told(boss, terms.PRODUCT_KIND)[0] == ("添加“期权”",)


def test_another_client_type_stands_before_the_one_for_everybody_else(boss: Database) -> None:
    add(boss, terms.TIER, "钻石卡")
    labels = [one.label for one in entries(boss, terms.TIER)]
    assert labels == ["白金卡", "金卡", "银卡", "钻石卡", "其他"]


@pytest.mark.parametrize(
    ("label", "said"),
    [("金卡", "已有“金卡”"), ("  ", "请填名称"), ("长" * 31, "最多 30 字"), ("银卡", "已停用")],
)
def test_a_label_is_checked(boss: Database, label: str, said: str) -> None:
    retire(boss, entry(boss, terms.TIER, "银卡"))
    with pytest.raises(InvalidFieldError, match=said):
        add(boss, terms.TIER, label)
    one = entry(boss, terms.TIER, "白金卡")
    with pytest.raises(InvalidFieldError, match=said):
        boss.write(partial(code_lists.rename_code, entry_id=one.id, label=label, label_en=""))


def test_where_several_may_be_chosen_a_label_has_no_comma(boss: Database) -> None:
    with pytest.raises(InvalidFieldError, match="可以多选"):
        add(boss, terms.TAG, "新股、配股")
    add(boss, terms.URGENCY, "新股、配股")


def test_a_renamed_choice_shows_its_new_name_everywhere_and_keeps_its_code(
    boss: Database,
) -> None:
    one = entry(boss, terms.TIER, "银卡")
    boss.write(
        partial(code_lists.rename_code, entry_id=one.id, label="银星卡", label_en="Silver star")
    )
    book = boss.read(load_code_book)
    assert book.lists[terms.TIER]["silver"] == ("银星卡", "Silver star")
    assert told(boss, terms.TIER)[0] == (
        "“银卡”改名为“银星卡”", "“银星卡”的英文名 Silver → Silver star",
    )  # fmt: skip


def test_the_order_is_that_of_the_branch(boss: Database) -> None:
    ids = [one.id for one in entries(boss, terms.TIER)]
    wanted = [ids[2], ids[0], ids[1]]
    boss.write(partial(code_lists.order_codes, list_name=terms.TIER, entry_ids=wanted))
    book = boss.read(load_code_book)
    assert book.codes(terms.TIER) == ("silver", "platinum", "gold", "other")
    assert told(boss, terms.TIER)[0] == ("调整顺序",)


def test_a_seat_reads_the_lists_again_only_when_they_are_another_edition(boss: Database) -> None:
    first = entry(boss, terms.TIER, "银卡")
    order = [one.id for one in entries(boss, terms.TIER)][::-1]
    own = partial(add_own_field, new=NewOwnField("宠物"))
    deeds = [
        partial(code_lists.add_code, list_name=terms.TIER, label="钻石卡"),
        partial(code_lists.retire_code, entry_id=first.id, is_retired=True),
        partial(code_lists.order_codes, list_name=terms.TIER, entry_ids=order),
        own,
    ]
    book = boss.read(load_code_book)
    for deed in deeds:
        assert boss.read(partial(code_lists.renew_code_book, edition=book.edition)) is None
        boss.write(deed)
        newer = boss.read(partial(code_lists.renew_code_book, edition=book.edition))
        assert newer is not None
        assert newer == boss.read(load_code_book)
        book.take(newer)
    assert [field.label for field in book.own_fields()] == ["宠物"]


def test_a_retired_choice_is_offered_no_more_keeps_its_label_and_comes_back(
    boss: Database,
) -> None:
    one = entry(boss, terms.TIER, "银卡")
    retire(boss, one)
    book = boss.read(load_code_book)
    assert "silver" not in book.codes(terms.TIER)
    assert book.label(terms.TIER, "silver") == "银卡"
    assert entries(boss, terms.TIER)[-1] == CodeEntry(
        one.id, terms.TIER, "silver", "银卡", "Silver", is_retired=True
    )
    retire(boss, one, is_retired=False)
    assert boss.read(load_code_book).codes(terms.TIER)[2] == "silver"
    # Both were done within two seconds: one line of the record, in their order.
    assert told(boss, terms.TIER)[0] == ("停用“银卡”", "恢复使用“银卡”")


def test_what_rules_ask_for_stays_with_the_reason_said(boss: Database) -> None:
    for name, label in (
        (terms.SERVICE_NEED, "不愿打扰"),
        (terms.CONTACT_WAY, "电话"),
        (terms.RELATION, "介绍人"),
    ):
        one = entry(boss, name, label)
        assert one.kept_for
        with pytest.raises(InvalidFieldError, match=one.kept_for):
            retire(boss, one)


def test_the_last_choice_of_a_list_stays(boss: Database) -> None:
    first, *_rest, last = entries(boss, terms.SATISFACTION_ASPECT)
    for one in entries(boss, terms.SATISFACTION_ASPECT)[1:]:
        retire(boss, one)
    with pytest.raises(InvalidFieldError, match="至少要留一个"):
        retire(boss, first)
    retire(boss, last, is_retired=False)
    retire(boss, first)


def test_a_list_or_choice_that_is_not_there_is_told(boss: Database) -> None:
    for name in ("nonsense", "own_nonsense"):
        with pytest.raises(NotFoundError, match="没有这张代码表"):
            add(boss, name, "甲")
    with pytest.raises(NotFoundError, match="已不在"):
        boss.write(partial(code_lists.rename_code, entry_id=99_999, label="甲", label_en=""))


def test_whoever_holds_a_book_sees_the_newer_one(boss: Database) -> None:
    held = boss.read(load_code_book)
    add(boss, terms.TIER, "钻石卡")
    held.take(boss.read(load_code_book))
    assert [held.label(terms.TIER, code) for code in held.codes(terms.TIER)][-2] == "钻石卡"
    assert held == boss.read(load_code_book) != CodeBook()
