"""Wrong usage: status 2 and a sentence in the language of the program, in the answer too."""

from __future__ import annotations

import json

import pytest

from advisorcrm.cli.main import run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pinyin"], "还缺 name。"),
        (["users", "add"], "还缺 number、--name、--role。"),
        (["export", "everything", "--out", "x.xlsx"],
         "kind 没有 'everything' 这一种，可以写 client-list、client-card、contact-log。"),
        (["find", "x", "--nosuch"], "不认识 --nosuch。"),
        (["find", "x", "--limit"], "--limit 后面要写内容。"),
        (["find", "x", "--limit", "0"], "--limit：请写 1 以上的整数。"),
        (["calendar", "due", "2026-09-30T10:00"], "--hours、--workdays 要写其中一个。"),
        (["calendar", "due", "2026-09-30T10:00", "--hours", "1", "--workdays", "1"],
         "--workdays 和 --hours 只能写一个。"),
        (["visits", "2026-02-29"], "DATE：日期写作 2026-11-20。"),
        (["find", "x", "--database", ""], "--database：不能是空的。"),
        (["export", "client-list", "--client", " ", "--out", "x.xlsx"], "--client：不能是空的。"),
        (["due", "--at", ""], "--at：不能是空的。"),
    ],
)  # fmt: skip
def test_wrong_usage_is_a_sentence_and_nothing_is_done(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run([*arguments, "--json"]) == 2
    out, err = capsys.readouterr()
    (error,) = json.loads(out).values()
    assert error.endswith(f": {said}")
    assert err.rstrip().endswith(error)


def test_words_of_a_terminal_without_chinese_are_read_or_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def escaped(data: bytes) -> str:
        return data.decode("ascii", "surrogateescape")

    assert run(["pinyin", escaped("单雄信".encode()), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["full"] == "shanxiongxin"
    assert run(["pinyin", escaped("单雄信".encode("gbk")), "--json"]) == 2
    assert "UTF-8" in json.loads(capsys.readouterr().out)["error"]
