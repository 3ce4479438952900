from __future__ import annotations

from pathlib import Path

import pytest

from advisorcrm.db.keys import Vault, vault_path
from advisorcrm.errors import NotAllowedError, SignInError
from advisorcrm.services import desk
from advisorcrm.services.desk import NewUser, enter_user
from advisorcrm.services.workplace import Workplace, sign_in_at
from advisorcrm.terms import Role
from tests.conftest import CHEAP, NOW
from tests.factories import PASSWORD, PEOPLE


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(desk, "PASSWORD_COST", CHEAP)
    for function in (desk.set_up, desk.sign_in, enter_user):
        monkeypatch.setitem(function.__kwdefaults__, "cost", CHEAP)
    place = str(tmp_path / "branch.db")
    desk.set_up(place, desk.BranchInfo(name="历山路"), PEOPLE)
    return place


@pytest.fixture
def administrator(branch: str):  # type: ignore[no-untyped-def]
    workplace = sign_in_at(branch, "LSL0001", PASSWORD)
    yield workplace
    workplace.database.close()


def test_there_is_one_copy_a_day_whoever_is_signed_in(branch: str) -> None:
    advisor = sign_in_at(branch, "LSL0042", PASSWORD)
    assert advisor.last_copy() is None
    made = advisor.copy_daily()
    assert made == advisor.last_copy()
    assert advisor.last_copy_at() is not None
    assert advisor.copy_daily() is None
    with pytest.raises(NotAllowedError):
        advisor.back_up()
    assert advisor.check() == []
    advisor.database.close()


def test_a_closed_account_loses_its_key(branch: str, administrator: Workplace) -> None:
    key = administrator.enter_user(NewUser("LSL0077", "许清", Role.ADVISOR, PASSWORD))
    assert administrator.close_account(key) == "LSL0077"
    assert not Vault.load(vault_path(Path(branch))).has("LSL0077")
    with pytest.raises(SignInError):
        desk.sign_in(branch, "LSL0077", PASSWORD, now=NOW)


def test_a_person_changes_the_own_password(branch: str, administrator: Workplace) -> None:
    administrator.change_password(PASSWORD, "brand-new-password")
    database = desk.sign_in(branch, "LSL0001", "brand-new-password", now=NOW)
    assert database.actor == administrator.actor
    database.close()
