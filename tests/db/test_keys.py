"""The vault: who can open it, who must wait, and what a damaged one does."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisorcrm.db.keys import CLOSED_FOR, WAITS, Vault, new_recovery_key, vault_path
from advisorcrm.errors import (
    DatabaseDamagedError,
    DatabaseReadOnlyError,
    InvalidFieldError,
    SignInError,
)
from tests.conftest import CHEAP, NOW
from tests.factories import PASSWORD

SECRET = b"s" * 32


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made, _recovery_key = Vault.create(tmp_path / "branch.vault", secret=SECRET, cost=CHEAP)
    made.set_password("LSL0042", PASSWORD, SECRET)
    return made


def try_wrong(vault: Vault, number: str = "LSL0042", *, now: datetime = NOW) -> SignInError:
    with pytest.raises(SignInError) as caught:
        Vault.load(vault.path, CHEAP).unlock(number, "wrong-password", now=now)
    return caught.value


def unlock(vault: Vault, *, now: datetime, number: str = "LSL0042") -> bytes:
    return Vault.load(vault.path, CHEAP).unlock(number, PASSWORD, now=now)


@pytest.mark.req("F30")
def test_each_wrong_password_waits_longer_and_the_fifth_a_quarter_of_an_hour(vault: Vault) -> None:
    now, waits, left = NOW, [], []
    for _attempt in range(7):
        error = try_wrong(vault, now=now)
        waits.append(error.wait_seconds)
        left.append(error.tries_left)
        now += timedelta(seconds=error.wait_seconds)
    assert waits == [5, 10, 30, 60, 900, 900, 900]
    assert left == [4, 3, 2, 1, 0, 0, 0]
    assert unlock(vault, now=now) == SECRET
    assert try_wrong(vault, now=now).wait_seconds == 5


@pytest.mark.req("F30")
def test_the_right_password_must_wait_too_even_after_a_restart(vault: Vault) -> None:
    try_wrong(vault)
    with pytest.raises(SignInError, match="请等 4 秒") as caught:
        unlock(vault, now=NOW + timedelta(seconds=1))
    assert caught.value.wait_seconds == 4
    assert unlock(vault, now=NOW + timedelta(seconds=5)) == SECRET


def test_a_clock_set_back_does_not_lock_anybody_out(vault: Vault) -> None:
    try_wrong(vault)
    with pytest.raises(SignInError) as caught:
        unlock(vault, now=NOW - timedelta(days=365))
    assert caught.value.wait_seconds == 5


def test_asking_while_waiting_does_not_prolong_the_wait(vault: Vault) -> None:
    try_wrong(vault)
    for _attempt in range(3):
        assert try_wrong(vault, now=NOW + timedelta(seconds=2)).wait_seconds == 3
    assert unlock(vault, now=NOW + timedelta(seconds=6)) == SECRET


def test_an_unknown_number_is_told_nothing_else_and_waits_as_well(vault: Vault) -> None:
    known, unknown = str(try_wrong(vault)), try_wrong(vault, "LSL9999")
    assert str(unknown) == known
    assert try_wrong(vault, "LSL8888").wait_seconds == 5
    assert try_wrong(vault, "LSL9999", now=NOW + timedelta(seconds=2)).wait_seconds == 3
    assert unlock(vault, now=NOW + timedelta(seconds=5)) == SECRET


def test_one_person_does_not_wait_for_anothers_mistakes(vault: Vault) -> None:
    vault.set_password("LSL0043", "another-password", SECRET)
    try_wrong(vault, "LSL0043")
    assert unlock(vault, now=NOW) == SECRET


def test_a_new_password_ends_the_wait_and_the_old_one_no_longer_opens(vault: Vault) -> None:
    try_wrong(vault)
    Vault.load(vault.path, CHEAP).set_password("LSL0042", "brand-new-password", SECRET)
    again = Vault.load(vault.path, CHEAP)
    assert again.unlock("LSL0042", "brand-new-password", now=NOW) == SECRET
    with pytest.raises(SignInError):
        unlock(vault, now=NOW)


def test_a_short_password_is_refused(vault: Vault) -> None:
    with pytest.raises(InvalidFieldError, match="至少 8 位"):
        vault.set_password("LSL0042", "1234567", SECRET)
    assert unlock(vault, now=NOW) == SECRET


def test_the_recovery_key_opens_however_it_is_typed_and_waits_when_wrong(tmp_path: Path) -> None:
    path = tmp_path / "branch.vault"
    _vault, key = Vault.create(path, secret=SECRET, cost=CHEAP)
    for typed in (key, key.lower(), key.replace("-", " "), f"  {key}\n"):
        assert Vault.load(path).unlock_with_recovery_key(typed, now=NOW) == SECRET
    now = NOW
    for wait in WAITS[:2]:
        with pytest.raises(SignInError, match="逐组核对") as caught:
            Vault.load(path).unlock_with_recovery_key(new_recovery_key(), now=now)
        assert caught.value.wait_seconds == wait
        with pytest.raises(SignInError, match=f"请等 {wait} 秒"):
            Vault.load(path).unlock_with_recovery_key(key, now=now)
        now += timedelta(seconds=wait)


def test_recovery_keys_are_long_and_unmistakable() -> None:
    keys = {new_recovery_key() for _n in range(50)}
    assert len(keys) == 50
    for key in keys:
        groups = key.split("-")
        assert [len(group) for group in groups] == [4] * 8
        assert not set("".join(groups)) & set("01IO")


def test_a_person_whose_key_was_taken_cannot_open(vault: Vault) -> None:
    vault.remove("LSL0042")
    with pytest.raises(SignInError):
        unlock(vault, now=NOW)


def test_neither_secret_nor_password_stands_in_the_vault(vault: Vault) -> None:
    stored = vault.path.read_text("utf-8")
    for plain in (SECRET.decode(), SECRET.hex(), PASSWORD):
        assert plain not in stored


def _without(*keys: str) -> Callable[[dict[str, Any]], Any]:
    def change(content: dict[str, Any]) -> Any:
        place = content
        for key in keys[:-1]:
            place = place[key]
        del place[keys[-1]]
        return content

    return change


def _with(value: Any, *keys: str) -> Callable[[dict[str, Any]], Any]:
    def change(content: dict[str, Any]) -> Any:
        place = content
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value
        return content

    return change


@pytest.mark.req("F8")
@pytest.mark.parametrize(
    "damage",
    [
        lambda content: [],
        lambda content: "x",
        *(_without(key) for key in ("format", "people", "unknown", "about")),
        *(_with([], key) for key in ("people", "unknown", "about")),
        _with(2, "format"),
        *(_without("people", "LSL0042", key) for key in ("salt", "nonce", "cost", "wrap")),
        *(_with("?", "people", "LSL0042", key) for key in ("salt", "nonce", "cost", "wrap")),
        *(_with(cost, "people", "LSL0042", "cost") for cost in ([], [0, 0, 0], [1, 2**40, 1])),
        _with("x", "people", "LSL0042"),
    ],
)
def test_a_damaged_vault_is_said_so_and_left_as_it_is(
    vault: Vault, damage: Callable[[dict[str, Any]], Any]
) -> None:
    vault.path.write_text(json.dumps(damage(json.loads(vault.path.read_text("utf-8")))), "utf-8")
    before = vault.path.read_bytes()
    with pytest.raises(DatabaseDamagedError, match="密钥文件"):
        unlock(vault, now=NOW)
    assert vault.path.read_bytes() == before


@pytest.mark.req("F8")
@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\xfe\x00", b"\x00" * 400])
def test_a_lost_or_garbled_vault_is_said_so_and_not_made_anew(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "branch.vault"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DatabaseDamagedError, match="从备份里取回"):
        Vault.load(path)
    assert path.exists() is (content is not None)


def test_no_vault_is_overwritten(vault: Vault) -> None:
    before = vault.path.read_bytes()
    with pytest.raises(DatabaseDamagedError, match="没有覆盖"):
        Vault.create(vault.path, secret=SECRET, cost=CHEAP)
    assert vault.path.read_bytes() == before


def test_a_vault_that_cannot_be_written_stays_whole(
    vault: Vault,
) -> None:
    before = vault.path.read_bytes()
    vault.path.with_name("branch.vault.new").mkdir()  # the draft cannot be opened
    with pytest.raises(DatabaseReadOnlyError, match="无法写入"):
        vault.set_password("LSL0042", "brand-new-password", SECRET)
    assert vault.path.read_bytes() == before


def test_the_vault_lies_beside_its_database(tmp_path: Path) -> None:
    assert vault_path(tmp_path / "branch.db") == tmp_path / "branch.vault"


def test_programs_that_read_before_each_other_wrote_lose_nobody_and_no_wrong_password(
    vault: Vault,
) -> None:
    other = Vault.load(vault.path, CHEAP)
    Vault.load(vault.path, CHEAP).set_password("LSL0077", "another-horse", SECRET)
    with pytest.raises(SignInError, match="还可试 4 次"):
        other.unlock("LSL0042", "wrong-password", now=NOW)
    with pytest.raises(SignInError, match="请等 5 秒"):
        vault.unlock("LSL0042", "wrong-password", now=NOW)
    assert Vault.load(vault.path, CHEAP).unlock("LSL0077", "another-horse", now=NOW) == SECRET


def test_who_guesses_from_several_threads_at_once_is_looked_at_once(vault: Vault) -> None:
    def guess(_number: int) -> str:
        with pytest.raises(SignInError) as caught:
            Vault.load(vault.path, CHEAP).unlock("LSL0042", "wrong-password", now=NOW)
        return str(caught.value)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(guess, range(6)))
    assert sum("请等" not in answer for answer in answers) == 1
    assert [path.name for path in vault.path.parent.iterdir()] == [vault.path.name]


# --- fault 30: guessing ------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(("guess", "guess", "guess", "restart", "clock back")),
        st.sampled_from((0, 1, 4, 6, 11, 31, 61, 300, 899, 901, 4000)),
    ),
    min_size=5,
    max_size=60,
)


@pytest.mark.req("R16", "F30")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, protected=st.booleans())
def test_nobody_guesses_faster_than_the_rule_whatever_he_does(
    steps: list[tuple[str, int]], protected: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Restarts, a clock set back and a vault that cannot be written win no further guess.

    Real time, told by the steps, passes between the guesses that were looked at at all; the
    wall clock is what the program sees.
    """
    path = tmp_path_factory.mktemp("vault") / "branch.vault"
    vault, _key = Vault.create(path, secret=SECRET, cost=CHEAP)
    vault.set_password("LSL0042", PASSWORD, SECRET)
    if protected:
        path.with_name("branch.vault.new").mkdir()
    clock, real, looked_at = NOW, 0, list[int]()
    for deed, seconds in steps:
        if deed == "clock back":
            clock -= timedelta(seconds=seconds)
            continue
        clock, real = clock + timedelta(seconds=seconds), real + seconds
        if deed == "restart":
            vault = Vault.load(path, CHEAP)
            continue
        with pytest.raises(SignInError) as caught:
            vault.unlock("LSL0042", "wrong-password", now=clock)
        if "请等" not in str(caught.value):
            looked_at.append(real)
    waits = [*WAITS, *[CLOSED_FOR.total_seconds()] * len(looked_at)]
    for earlier, later, wait in zip(looked_at, looked_at[1:], waits, strict=False):
        assert later - earlier >= wait
