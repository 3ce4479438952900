"""``tour``: one round through the windows, the pictures and papers it leaves."""

from __future__ import annotations

import gc
import importlib
import json
import pkgutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from advisorcrm import views
from advisorcrm.cli.main import run
from advisorcrm.cli.tour import guide
from advisorcrm.cli.tour.clock import tour_instant
from advisorcrm.cli.tour.guide import TourGuide
from advisorcrm.columns import BRANCH_TIME
from advisorcrm.services.workplace import desk
from tests.conftest import CHEAP

PAPERS = {"客户明细表.xlsx", "客户明细表.pdf", "客户资料卡.pdf", "沟通记录表.pdf"}
PICTURES = {"01-today", "01-notifications", "02-clients", "03-client", "03-client-attachments", "04-contact-entry", "09-import", "12-omnibox",
            "13-first-run", "14-login", "15-lock", "16-settings", "16-code-lists", "16-own-fields", "16-reminders", "16-holidays", "16-greetings", "28-care-month", "16-compliance", "16-settings-standards",
            "18-contacts", "19-manager-today", "23-calendar", "26-day-end", "27-events"}  # fmt: skip


HANGING = {"03-client-attachments", "03-client-relations", "03-client-on-site"}


BASES = {"EntryDialog", "FieldsDialog", "RecordListDialog", "TaskQuestion"}


def every_dialog() -> set[str]:
    """The names of all windows a page may open."""
    for module in pkgutil.walk_packages(views.__path__, "advisorcrm.views."):
        importlib.import_module(module.name)
    found, more = set[type](), [QDialog]
    while more:
        kinds = [kind for kind in more.pop().__subclasses__() if kind not in found]
        found.update(kinds)
        more += kinds
    return {kind.__name__ for kind in found if kind.__module__.startswith("advisorcrm.views")}


@pytest.fixture(autouse=True)
def _one_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """One language, look and size; the whole tour is taken by make tour."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")  # the tour names a screen of its own
    monkeypatch.setattr(guide, "LANGUAGES", ("zh_CN",))
    monkeypatch.setattr(guide, "LOOKS", ("dark",))
    monkeypatch.setattr(guide, "SIZES", ((1366, 768),))
    for name in ("set_up", "sign_in"):
        monkeypatch.setitem(getattr(desk, name).__kwdefaults__, "cost", CHEAP)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 20, 7, tzinfo=UTC), "2026-11-20"),
        (datetime(2026, 11, 20, 6, tzinfo=UTC), "2026-11-19"),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), "2026-11-20"),
        (datetime(2026, 10, 5, 12, tzinfo=UTC), "2026-09-30"),
    ],
)
def test_the_clock_of_the_tour_stands_on_a_working_day_that_has_been(
    now: datetime, day: str
) -> None:
    assert tour_instant(now).astimezone(BRANCH_TIME).isoformat() == f"{day}T14:20:00+08:00"


@pytest.mark.timeout(300)  # half a minute of work, more beside others
def test_a_round_leaves_a_picture_of_each_screen_and_the_papers(
    qapp: object,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "tour"
    collects: set[bool] = set()
    settle, take, shown = TourGuide.settle, TourGuide.picture, set[str]()

    def look(guide: TourGuide, *told: int) -> None:
        collects.add(gc.isenabled())
        settle(guide, *told)

    def note(guide: TourGuide, name: str, widget: QWidget) -> None:
        shown.add(type(widget).__name__)
        take(guide, name, widget)

    monkeypatch.setattr(TourGuide, "settle", look)
    monkeypatch.setattr(TourGuide, "picture", note)
    assert run(["tour", "--out", str(out), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer["files"]) == {path.name for path in out.iterdir()}
    assert set(answer["files"]) >= PAPERS
    assert collects == {False}, "a worker's thread that collects a widget stops everything"
    assert gc.isenabled()
    assert every_dialog() - shown <= BASES, "a window that no picture shows"
    taken = {name.removesuffix("-zh-dark-1366x768.png") for name in answer["files"]}
    assert taken >= PICTURES | HANGING
    for name in PICTURES - {"04-contact-entry"}:
        picture = QImage(str(out / f"{name}-zh-dark-1366x768.png"))
        assert (picture.width(), picture.height()) == (1366, 768)
        colours = {picture.pixel(x, y) for x in range(0, 1366, 40) for y in range(0, 768, 40)}
        assert len(colours) > 3, name
