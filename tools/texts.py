"""Finds the texts for people in the source: what is marked, and what should have been.

A text is marked by ``_``, ``N_``, ``ngettext``, ``pgettext``, or stands in a ``Column`` as its
label or explanation. Chinese that is data and not text (seeds, aliases, words to compare with)
carries the comment ``# chinese: data``: above the first statement it speaks for the whole
module, on a line of its own elsewhere for the statement below, else for the statement (or
function, or class) on whose first line it stands. The modules of ``DATA`` need no comment, but
a whole sentence (it ends in 。！？) is text even there, unless the comment says otherwise.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "advisorcrm"
DATA = (
    "advisorcrm/db/migrations/*",
    "advisorcrm/exports/*",
    "advisorcrm/imports/*",
    "advisorcrm/rules/*",
    "advisorcrm/services/branch/code_list*",
)
DATA_COMMENT = "# chinese: data"

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{HAN}]")
_SENTENCE = re.compile(r"[。！？]\s*$")

# How many leading arguments are texts, and whether the first of all is a context.
_MARKS = {"_": 1, "N_": 1, "gettext": 1, "ngettext": 2, "pgettext": 1}


@dataclass(frozen=True, slots=True)
class Text:
    """A marked text and where it stands."""

    path: str
    line: int
    ids: tuple[str, ...]
    context: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A place that a person must look at."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


@dataclass(slots=True)
class Findings:
    """What one or many modules hold."""

    texts: list[Text] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return _HAN.search(text) is not None


def find_in_package(root: Path = ROOT) -> Findings:
    """Everything in the program's modules, in a settled order."""
    findings = Findings()
    for file in sorted((root / PACKAGE).rglob("*.py")):
        path = file.relative_to(root).as_posix()
        found = find_in_source(file.read_text(encoding="utf-8"), path)
        findings.texts += found.texts
        findings.problems += found.problems
    return findings


def find_in_source(source: str, path: str) -> Findings:
    """Marked texts of one module, and Chinese that is neither marked nor declared as data."""
    tree = ast.parse(source, path)
    finder = _Finder(path, _data_lines(source), _first_statement(tree))
    finder.visit(tree)
    return finder.findings


class _Finder(ast.NodeVisitor):
    """Walks one module; what a mark has taken in is not looked at again."""

    def __init__(self, path: str, data_lines: set[int], first_statement: int) -> None:
        self.findings = Findings()
        self._path = path
        self._data_lines = data_lines
        self._may_hold_data = any(fnmatch(path, pattern) for pattern in DATA)
        self._data_depth = int(any(line < first_statement for line in data_lines))

    def visit(self, node: ast.AST) -> None:
        is_data = isinstance(node, ast.stmt) and node.lineno in self._data_lines
        self._data_depth += is_data
        super().visit(node)
        self._data_depth -= is_data

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring is no text for people
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = _called_name(node)
        if name in _MARKS:
            self._take_marked(node, name)
        elif name == "Column":
            self._take_column(node)
        else:
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        literal = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        self._judge_unmarked(literal, node)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._judge_unmarked(node.value, node)

    def _take_marked(self, node: ast.Call, name: str) -> None:
        arguments = list(node.args)
        context = _constant(arguments.pop(0)) if name == "pgettext" and arguments else None
        count = _MARKS[name]
        self._take(arguments[:count], context)
        for rest in [*arguments[count:], *(keyword.value for keyword in node.keywords)]:
            self.visit(rest)

    def _take_column(self, node: ast.Call) -> None:
        values = {keyword.arg: keyword.value for keyword in node.keywords}
        if node.args:
            values["label"] = node.args[0]
        label = values.get("label")
        if isinstance(label, ast.Constant) and not has_han(str(label.value)):
            self.generic_visit(node)  # a column of the database: its name is nobody's text
            return
        for name in ("label", "explain"):
            if name in values:
                self._take([values[name]], None)
        # Aliases are headings of other people's sheets, hence data.

    def _take(self, arguments: list[ast.expr], context: str | None) -> None:
        if len(arguments) == 1 and isinstance(arguments[0], ast.Call):
            self.visit(arguments[0])  # marked once more: explain=N_("…")
            return
        if len(arguments) == 1 and isinstance(arguments[0], ast.IfExp):
            self._take([arguments[0].body], context)
            self._take([arguments[0].orelse], context)
            return
        ids = tuple(text for text in map(_constant, arguments) if text is not None)
        if ids and len(ids) == len(arguments):
            if ids[0]:
                line = arguments[0].lineno
                self.findings.texts.append(Text(self._path, line, ids, context))
            return
        for argument in arguments:
            if any(_is_text(part) for part in ast.walk(argument)):
                self._report(argument, "a marked text is one constant: no f-string, no sum, no %")

    def _judge_unmarked(self, text: str, node: ast.expr) -> None:
        if not has_han(text) or self._data_depth or self._is_on_data_line(node):
            return
        if self._may_hold_data and not _SENTENCE.search(text):
            return
        self._report(node, f"Chinese text is not marked: {text[:40]!r}")

    def _is_on_data_line(self, node: ast.expr) -> bool:
        last = node.end_lineno or node.lineno
        return any(line in self._data_lines for line in range(node.lineno, last + 1))

    def _report(self, node: ast.expr, what: str) -> None:
        self.findings.problems.append(Problem(self._path, node.lineno, what))


def _data_lines(source: str) -> set[int]:
    """Lines for which the comment speaks: its own, and the one below when it stands alone."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.string.startswith(DATA_COMMENT):
            line = token.start[0]
            lines |= {line, line + 1} if token.line.strip().startswith("#") else {line}
    return lines


def _first_statement(tree: ast.Module) -> int:
    """Line of the first statement that is no docstring; above it is the module's head."""
    for statement in tree.body:
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            return statement.lineno
    return 0


def _called_name(node: ast.Call) -> str:
    target = node.func
    if isinstance(target, ast.Attribute):
        return target.attr
    return target.id if isinstance(target, ast.Name) else ""


def _constant(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _is_text(node: ast.AST) -> bool:
    """Something that was meant to be translated but cannot be found at run time."""
    return isinstance(node, ast.JoinedStr) or has_han(_constant(node) or "")
