"""``export``: lists and forms as workbook or PDF, masked unless right and purpose are given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from advisorcrm.db.database import open_file
from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.services.branch.users import find_actor
from tests.cli.test_commands import ADMINISTRATOR, ADVISOR, MANAGER, Shell, shell
from tests.conftest import NOW
from tests.factories import make_client, make_log

__all__ = ["shell"]  # the fixture
NAME, ACCOUNT, MOBILE = "欧阳文静", "010000007715", "13900000458"


@pytest.fixture
def office(shell: Shell) -> Shell:
    """The branch with one client of the advisor and one conversation."""
    behind(
        shell,
        lambda s, advisor: make_log(
            s, advisor, make_client(s, advisor, name=NAME, account=ACCOUNT, mobile=MOBILE)
        ),
    )
    return shell


def behind(shell: Shell, work: Any) -> Any:
    """Something done to the database behind the command line's back."""
    secret = Vault.load(vault_path(shell.database)).unlock(ADVISOR, "correct-horse", now=NOW)
    database = open_file(shell.database, secret)
    try:
        database.actor = database.read(lambda s, _a: find_actor(s, ADVISOR))
        return database.write(work)
    finally:
        database.close()


def logged(shell: Shell) -> list[Any]:
    from sqlalchemy import text

    question = text("SELECT kind, subject, purpose, was_masked FROM access_log ORDER BY id")
    return behind(shell, lambda s, _a: [tuple(row) for row in s.execute(question)])


def words(path: Path) -> str:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return str(list(sheet.iter_rows(values_only=True)))


@pytest.mark.req("R71", "R148")
@pytest.mark.parametrize(
    ("kind", "more", "subject"),
    [
        ("client-list", [], "客户明细表"),
        ("client-card", ["--client", ACCOUNT], "客户资料卡"),
        ("contact-log", ["--client", ACCOUNT], "客户沟通记录表"),
    ],
)
def test_each_form_is_written_masked_and_noted(
    office: Shell, tmp_path: Path, kind: str, more: list[str], subject: str
) -> None:
    path = tmp_path / "form.xlsx"
    status, answer, err = office("export", kind, *more, "--out", str(path), user=ADVISOR)
    assert (status, err) == (0, "")
    assert answer == {"file": str(path), "rows": 1, "masked": True}
    assert NAME in words(path)
    for number in (ACCOUNT, MOBILE):
        assert number not in words(path)
    assert logged(office) == [("export", subject, "", 1)]

    pdf = tmp_path / "form.pdf"
    status, answer, _err = office("export", kind, *more, "--out", str(pdf), user=ADVISOR)
    assert (status, answer["rows"]) == (0, 1)
    assert pdf.read_bytes().startswith(b"%PDF")


@pytest.mark.req("R148")
def test_whole_numbers_need_the_right_and_a_purpose(office: Shell, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    order = ("export", "client-list", "--out", str(path), "--unmasked")
    status, answer, _err = office(*order, "--purpose", "核对", user=ADVISOR)
    assert (status, "没有这项权限" in answer["error"]) == (1, True)
    status, answer, _err = office(*order, user=MANAGER)
    assert (status, "用途" in answer["error"]) == (1, True)
    assert not path.exists()
    status, answer, _err = office(*order, "--purpose", "季度核对", user=MANAGER)
    assert (status, answer["masked"]) == (0, False)
    assert MOBILE in words(path)
    assert logged(office) == [("export", "客户明细表", "季度核对", 0)]


@pytest.mark.req("R16", "R148")
def test_the_list_of_one_client_holds_nobody_whose_numbers_end_alike(
    office: Shell, tmp_path: Path
) -> None:
    def add_two(session: Any, advisor: Any) -> None:
        make_client(session, advisor, name="乙", account=f"99{ACCOUNT}", mobile="13800000001")
        make_client(session, advisor, name="丙", account="88", mobile="13800007715")

    behind(office, add_two)
    path, pdf = tmp_path / "list.xlsx", tmp_path / "list.pdf"
    order = ("export", "client-list", "--client", ACCOUNT, "--out")
    for out in (path, pdf):
        status, answer, _err = office(*order, str(out), user=ADVISOR)
        assert (status, answer["rows"]) == (0, 1)
    assert NAME in words(path)
    assert "乙" not in words(path)
    assert "丙" not in words(path)


def test_days_narrow_the_contacts(office: Shell, tmp_path: Path) -> None:
    path = str(tmp_path / "log.xlsx")
    order = ("export", "contact-log", "--out", path)
    assert office(*order, "--from", "2026-11-20", "--to", "2026-11-20")[1]["rows"] == 1
    assert office(*order, "--from", "2026-11-21")[1]["rows"] == 0


def test_an_exported_list_imported_again_changes_nothing(office: Shell, tmp_path: Path) -> None:
    path = str(tmp_path / "list.xlsx")
    office("export", "client-list", "--out", path, "--unmasked", "--purpose", "往返")
    status, answer, _err = office("import", "clients", path, "--rule", "overwrite")
    assert status == 0
    assert (answer["read"], answer["unchanged"]) == (1, 1)


@pytest.mark.parametrize(
    ("more", "words_"),
    [
        (["client-list", "--out", "list.doc"], "结尾"),
        (["client-card", "--out", "card.xlsx"], "--client"),
        (
            ["contact-log", "--from", "2026-11-21", "--to", "2026-11-20", "--out", "log.xlsx"],
            "晚于",
        ),
        (["client-card", "--client", "999", "--out", "card.xlsx"], "找不到这位客户"),
        (["client-list", "--client", "999", "--out", "list.xlsx"], "找不到这位客户"),
    ],
)
def test_a_wrong_order_meets_its_sentence(office: Shell, more: list[str], words_: str) -> None:
    status, answer, err = office("export", *more, user=ADVISOR)
    assert status == 1
    assert words_ in answer["error"]
    assert answer["error"] in err


@pytest.mark.parametrize("kind", ["client-list", "client-card"])
def test_days_are_for_the_contacts_alone(office: Shell, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "list.xlsx"
    status, answer, err = office(
        "export", kind, "--from", "2026-11-20", "--out", str(path), user=ADVISOR
    )
    assert (status, "contact-log" in answer["error"]) == (2, True)
    assert answer["error"] in err
    assert not path.exists()


@pytest.mark.req("R16")
def test_the_administrator_takes_nothing_out(office: Shell, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    status, answer, _err = office("export", "client-list", "--out", str(path), user=ADMINISTRATOR)
    assert (status, "没有这项权限" in answer["error"]) == (1, True)
    assert not path.exists()
    assert logged(office) == []
