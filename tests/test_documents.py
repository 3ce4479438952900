"""What the documents say of the house is so."""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from pathlib import Path

from advisorcrm.cli.main import build_parser
from tests.bench.figures import figure_of
from tests.bench.report import write_report

ROOT = Path(__file__).resolve().parent.parent
DECISIONS = ROOT / "docs" / "decisions"
HOUSE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_every_decision_is_listed_by_its_title_and_told_in_one_form() -> None:
    listed = re.findall(
        r"^\| \[(\d{3})\]\((.+?)\) \| (.+) \|$",
        (DECISIONS / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert [number for number, _file, _title in listed] == [
        f"{place:03}" for place in range(1, len(listed) + 1)
    ]
    assert {file for _number, file, _title in listed} == {
        path.name for path in DECISIONS.glob("0*.md")
    }
    for number, file, title in listed:
        text = (DECISIONS / file).read_text("utf-8")
        assert text.splitlines()[0] == f"# {number} {title}"
        parts = re.findall(r"^\*\*(.+?)\.\*\*", text, re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequence"], file


def test_the_tree_of_the_house_names_every_room() -> None:
    tree = HOUSE.partition("## 1 ")[2].partition("## 2 ")[0]
    program = ROOT / "advisorcrm"
    rooms = [path.name for path in program.iterdir() if path.suffix == ".py"]
    rooms += [f"{path.name}/" for place in (program, program / "services")
              for path in place.iterdir() if (path / "__init__.py").exists()]  # fmt: skip
    assert [room for room in rooms if room != "__init__.py" and room not in tree] == []


def test_the_layers_of_the_house_are_those_that_are_checked() -> None:
    told = tomllib.loads(re.findall(r"```toml\n(.*?)```", HOUSE, re.DOTALL)[0])["tool"][
        "importlinter"
    ]
    checked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    assert told["contracts"][0] == checked["contracts"][0]


def test_the_page_of_figures_shows_the_figures_that_are_kept(tmp_path: Path) -> None:
    page, docs = tmp_path / "performance.md", ROOT / "docs"
    page.write_text((docs / page.name).read_text("utf-8"), "utf-8")
    kept = json.loads((docs / "performance.json").read_text("utf-8"))
    write_report(page, [figure_of(record) for record in kept])
    assert page.read_text("utf-8") == (docs / page.name).read_text("utf-8")


def test_the_readme_names_every_command() -> None:
    told = (ROOT / "README.md").read_text("utf-8")
    [commands] = [
        action.choices
        for action in build_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    assert [name for name in commands if not re.search(rf"`{name}\b", told)] == []
