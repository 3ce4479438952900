from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.errors import DatabaseDamagedError, DiskFullError, InvalidFieldError
from advisorcrm.services.branch.branches import BranchInfo
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.clients.clients import ClientFilter, count_clients
from advisorcrm.services.workplace import desk, first_run
from advisorcrm.services.workplace.desk import NewUser
from advisorcrm.services.workplace.first_run import FirstRun, make_branch
from advisorcrm.terms import Role
from tests.conftest import CHEAP, NOW, TODAY
from tests.factories import PASSWORD

PEOPLE = (
    NewUser("LSL0001", "秦越", Role.ADMINISTRATOR, PASSWORD),
    NewUser("LSL0042", "林若溪", Role.ADVISOR, PASSWORD, ("第二客户组",)),
)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(desk.set_up.__kwdefaults__, "cost", CHEAP)
    monkeypatch.setitem(desk.sign_in.__kwdefaults__, "cost", CHEAP)


def wanted(folder: Path, **how: object) -> FirstRun:
    return FirstRun(str(folder / "branch.db"), BranchInfo(name="历山路"), PEOPLE, **how)  # type: ignore[arg-type]


def test_the_branch_has_its_people_its_choices_and_a_key_for_the_sheet(tmp_path: Path) -> None:
    choices = {"language": "en", "theme": "dark", "font_percent": 125}
    key = make_branch(wanted(tmp_path, high_end_tiers=("platinum",), choices=choices), now=NOW)
    for number in ("LSL0001", "LSL0042"):
        database = desk.sign_in(str(tmp_path / "branch.db"), number, PASSWORD, now=NOW)
        settings = database.read(load_settings)
        assert settings.high_end_tiers == ("platinum",)
        assert (settings.language, settings.theme, settings.font_percent) == ("en", "dark", 125)
        database.close()
    vault = Vault.load(vault_path(tmp_path / "branch.db"))
    assert vault.unlock_with_recovery_key(key, now=NOW)


def test_samples_are_the_first_users_clients_and_only_if_wanted(tmp_path: Path) -> None:
    for name, with_samples, count in (("with", True, 42), ("without", False, 0)):
        (tmp_path / name).mkdir()
        make_branch(wanted(tmp_path / name, with_samples=with_samples), now=NOW)
        database = desk.sign_in(str(tmp_path / name / "branch.db"), "LSL0042", PASSWORD, now=NOW)
        totals = database.read(lambda s, a: count_clients(s, a, ClientFilter(), today=TODAY))
        assert totals.total == count
        database.close()


def test_a_bad_answer_leaves_nothing_behind(tmp_path: Path) -> None:
    twice = (*PEOPLE, NewUser("lsl0042", "周岚", Role.ADVISOR, PASSWORD))
    with pytest.raises(InvalidFieldError, match="已有人使用"):
        make_branch(
            FirstRun(str(tmp_path / "branch.db"), BranchInfo(name="历山路"), twice), now=NOW
        )
    assert list(tmp_path.glob("branch*")) == []
    make_branch(wanted(tmp_path), now=NOW)


def test_samples_that_do_not_fit_leave_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else there would be a branch whose recovery key nobody has ever seen."""

    def refuse(*_what: object, **_how: object) -> None:
        raise DiskFullError("磁盘已满")

    with monkeypatch.context() as full:
        full.setattr(first_run, "fill_with_samples", refuse)
        with pytest.raises(DiskFullError):
            make_branch(wanted(tmp_path, with_samples=True), now=NOW)

    assert list(tmp_path.glob("branch*")) == []
    assert make_branch(wanted(tmp_path, with_samples=True), now=NOW)


def test_choices_and_samples_stand_in_the_history_under_who_made_them(tmp_path: Path) -> None:
    make_branch(wanted(tmp_path, with_samples=True, choices={"theme": "dark"}), now=NOW)
    database = desk.sign_in(str(tmp_path / "branch.db"), "LSL0042", PASSWORD, now=NOW)
    found = database.read(
        lambda session, _actor: session.execute(
            text("SELECT DISTINCT table_name, actor FROM change_history ORDER BY 1, 2")
        ).all()
    )
    database.close()
    by_table = {table: {who for name, who in found if name == table} for table, _who in found}
    assert by_table["client"] == by_table["contact_log"] == {"LSL0042"}
    assert by_table["setting"] == {"LSL0001", "LSL0042"}
    assert by_table["user"] == {"program"}


def test_what_lies_there_is_not_overwritten(tmp_path: Path) -> None:
    make_branch(wanted(tmp_path), now=NOW)
    before = (tmp_path / "branch.db").read_bytes()
    with pytest.raises(DatabaseDamagedError, match="没有覆盖"):
        make_branch(wanted(tmp_path), now=NOW)
    assert (tmp_path / "branch.db").read_bytes() == before
