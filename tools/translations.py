"""The English catalogue: kept in step with the texts of the program.

``update``   collect the texts anew, keep what is translated, compile
``missing``  print what has no English yet, as JSON for a translator to fill in
``fill``     take such a filled-in file back, then compile

Both the catalogue (.po) and its compiled form (.mo) are kept, so that a checkout, a wheel and a
bundle run without Babel; ``tools/check_translations.py`` proves that they belong together.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools import texts

FOLDER = texts.ROOT / "resources" / "locale" / "en" / "LC_MESSAGES"
PO = FOLDER / "advisorcrm.po"
MO = FOLDER / "advisorcrm.mo"
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # a clock in the file would change it each time


def new_catalogue() -> Catalog:
    """An empty English catalogue with the house's header."""
    return Catalog(
        locale="en",
        domain="advisorcrm",
        project="advisorcrm",
        version="1",
        header_comment="# English texts of advisorcrm. Kept by tools/translations.py.",
        copyright_holder="",
        msgid_bugs_address="see CONTRIBUTING.md",
        last_translator="advisorcrm",
        language_team="en",
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        fuzzy=False,
    )


def collect(found: list[texts.Text]) -> Catalog:
    """The texts as a catalogue without translations."""
    template = new_catalogue()
    for text in found:
        ids = text.ids if len(text.ids) > 1 else text.ids[0]
        template.add(ids, locations=[(text.path, text.line)], context=text.context)
    return template


def load(path: Path = PO) -> Catalog:
    """The catalogue as it is kept."""
    if not path.exists():
        return new_catalogue()
    with path.open("rb") as file:
        return read_po(file, locale="en", domain="advisorcrm")


def save(catalogue: Catalog, folder: Path = FOLDER) -> None:
    """Write the catalogue and its compiled form."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PO.name).write_bytes(text_form(catalogue))
    (folder / MO.name).write_bytes(compiled_form(catalogue))


def text_form(catalogue: Catalog) -> bytes:
    """The catalogue as text: places by file only, so that a moved line changes nothing."""
    buffer = io.BytesIO()
    write_po(
        buffer, catalogue, width=100, sort_by_file=True, include_lineno=False, ignore_obsolete=True
    )
    return buffer.getvalue()


def compiled_form(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def updated(catalogue: Catalog, found: list[texts.Text]) -> Catalog:
    """A catalogue of exactly the texts found, with the translations there were."""
    fresh = collect(found)
    for message in fresh:
        known = catalogue.get(message.id, context=message.context) if message.id else None
        if known is None or not known.string or known.fuzzy:
            continue
        if isinstance(known.string, str) and message.pluralizable:
            continue  # a count that is said with its plural now: its English must be written anew
        message.string = known.string
    return fresh


def entries(catalogue: Catalog) -> list[Message]:
    """All messages but the header."""
    return [message for message in catalogue if message.id]


def is_translated(message: Message) -> bool:
    """Whether every form of a message has its English."""
    return not message.fuzzy and all(forms_of(message))


def ids_of(message: Message) -> tuple[str, ...]:
    """The Chinese of a message: one form, or two where English counts."""
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def forms_of(message: Message) -> tuple[str, ...]:
    """The English of a message in as many forms."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(form or "" for form in forms)


def as_json(messages: list[Message]) -> str:
    """Messages for a translator: fill in ``english`` (two forms where English counts)."""
    rows = [
        {
            "id": ids_of(message)[0],
            "context": message.context,
            "where": sorted({path for path, _ in message.locations}),
            "english": ["", ""] if len(ids_of(message)) > 1 else "",
        }
        for message in messages
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def fill(catalogue: Catalog, rows: list[dict[str, Any]]) -> int:
    """Take filled-in rows into the catalogue; how many were of use."""
    by_key = {(ids_of(message)[0], message.context): message for message in entries(catalogue)}
    count = 0
    for row in rows:
        found = by_key.get((row["id"], row.get("context")))
        english = row["english"]
        if found is None or not english or not all(english):
            continue
        found.string = tuple(english) if isinstance(english, list) else english
        found.flags.discard("fuzzy")
        count += 1
    return count


def main(arguments: list[str] | None = None) -> int:
    """Command line of the translators."""
    parser = argparse.ArgumentParser(prog="tools.translations", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("update", help="collect the texts anew and compile")
    commands.add_parser("missing", help="print what has no English yet, as JSON")
    commands.add_parser("fill", help="take a filled-in file back").add_argument("file", type=Path)
    chosen = parser.parse_args(arguments)
    catalogue = updated(load(), texts.find_in_package().texts)
    if chosen.command == "missing":
        print(as_json([message for message in entries(catalogue) if not is_translated(message)]))
        return 0
    if chosen.command == "fill":
        count = fill(catalogue, json.loads(chosen.file.read_text(encoding="utf-8")))
        print(f"{count} texts taken in")
    save(catalogue)
    missing = sum(not is_translated(message) for message in entries(catalogue))
    print(f"{len(entries(catalogue))} texts, {missing} without English")
    return 0


if __name__ == "__main__":
    sys.exit(main())
