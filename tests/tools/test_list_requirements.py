"""The list of proven requirements comes from the marks of the tests."""

from __future__ import annotations

from pathlib import Path

from tools.list_requirements import known, owed_faults, proven

SOURCE = """
import pytest

pytestmark = pytest.mark.req("R4")


@pytest.mark.req("R35", "R80")
def test_a_contact_is_kept(): ...


@pytest.mark.req("F2", "R4")
def test_a_kill_loses_nothing(): ...


@pytest.mark.parametrize("way", [pytest.param("phone", marks=pytest.mark.req("R81"))])
def test_each_way(way): ...


@pytest.mark.req("R9")
def make_something(): ...


class TestMasking:
    @pytest.mark.req("R16")
    def test_a_phone_is_masked(self): ...
"""


def test_marks_on_tests_modules_and_parameters_count_and_others_do_not(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_x.py").write_text(SOURCE, encoding="utf-8")
    found = proven(folder)
    assert list(found) == ["R4", "R16", "R35", "R80", "R81", "F2"]
    assert found["R16"] == ["tests/test_x.py::TestMasking::test_a_phone_is_masked"]
    assert len(found["R4"]) == 4


def test_every_number_of_the_branch_is_known() -> None:
    assert known() == {f"R{number}" for number in range(1, 264)}


def test_a_fault_that_is_not_tried_is_not_owed(tmp_path: Path) -> None:
    source = tmp_path / "faults.md"
    source.write_text("| F1 | a |\n## Not tried\n| F13 | b |\n", encoding="utf-8")
    assert owed_faults(source) == {"F1"}
