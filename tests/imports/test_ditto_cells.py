"""``同上``: the cell above counts for this one too, and it is told."""

from __future__ import annotations

from tests.imports.sheets import recognised

HEADINGS = ["客户姓名", "资金账号", "手机", "客服专员", "备注"]


def test_the_same_as_above_is_what_stands_there_and_is_told() -> None:
    first, second, third = recognised(
        HEADINGS,
        ["样甲", "990001", 13900000001, "样专员", "长线"],
        ["样乙", "990002", "同上", "〃", "同上"],
        ["样丙", "990003", " 同上", "同上", ""],
    ).rows
    assert second.values["points"] == third.values["points"] == first.values["points"] != []
    assert second.values["advisor"] == third.values["advisor"] == "样专员"
    assert second.values["remark"] == "同上"  # remarks are kept as they stand
    assert [(note.column, "第 2 行" in note.reason) for note in third.notes] == [
        ("手机", True), ("客服专员", True),
    ]  # fmt: skip
    assert (second.faults, third.faults) == ((), ())


def test_the_same_as_nothing_is_blank_and_told() -> None:
    (row,) = recognised(HEADINGS, ["样甲", "990001", "同上", "", ""]).rows
    assert (row.faults, row.values["points"]) == ((), [])
    assert "按空白处理" in row.notes[0].reason


def test_an_account_is_never_the_one_above() -> None:
    _first, second = recognised(
        HEADINGS, ["样甲", "990001", "", "", ""], ["样乙", "同上", "", "", ""]
    ).rows
    assert [fault.column for fault in second.faults] == ["资金账号"]
