"""The settings page: subjects of the role, search, keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from advisorcrm.views.reports import Report
from advisorcrm.views.settings.settings_page import SettingsPage
from tests.views.settings.conftest import OpenPage

PERSONAL, BRANCH, STANDARDS, USERS, DATA, ABOUT = (
    "个人",
    "营业部",
    "客户分级与完备率",
    "用户与角色",
    "数据与备份",
    "关于",
)
CONTACT, LOG = "联系与适当性", "日志"
GREET, DAYS = "问候与节日", "节假日"
CODES, OWN_FIELDS, RULES = "代码表", "自定义字段", "合规参数    双人"
READ = "    只读"
SLOTS, VISITS = "一天的时间表", "三访与贡献度"


def subjects(page: SettingsPage) -> list[str]:
    items = [page.subjects.item(row) for row in range(page.subjects.count())]
    chosen = Qt.ItemFlag.ItemIsSelectable
    return [item.text() for item in items if not item.isHidden() and item.flags() & chosen]


@pytest.mark.req("R16")
@pytest.mark.parametrize(
    ("role", "wanted"),
    [
        ("advisor", [PERSONAL, GREET, ABOUT]),
        ("desk", [PERSONAL, ABOUT]),
        (
            "manager",
            [
                PERSONAL,
                BRANCH,
                GREET,
                DAYS,
                SLOTS,
                VISITS,
                CODES,
                OWN_FIELDS,
                STANDARDS,
                RULES,
                CONTACT,
                LOG,
                ABOUT,
            ],
        ),
        (
            "leader",
            [
                PERSONAL,
                SLOTS,
                VISITS + READ,
                CODES + READ,
                OWN_FIELDS + READ,
                STANDARDS + READ,
                RULES,
                ABOUT,
            ],
        ),
        ("administrator", [PERSONAL, BRANCH, DAYS, CONTACT, USERS, DATA, ABOUT]),
    ],
)
def test_a_role_finds_its_subjects_and_no_others(
    open_page: OpenPage, role: str, wanted: list[str]
) -> None:
    assert subjects(open_page(role)) == [PERSONAL, "提醒", *wanted[1:]]


def test_a_setting_is_found_by_what_it_is_about(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page("administrator")
    page.subjects.setFocus()
    qtbot.keyClick(page.subjects, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    for typed, found in (("备份", [DATA]), ("字号", [PERSONAL]), ("电话", [BRANCH])):
        page.search.setText(typed)
        assert subjects(page) == found
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.subjects.hasFocus()
    assert page.subjects.currentItem().text() == BRANCH
    page.search.setFocus()
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(subjects(page)) == 8


def test_every_key_that_is_listed_works(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page("administrator")
    listed = page.keys()
    assert [key for key, _what in listed] == ["Ctrl+F", "↑↓"]
    page.primary_focus().setFocus()
    qtbot.keyClick(page.subjects, Qt.Key.Key_Down)
    assert page.panels.currentIndex() == 1


def test_the_settings_are_exported_by_who_sets_or_reads_them(open_page: OpenPage) -> None:
    page = open_page("manager")
    asked: list[Report] = []
    page.export_wanted.connect(asked.append)
    assert not page.export_button.isHidden()
    page.export_button.click()
    assert [report.name for report in asked] == ["设置"]
    assert open_page("advisor").export_button.isHidden()
