"""The omnibox over the services: best first, masked, and never an older answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from advisorcrm.db.database import Database
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import Settings
from advisorcrm.services.clients import client_search
from advisorcrm.views import omnibox_search
from advisorcrm.views.jobs import AtOnce, Jobs
from advisorcrm.views.omnibox import Omnibox
from advisorcrm.views.omnibox_search import OmniboxSearch
from advisorcrm.views.surroundings import Surroundings
from tests.conftest import NOW
from tests.factories import People, make_client, make_log
from tests.views.windows import words_of


@pytest.fixture
def box(qtbot: QtBot) -> Omnibox:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 680)
    made = Omnibox(window)
    made.host = window  # type: ignore[attr-defined]
    window.show()
    return made


@pytest.fixture
def clients(file_database: Database, file_people: People) -> list[int]:
    """Two of the advisor's, one of the colleague's, and a conversation."""
    ours, theirs = file_people.advisor, file_people.colleague
    ids: list[int] = file_database.write(
        lambda s, a: [
            make_client(s, ours, name="欧阳文静", tier="gold", mobile="13900000458", account="010000007715"),
            make_client(s, ours, name="欧阳文博", mobile="13900000459"),
            make_client(s, theirs, name="孟小楼", mobile="13900000777"),
        ]
    )  # fmt: skip
    file_database.acting_as(ours).write(
        lambda s, a: make_log(s, a, ids[0], content="短期过热，新号码 13712345678。")
    )
    return ids


def around(door: Database, jobs: Jobs) -> Surroundings:
    return Surroundings(jobs, door.read(load_code_book), Settings(), door.actor, lambda: NOW)


@pytest.fixture
def search(
    file_database: Database, file_people: People, clients: list[int], box: Omnibox
) -> Iterator[OmniboxSearch]:
    door = file_database.acting_as(file_people.advisor)
    jobs = Jobs(door, worker=AtOnce())
    yield OmniboxSearch(around(door, jobs), box)
    jobs.close()


@pytest.mark.req("R246")
def test_clients_come_masked_with_tier_tail_and_initials(
    search: OmniboxSearch, box: Omnibox
) -> None:
    box.open_with("oywj")
    assert box.titles()[0] == "欧阳文静"
    told = box.line.accessibleDescription()
    assert told == "欧阳文静 金卡 139****0458 · 账号尾号 7715 · 首字母 oywj"


def test_at_a_desk_in_public_view_nobody_is_found_by_the_full_name(
    search: OmniboxSearch, box: Omnibox
) -> None:
    box.open_with("oywj")
    search.set_private(is_private=True)
    assert box.titles() == ["欧*", "欧* · 11-20 电话", "记沟通：欧*", "打印客户卡：欧*"]
    assert box.line.accessibleDescription() == "欧* 金卡 139****0458 · 账号尾号 7715"
    search.set_private(is_private=False)
    assert box.titles()[0] == "欧阳文静"


def test_the_client_found_best_brings_the_last_talks_and_what_can_be_done(
    search: OmniboxSearch, box: Omnibox, clients: list[int], qtbot: QtBot
) -> None:
    box.open_with("oywj")
    assert box.titles() == [
        "欧阳文静",
        "欧阳文静 · 11-20 电话",
        "记沟通：欧阳文静",
        "打印客户卡：欧阳文静",
    ]
    with qtbot.waitSignal(box.print_wanted) as told:
        qtbot.keyClick(box.line, Qt.Key.Key_Up)
        for _step in range(3):
            qtbot.keyClick(box.line, Qt.Key.Key_Down)
        qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert told.args == [clients[0]]
    box.open_with("孟小楼")
    assert box.titles() == ["孟*"]


@pytest.mark.req("R246")
def test_a_tail_offers_the_list_narrowed_down_to_it_with_its_count(
    search: OmniboxSearch, box: Omnibox, qtbot: QtBot
) -> None:
    box.open_with("oywj 0458")
    assert box.titles()[-1] == "筛选“号码含 0458”"
    with qtbot.waitSignal(box.filter_wanted) as told:
        for _step in range(len(box.titles()) - 1):
            qtbot.keyClick(box.line, Qt.Key.Key_Down)
        assert box.line.accessibleDescription() == "筛选“号码含 0458” 1 户"
        qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert told.args == ["0458"]
    box.open_with("045")  # too short for a tail
    assert not any("筛选" in title for title in box.titles())
    box.open_with("9999")  # nobody
    assert box.titles() == []


@pytest.mark.req("R246")
def test_more_clients_than_fit_are_all_in_the_list_narrowed_down(
    search: OmniboxSearch, box: Omnibox, file_database: Database, file_people: People, qtbot: QtBot
) -> None:
    file_database.write(
        lambda s, a: [
            make_client(s, file_people.advisor, name=f"方{at}") for at in "一二三四五六七八九"
        ]
    )
    box.open_with("方")
    assert box.titles()[-1] == "筛选“方”"
    with qtbot.waitSignal(box.filter_wanted) as told:
        box.list.itemClicked.emit(box.list.item(box.list.count() - 1))
    assert told.args == ["方"]


@pytest.mark.req("R246")
def test_many_are_shown_before_they_are_counted(
    search: OmniboxSearch, box: Omnibox, file_database: Database, file_people: People,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(client_search, "BEST_OF_NAMES", 5)
    file_database.write(
        lambda s, a: [
            make_client(s, file_people.advisor, name=f"方{at}") for at in "一二三四五六七八九"
        ]
    )
    heard: list[str] = []
    show_total = box.show_total

    def counted(query: str, group: str, total: int) -> None:
        heard.append(box.list.item(0).text())
        show_total(query, group, total)

    monkeypatch.setattr(box, "show_total", counted)
    box.open_with("方")
    assert set(heard) == {"客户"}
    assert box.list.item(0).text() == "客户，共 9 个，先列 5 个"
    assert box.titles()[-1] == "筛选“方”"


@pytest.mark.req("R246", "R148")
def test_words_of_conversations_are_found_and_numbers_in_them_masked(
    search: OmniboxSearch, box: Omnibox
) -> None:
    box.open_with("过热")
    assert box.titles() == ["欧阳文静 · 11-20 电话"]
    assert "13712345678" not in words_of(box)


@pytest.mark.req("R16")
def test_somebody_elses_client_shows_the_surname_and_whose_it_is(
    search: OmniboxSearch, box: Omnibox, qtbot: QtBot
) -> None:
    box.open_with("孟小楼")
    assert box.titles() == ["孟*"]
    assert "所属 周岚" in box.line.accessibleDescription()
    opened: list[Any] = []
    box.opened.connect(lambda _group, key: opened.append(key))
    box._choose(box.list.currentItem(), is_second=False)
    assert opened == [None], "the window opens nothing without a number"


def test_an_older_answer_never_replaces_a_newer(
    file_database: Database, file_people: People, clients: list[int], box: Omnibox, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    door = file_database.acting_as(file_people.advisor)
    jobs = Jobs(door)
    go_on, asked = threading.Event(), []

    def slow(session: Any, actor: Any, text: str, *, with_total: bool) -> Any:
        asked.append(text)
        if text == "oy":
            go_on.wait(10)
        return client_search.find_clients(session, actor, text, with_total=with_total)

    monkeypatch.setattr(omnibox_search, "find_clients", slow)
    search = OmniboxSearch(around(door, jobs), box)
    assert isinstance(search, OmniboxSearch)
    box.open_with("oy")
    qtbot.waitUntil(lambda: asked == ["oy"])
    for typed in ("oyw", "oywb"):
        box.line.setText(typed)
    shown: list[list[str]] = []
    box.line.textChanged.connect(lambda _text: shown.append(box.titles()))
    go_on.set()
    qtbot.waitUntil(lambda: jobs.is_idle() and box.titles()[:1] == ["欧阳文博"])
    assert asked == ["oy", "oywb"], "what was overtaken is not even asked"
    jobs.close()


def test_one_letter_asks_for_no_conversations(search: OmniboxSearch, box: Omnibox) -> None:
    asked: list[str] = []
    search._around.jobs.read = partial(_note, asked)  # type: ignore[method-assign]
    box.open_with("欧")
    box.line.setText("oywj")
    assert set(asked) == {"omnibox.clients"}
    box.line.setText("欧阳")
    assert asked[-1] == "omnibox.contacts"


def _note(asked: list[str], _work: Any, *, then: Any, key: str) -> None:
    asked.append(key)
