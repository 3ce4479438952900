"""Licences of what travels with the program: written to a list, and checked for the GPL.

What travels is what ``requirements.lock`` names. The LGPL is fine (the libraries are separate
files that anyone can replace), so is a choice that includes a permissive licence or the LGPL.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
TARGET = ROOT / "THIRD_PARTY_LICENSES.md"

BUILD_ONLY = {"setuptools"}
# Packages whose metadata names no licence, read by a person in their sources.
READ_BY_HAND = {"sqlcipher3": "Zlib"}
ACCEPTED = re.compile(
    r"\b(MIT|MIT-0|BSD|BSD-[23]-Clause|0BSD|Apache|ISC|Zlib|PSF|Python Software Foundation|LGPL"
    r"|Lesser General Public|MPL|Mozilla Public|HPND|Unicode|Unlicense|CC0)",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"(?<!L)GPL|(?<!Lesser )General Public|Affero|SSPL|Commons Clause", re.IGNORECASE
)

HEAD = """# Third-party licences

Written by `make licences`; `make check` fails when a package under the GPL, the AGPL or an
unknown licence joins. The program itself is under the Apache License 2.0 (see `LICENSE`).

| package | version | licence | home |
| --- | --- | --- | --- |
"""
TAIL = """
Inside these packages: Qt 6 (PySide6_Essentials, LGPL-3.0), SQLCipher (BSD-3-Clause), SQLite
(public domain) and OpenSSL (Apache-2.0) in sqlcipher3, libpq (PostgreSQL licence) in
psycopg-binary. The LGPL libraries stay separate files in every form of delivery, so that anyone
can replace them. Each package's own licence text lies in its `*.dist-info` folder.

Beside them: the icons in `resources/icons` come from Lucide (ISC; see the `LICENSE` there).
"""


@dataclass(frozen=True, slots=True)
class Package:
    """One package that travels with the program."""

    name: str
    version: str
    licence: str
    home: str

    @property
    def is_accepted(self) -> bool:
        """Whether one of the licences offered can be lived with."""
        return any(is_accepted(choice) for choice in re.split(r"\s+OR\s+", self.licence))


def is_accepted(licence: str) -> bool:
    """Whether a licence, or all of several that hold together, is known and not the GPL."""
    parts = re.split(r"\s+AND\s+|;\s*", licence.strip("() "))
    return all(ACCEPTED.search(part) and not REFUSED.search(part) for part in parts)


def travelling_packages() -> list[Package]:
    """What the lock file names, as it is installed."""
    names = re.findall(r"^([a-zA-Z0-9._-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return [describe(name, metadata(name)) for name in names if name not in BUILD_ONLY]


def describe(name: str, about: PackageMetadata) -> Package:
    """What a package says about itself."""
    licence = _licence(about) or READ_BY_HAND.get(name, "")
    return Package(name, _field(about, "Version"), licence, _home(about))


def _licence(about: PackageMetadata) -> str:
    for name in ("License-Expression", "License"):
        text = _field(about, name)
        if text and "\n" not in text and text != "UNKNOWN":
            return text
    classifiers = about.get_all("Classifier") or []
    return "; ".join(
        line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")
    )


def _home(about: PackageMetadata) -> str:
    links = [link.partition(", ") for link in about.get_all("Project-URL") or []]
    by_label: dict[str, str] = {label.lower(): url for label, _, url in links}
    for label in ("homepage", "source", "repository", "source code"):
        if label in by_label:
            return by_label[label]
    return _field(about, "Home-page")


def _field(about: PackageMetadata, name: str) -> str:
    values = about.get_all(name) or [""]
    return str(values[0])


def as_text(packages: list[Package]) -> str:
    """The list as it is kept."""
    ordered = sorted(packages, key=lambda package: package.name.lower())
    rows = [
        f"| {each.name} | {each.version} | {each.licence} | {each.home} |\n" for each in ordered
    ]
    return HEAD + "".join(rows) + TAIL


def problems(packages: list[Package]) -> list[str]:
    """Packages that must not travel, and a list that is behind."""
    found = [
        f"{each.name}: licence {each.licence or 'unknown'!r} is not accepted"
        for each in packages
        if not each.is_accepted
    ]
    if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != as_text(packages):
        found.append(f"{TARGET.name} is behind; run `make licences`")
    return found


def main() -> int:
    """Write the list, or with ``--check`` say what is wrong."""
    packages = travelling_packages()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(as_text(packages), encoding="utf-8")
        return 0
    found = problems(packages)
    print("\n".join(found) if found else f"{len(packages)} packages, all licences accepted.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
