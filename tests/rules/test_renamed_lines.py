"""A line under another name is known by its place, of several by its words."""

from __future__ import annotations

import pytest

from advisorcrm.rules.renamed_lines import renamed_lines

BEFORE = ["甲", "巡视客户室", "乙"]


@pytest.mark.parametrize(
    ("after", "renamed"),
    [
        (["甲", "逐间看", "乙"], {"巡视客户室": "逐间看"}),
        (["甲", "看短信", "逐间巡视客户室", "乙"], {"巡视客户室": "逐间巡视客户室"}),
        (["甲", "", "乙"], {"巡视客户室": ""}),
        (["甲", "乙"], {}),
        (["巡视客户室", "甲", "丙"], {}),
        (["丁", "甲", "巡视客户室", "乙"], {}),
    ],
)
def test_a_line_has_the_name_that_stands_in_its_place(
    after: list[str], renamed: dict[str, str]
) -> None:
    assert renamed_lines(BEFORE, after, {"巡视客户室"}) == renamed
