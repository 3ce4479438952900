"""Where the database lies and who asks, as the command line is told."""

from __future__ import annotations

from argparse import Namespace

import pytest

from advisorcrm.cli.session import location_of, password_from
from advisorcrm.errors import InvalidFieldError, SignInError


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("/tmp/库 一/营业部.db", "/tmp/库 一/营业部.db"),
        ("sqlite:////tmp/库 一/营业部.db", "/tmp/库 一/营业部.db"),
        ("sqlite:///branch.db", "branch.db"),
        ("file:///tmp/a%20b.db", "/tmp/a b.db"),
        ("postgresql://u:p@host/name", "postgresql://u:p@host/name"),
    ],
)
def test_a_database_is_told_by_its_place_or_its_address(told: str, place: str) -> None:
    assert location_of(Namespace(database=told)) == place


def test_the_address_of_another_server_is_refused_without_its_password() -> None:
    with pytest.raises(InvalidFieldError) as caught:
        location_of(Namespace(database="mysql://u:geheim@host/name"))
    assert "postgresql://" in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_an_empty_password_is_none_and_no_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISORCRM_PASSWORD", "")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(SignInError, match="ADVISORCRM_PASSWORD"):
        password_from("ADVISORCRM_PASSWORD", "")
