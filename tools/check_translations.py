"""Fails when a text is unmarked, untranslated, badly punctuated or has other placeholders."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message

from tools import texts, translations
from tools.texts import HAN, Problem, Text

_HALF_WIDTH = re.compile(f"[{HAN}][,:;()?!]|[,:;()?!][{HAN}]")


def punctuation_problems(found: list[Text]) -> list[Problem]:
    """Half-width marks beside a Chinese character."""
    return [
        Problem(text.path, text.line, f"half-width punctuation beside Chinese: {part!r}")
        for text in found
        for part in dict.fromkeys(text.ids)
        if _HALF_WIDTH.search(part)
    ]


def placeholders(text: str) -> frozenset[str]:
    """Names in braces; a text with loose braces is not meant for ``format`` and has none."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return frozenset()


def catalogue_problems(catalogue: Catalog, path: str) -> list[Problem]:
    """Entries without English, English that is still Chinese, and lost placeholders."""
    problems = []
    for message in translations.entries(catalogue):
        what = _what_is_wrong(message)
        if what:
            problems.append(Problem(path, message.lineno or 0, f"{what}: {message.id!r}"))
    return problems


def _what_is_wrong(message: Message) -> str:
    if message.fuzzy:
        return "translation is only a guess (fuzzy)"
    if not translations.is_translated(message):
        return "no English"
    ids, forms = translations.ids_of(message), translations.forms_of(message)
    if any(form in ids and texts.has_han(form) for form in forms):
        return "the English is the Chinese"
    wanted = frozenset().union(*map(placeholders, ids))
    for number, form in enumerate(forms):
        names = placeholders(form)
        # English may say "one client" where Chinese says the number.
        may_drop = len(forms) > 1 and number == 0
        if names != wanted and not (may_drop and names < wanted):
            return f"placeholders differ ({sorted(wanted)} and {sorted(names)})"
    return ""


def currency_problems(kept: Catalog, found: list[Text], mo: Path, path: str) -> list[Problem]:
    """A catalogue that is behind the program, or a compiled form that is behind the catalogue."""
    current = translations.updated(kept, found)
    keys = {(message.id, message.context) for message in translations.entries(current)}
    kept_keys = {(message.id, message.context) for message in translations.entries(kept)}
    lacking, left_over = len(keys - kept_keys), len(kept_keys - keys)
    if lacking or left_over:
        what = f"behind the program: {lacking} texts lacking, {left_over} left over"
        return [Problem(path, 0, f"{what}; run `make translations`")]
    if not mo.exists() or mo.read_bytes() != translations.compiled_form(kept):
        return [Problem(path, 0, "the compiled catalogue is behind; run `make translations`")]
    return []


def all_problems() -> list[Problem]:
    """What is wrong with the texts of the program and its catalogue."""
    found = texts.find_in_package()
    kept = translations.load()
    path = translations.PO.relative_to(texts.ROOT).as_posix()
    return [
        *found.problems,
        *punctuation_problems(found.texts),
        *currency_problems(kept, found.texts, translations.MO, path),
        *catalogue_problems(kept, path),
    ]


def main() -> int:
    """Print each problem; status 1 when there is any."""
    problems = all_problems()
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems with texts" if problems else "All texts are translated.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
