"""The texts of the program: all marked, all translated, all well punctuated."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import check_translations, texts, translations

HERE = "advisorcrm/views/sample.py"


def ids(source: str, path: str = HERE) -> list[tuple[str, ...]]:
    return [text.ids for text in texts.find_in_source(source, path).texts]


def complaints(source: str, path: str = HERE) -> list[str]:
    return [problem.what for problem in texts.find_in_source(source, path).problems]


def catalogue_of(source: str, **english: str | tuple[str, str]) -> Catalog:
    found = translations.collect(texts.find_in_source(source, HERE).texts)
    for message in translations.entries(found):
        message.string = english["english"]
    return found


def wrong(source: str, english: str | tuple[str, str]) -> list[str]:
    found = check_translations.catalogue_problems(catalogue_of(source, english=english), "x.po")
    return [problem.what for problem in found]


def test_every_text_of_the_program_is_marked_translated_and_well_punctuated() -> None:
    assert [str(problem) for problem in check_translations.all_problems()] == []


def test_a_sentence_in_several_pieces_is_one_text() -> None:
    assert ids('_("请先" "登录。")') == [("请先登录。",)]


def test_labels_of_choices_columns_and_counts_are_found() -> None:
    source = """
ROLE = N_("客服专员")
name: Annotated[str, Column("客户姓名", width=14, explain="证件上的姓名", aliases=("姓名",))]
ngettext("{n} 位客户", "{n} 位客户", n)
_("是" if yes else "否")
"""
    assert ids(source) == [
        ("客服专员",),
        ("客户姓名",),
        ("证件上的姓名",),
        ("{n} 位客户", "{n} 位客户"),
        ("是",),
        ("否",),
    ]
    assert complaints(source) == []


def test_a_text_may_be_marked_twice() -> None:
    source = 'Column("客户", explain=N_("客户姓名"))'
    assert ids(source) == [("客户",), ("客户姓名",)]
    assert complaints(source) == []


def test_the_same_word_may_mean_two_things() -> None:
    found = texts.find_in_source('pgettext("verb", "记录"); pgettext("noun", "记录")', HERE).texts
    assert [(text.context, text.ids) for text in found] == [
        ("verb", ("记录",)),
        ("noun", ("记录",)),
    ]
    assert len(translations.entries(translations.collect(found))) == 2


def test_a_label_translated_when_it_is_shown_is_no_text_of_that_place() -> None:
    assert ids("_(self._label)") == []
    assert complaints("_(self._label)") == []


def test_chinese_that_nobody_marked_is_found() -> None:
    assert complaints('button.setText("保存")') == ["Chinese text is not marked: '保存'"]
    assert len(complaints('title = f"共 {n} 位客户"')) == 1


def test_docstrings_and_comments_may_be_chinese() -> None:
    assert complaints('"""客户。"""\n\n\ndef f():\n    """档案。"""\n    # 备注\n') == []


@pytest.mark.parametrize(
    "inside", ['f"还差 {n} 项"', 'f"{n}"', '"还差" + n', '"还差 %d 项" % n', '"{n} 项".format(n=n)']
)
def test_a_text_put_together_before_it_is_translated_is_found(inside: str) -> None:
    assert len(complaints(f"_({inside})")) == 1


@pytest.mark.parametrize(
    "source",
    [
        'NAMES = {  # chinese: data\n    "单": "shan",\n    "仇": "qiu",\n}\n',
        'if text == "男":  # chinese: data\n    pass\n',
        'def f():\n    # chinese: data\n    return ["男",\n        "女"]\n',
        '"""Surnames."""\n# chinese: data\n\nimport re\n\nA = "单。"\n',
        '"""Surnames."""\n\n# chinese: data\nimport re\n\nA = "单。"\n',
        'import re\n# chinese: data\nA = ["单",\n  "仇。"]\n',
    ],
)
def test_chinese_data_is_declared_by_a_comment(source: str) -> None:
    assert complaints(source) == []


def test_a_data_comment_speaks_for_its_own_statement_only() -> None:
    assert len(complaints('a = "男"  # chinese: data\nb = "女"\n')) == 1


def test_importers_may_hold_headings_but_no_unmarked_sentence() -> None:
    source = 'HEADINGS = ("姓名", "资金账号")\nraise ImportRejectedError("没有可用的行。")\n'
    assert complaints(source, "advisorcrm/imports/client_sheet.py") == [
        "Chinese text is not marked: '没有可用的行。'"
    ]


@pytest.mark.parametrize("text", ["保存,关闭", "确定?", "客户:{name}", "(客户)"])
def test_half_width_marks_beside_chinese_are_found(text: str) -> None:
    found = texts.find_in_source(f"_({text!r})", HERE).texts
    assert len(check_translations.punctuation_problems(found)) == 1


def test_half_width_marks_beside_latin_letters_are_fine() -> None:
    found = texts.find_in_source('_("A4 (210 mm)，共 {count:,} 张")', HERE).texts
    assert check_translations.punctuation_problems(found) == []


def test_english_must_be_there_be_english_and_keep_the_placeholders() -> None:
    assert wrong('_("还差 {count} 项")', "{count} missing") == []
    assert wrong('_("还差 {count} 项")', "")[0].startswith("no English")
    assert wrong('_("还差 {count} 项")', "{n} missing")[0].startswith("placeholders differ")
    assert wrong('_("保存")', "保存")[0].startswith("the English is the Chinese")


def test_english_singular_may_leave_the_number_out_but_the_plural_may_not() -> None:
    source = 'ngettext("{n} 位客户", "{n} 位客户", n)'
    assert wrong(source, ("one client", "{n} clients")) == []
    assert wrong(source, ("one client", "clients")) != []


def test_collecting_again_keeps_what_is_translated_and_drops_what_is_gone() -> None:
    old = catalogue_of('_("保存")\n_("关闭")', english="Save")
    found = texts.find_in_source('_("保存")\n_("打开")', HERE).texts
    fresh = translations.updated(old, found)
    assert {message.id: message.string for message in translations.entries(fresh)} == {
        "保存": "Save",
        "打开": None,
    }


def test_a_filled_in_list_comes_back_and_is_shown(tmp_path: Path) -> None:
    source = '_("保存")\npgettext("noun", "记录")\nngettext("{n} 位", "{n} 位", n)'
    catalogue = translations.collect(texts.find_in_source(source, HERE).texts)
    rows = [
        {"id": "保存", "context": None, "english": "Save"},
        {"id": "记录", "context": "noun", "english": "Log"},
        {"id": "{n} 位", "context": None, "english": ["{n} client", "{n} clients"]},
        {"id": "没有", "context": None, "english": "gone"},
    ]
    assert translations.fill(catalogue, rows) == 3
    folder = tmp_path / "en" / "LC_MESSAGES"
    translations.save(catalogue, folder)
    shown = gettext.translation("advisorcrm", str(tmp_path), languages=["en"])
    assert shown.gettext("保存") == "Save"
    assert shown.pgettext("noun", "记录") == "Log"
    assert shown.ngettext("{n} 位", "{n} 位", 2) == "{n} clients"


def test_a_compiled_catalogue_that_is_behind_is_found(tmp_path: Path) -> None:
    found = texts.find_in_source('_("保存")', HERE).texts
    kept = catalogue_of('_("保存")', english="Save")
    translations.save(kept, tmp_path)
    kept = translations.load(tmp_path / translations.PO.name)
    mo = tmp_path / translations.MO.name
    assert check_translations.currency_problems(kept, found, mo, "x.po") == []
    mo.write_bytes(translations.compiled_form(catalogue_of('_("保存")', english="Keep")))
    assert len(check_translations.currency_problems(kept, found, mo, "x.po")) == 1
    assert len(check_translations.currency_problems(kept, [], mo, "x.po")) == 1


def test_a_text_that_gets_a_plural_is_translated_anew() -> None:
    old = catalogue_of('_("{n} 位")', english="{n} clients")
    found = texts.find_in_source('ngettext("{n} 位", "{n} 位", n)', HERE).texts
    (message,) = translations.entries(translations.updated(old, found))
    assert not translations.is_translated(message)


NEVER_ONE = {  # chinese: data
    "密码至少 {count} 位。", "最多 {limit} 字，现有 {count} 字，请缩短。",
    "有 {count} 字，最多 {limit} 字（表格的一格装不下更多），请缩短。",
    "有 {count} 位客服专员叫“{name}”，请填工号。",
    "表里有 {count} 行，超过 {limit} 行的上限，没有读取。请分成几个文件。",
    "沟通内容最多 {count} 字，请分两条记。", "最多 {count} 个视图，请先去掉不用的。",
    "已满 {count} 位",
}  # fmt: skip
"""Counts that are limits, or come only when there are several."""


def test_a_count_that_can_be_one_has_an_english_singular() -> None:
    plural = re.compile(r"\{(count|total|rows|clients)\} [a-z-]+s\b")
    said_wrong = {
        message.id
        for message in translations.entries(translations.load())
        if isinstance(message.id, str) and plural.search(str(message.string))
    }
    assert said_wrong - NEVER_ONE == set()
