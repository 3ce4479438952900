"""Lists which requirements and faults the tests prove, to ``build/requirements.txt``.

One counts when a test carries ``@pytest.mark.req("R33")`` or ``("F6")`` (on itself, its class or,
as ``pytestmark``, its module).
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "requirements.txt"
SOURCE = ROOT / "docs" / "requirements.md"
FAULTS = ROOT / "docs" / "faults.md"


def proven(tests: Path) -> dict[str, list[str]]:
    """Requirement -> the tests that prove it."""
    found = defaultdict(list)
    for file in sorted(tests.rglob("test_*.py")):
        path = file.relative_to(tests.parent).as_posix()
        tree = ast.parse(file.read_text(encoding="utf-8"), path)
        for requirement, test in _marks_of(tree.body, "", _module_marks(tree)):
            found[requirement].append(f"{path}::{test}")
    return {number: found[number] for number in sorted(found, key=_place)}


def _place(number: str) -> tuple[bool, int]:
    return number.startswith("F"), int(number[1:])


def _module_marks(tree: ast.Module) -> list[str]:
    marks = []
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "pytestmark"
            for target in statement.targets
        ):
            marks += _numbers(statement.value)
    return marks


def _marks_of(body: list[ast.stmt], inside: str, given: list[str]) -> Iterator[tuple[str, str]]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        marks = [*given, *(number for mark in node.decorator_list for number in _numbers(mark))]
        if isinstance(node, ast.ClassDef):
            yield from _marks_of(node.body, f"{node.name}::", marks)
        elif node.name.startswith("test_"):
            yield from ((number, inside + node.name) for number in dict.fromkeys(marks))


def _numbers(mark: ast.expr) -> list[str]:
    """Requirement numbers in ``pytest.mark.req(...)``, wherever it stands in an expression."""
    return [
        str(argument.value)
        for call in ast.walk(mark)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("mark.req")
        for argument in call.args
        if isinstance(argument, ast.Constant)
    ]


def known(source: Path = SOURCE) -> set[str]:
    """Numbers that the list of requirements holds."""
    return _first_cells(source.read_text(encoding="utf-8"))


def owed_faults(source: Path = FAULTS) -> set[str]:
    """The faults that a test must try: those above the part that is not tried."""
    tried, _heading, _rest = source.read_text(encoding="utf-8").partition("## Not tried")
    return _first_cells(tried)


def _first_cells(text: str) -> set[str]:
    return set(re.findall(r"^\| ([RF]\d+) ", text, re.MULTILINE))


def main() -> int:
    """Write the list; status 1 for a number that does not exist or a fault that no test tries."""
    found, faults = proven(ROOT / "tests"), owed_faults()
    if unknown := sorted(set(found) - known() - faults):
        print(f"No such requirement or fault: {', '.join(unknown)}")
        return 1
    if untried := sorted(faults - set(found)):
        print(f"No test tries: {', '.join(untried)}")
        return 1
    lines = [f"{number}\t{test}\n" for number, tests in found.items() for test in tests]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("".join(lines), encoding="utf-8")
    met = [number for number in found if number not in faults]
    print(f"{len(met)} requirements proven: {' '.join(met)}")
    print(f"{len(faults)} faults tried")
    return 0


if __name__ == "__main__":
    sys.exit(main())
