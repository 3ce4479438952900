"""What holds for every page of a role: each role walks through its pages once, the rest is reading."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from advisorcrm.views.branch_window import BranchWindow
from tests.conftest import file_copy, people_in
from tests.views.windows import (
    ACCOUNT,
    ID_NUMBER,
    MOBILE,
    NAME,
    branch_window,
    every_page,
    make_wenjing,
    name_of,
    strays,
    words_of,
)

KEYED = ("后退", "前进", "找客户", "锁定", "? 快捷键", "撤销")
"""Buttons of the frame whose keys belong to the window."""


@dataclass(frozen=True)
class Walk:
    """What was seen on the way through all pages of a role."""

    role: str
    strays: list[str]
    without_key: list[str]
    unreachable: list[str]
    other_meaning: list[tuple[str, str, str]]
    words: str


@pytest.fixture(scope="module", params=["advisor", "manager", "administrator"])
def walk(
    request: pytest.FixtureRequest,
    file_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    qapp: QApplication,
    wardrobe: None,
) -> Iterator[Walk]:
    """Every page made and filled in one window, which is gone before a test looks at the notes."""
    gc.disable()  # as between tests of windows
    with pytest.MonkeyPatch.context() as home:
        home.setenv("ADVISORCRM_HOME", str(tmp_path_factory.mktemp("home")))
        for database in file_copy(file_template, tmp_path_factory.mktemp("walk")):
            people = people_in(database)
            client_id = make_wenjing(database, people)
            with (
                strays(qapp) as seen,
                branch_window(database, getattr(people, request.param)) as window,
            ):
                for page in window.pages.pages():
                    window.main_window.go(page.key)
                yield _note(request.param, window, client_id, seen)
    gc.enable()


def _note(role: str, window: BranchWindow, client_id: int, seen: list[str]) -> Walk:
    main = window.main_window
    if role != "administrator":
        every_page(window, client_id)
    unreachable = [
        name_of(button)
        for button in main.findChildren(QAbstractButton)
        if not button.focusPolicy() & Qt.FocusPolicy.TabFocus
        and button.shortcut().isEmpty()
        and not button.focusProxy()
        and button.text() + button.accessibleName()
        and not name_of(button).startswith(KEYED)
    ]
    without_key = [
        action.key for action in window.pages.actions() if not (action.shortcut or action.words)
    ]
    other_meaning = _keys_with_another_meaning(window)
    words = words_of(main)
    if role == "advisor":
        words += words_of(window.pages.contacts.open(client_id))
    main.omnibox.open_with("oywj")
    words += words_of(main)
    return Walk(role, list(seen), without_key, unreachable, other_meaning, words)


def _keys_with_another_meaning(window: BranchWindow) -> list[tuple[str, str, str]]:
    """The window's shortcut would win without a word."""
    of_window = {action.letter: action.text for action in window.pages.actions() if action.letter}
    listed: list[tuple[str, str, str]] = []
    for page in window.pages.pages():
        shown: Any = window.main_window.page(page.key)
        own = getattr(shown, "keys", None)
        listed += [(page.key, letter, what) for letter, what in (own() if own else ())]
    return [line for line in listed if of_window.get(line[1], line[2]) != line[2]]


@pytest.mark.req("R16", "R148")
def test_no_page_shows_points_at_or_speaks_a_whole_number(walk: Walk) -> None:
    assert (NAME in walk.words) is (walk.role != "administrator")
    assert ("139****0458" in walk.words) is (walk.role != "administrator")
    for number in (MOBILE, ACCOUNT, ID_NUMBER):
        assert number not in walk.words


def test_no_part_of_a_page_is_shown_for_a_moment_as_a_window_of_its_own(walk: Walk) -> None:
    assert walk.strays == []


def test_every_action_and_button_is_reached_by_key(walk: Walk) -> None:
    assert walk.without_key == []
    assert walk.unreachable == []


def test_no_page_gives_a_key_of_the_window_another_meaning(walk: Walk) -> None:
    assert walk.other_meaning == []
