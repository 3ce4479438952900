"""What may travel with the program, by its licence."""

from __future__ import annotations

from email.message import Message

import pytest

from tools import licences


def package(**fields: str) -> licences.Package:
    about = Message()
    for name, value in ({"Version": "1"} | fields).items():
        about[name.replace("_", "-")] = value
    return licences.describe("x", about)


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "Apache-2.0 OR BSD-3-Clause",
        "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
        "GNU Lesser General Public License v2 or later (LGPLv2+)",
        "(MIT AND BSD-3-Clause) OR GPL-3.0-only",
        "PSFL",
    ],
)
def test_permissive_and_lesser_licences_may_travel(licence: str) -> None:
    assert package(License_Expression=licence).is_accepted


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-or-later",
        "GNU General Public License v3 (GPLv3)",
        "AGPL-3.0-only",
        "GNU Affero General Public License v3",
        "MIT AND GPL-2.0-only",
        "Our own",
        "",
    ],
)
def test_the_gpl_and_unknown_licences_may_not(licence: str) -> None:
    assert not package(License=licence).is_accepted


def test_a_licence_is_read_from_the_classifiers_when_nothing_else_names_it() -> None:
    assert package(
        License="UNKNOWN", Classifier="License :: OSI Approved :: MIT License"
    ).licence == ("MIT License")


def test_all_that_travels_today_is_accepted_and_listed() -> None:
    assert licences.problems(licences.travelling_packages()) == []
