"""The vault: the database's key, wrapped once for every person and once for the recovery sheet.

A random 256-bit secret opens the database. Each password turns by Argon2id into a key that
wraps the secret with AES-GCM; wrong passwords are counted here, on disk, and must wait. For
a server database the wrapped secret is the server's address with its password.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Any

from advisorcrm.db.durable import alone_with, flush_folder, take_place
from advisorcrm.errors import (
    DatabaseDamagedError,
    DatabaseReadOnlyError,
    InvalidFieldError,
    SignInError,
)
from advisorcrm.i18n import _

WAITS = (5, 10, 30, 60)
"""Seconds to wait after the first, second, … wrong password."""
CLOSED_AFTER = len(WAITS) + 1
CLOSED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 8
_RECOVERY = "recovery"
_counted_here: dict[Path, dict[str, Any]] = {}
"""Wrong passwords against vaults that cannot be written."""
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class KeyCost:
    """How dear one guess of a password is: Argon2id passes, KiB of memory, lanes."""

    passes: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


def new_recovery_key() -> str:
    """A key for the recovery sheet: 8 groups of 4 unmistakable characters (160 bits)."""
    letters = "".join(secrets.choice(_ALPHABET) for _n in range(32))
    return "-".join(letters[start : start + 4] for start in range(0, 32, 4))


def _fold_recovery_key(text: str) -> str:
    return "".join(char for char in text.upper() if char in _ALPHABET)


class Vault:
    """The small file beside the database."""

    def __init__(self, path: Path, content: dict[str, Any], cost: KeyCost) -> None:
        self.path = path
        self._content = content
        self._cost = cost

    @classmethod
    def create(cls, path: Path, *, secret: bytes, cost: KeyCost | None = None) -> tuple[Vault, str]:
        """Make a vault for a new secret; returns it with the recovery key, shown only now."""
        if path.exists():
            raise DatabaseDamagedError(_("{path} 已经存在，没有覆盖。").format(path=path))
        vault = cls(
            path, {"format": 1, "people": {}, "unknown": {}, "about": {}}, cost or KeyCost()
        )
        recovery_key = new_recovery_key()
        vault._content[_RECOVERY] = vault._wrap(_RECOVERY, _fold_recovery_key(recovery_key), secret)
        vault.save()
        return vault, recovery_key

    @classmethod
    def load(cls, path: Path, cost: KeyCost | None = None) -> Vault:
        """Read the vault; a missing or damaged one is said, and nothing is written."""
        return cls(path, _read(path), cost or KeyCost())

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """The vault as it lies on the disk now, for as long as nobody else changes it.

        Else two programs would each write what they had read, and the later one would drop the
        person whom the first has just entered, or the wrong password that it has counted.
        """
        with alone_with(self.path):
            self._content = _read(self.path)
            yield

    def save(self) -> None:
        """Write the vault whole or not at all."""
        draft = self.path.with_name(self.path.name + ".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("w", encoding="utf-8") as file:
                json.dump(self._content, file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            take_place(draft, self.path)
            flush_folder(self.path.parent)
            _counted_here.pop(self.path, None)
        except OSError as error:
            raise DatabaseReadOnlyError(
                _("密钥文件 {path} 无法写入：磁盘已满或只读。").format(path=self.path)
            ) from error
        finally:
            with suppress(OSError):
                draft.unlink()

    @property
    def about(self) -> dict[str, str]:
        """What the sign-in window may show before anybody is known: branch, administrator."""
        about: dict[str, str] = self._content["about"]
        return about

    def tell_about(self, **facts: str) -> None:
        """Keep facts for the sign-in window."""
        with self._changing():
            self._content["about"].update(facts)
            self.save()

    def has(self, employee_no: str) -> bool:
        """Whether this person can sign in."""
        return employee_no in self._content["people"]

    def set_password(self, employee_no: str, password: str, secret: bytes) -> None:
        """Wrap the secret for a person; replaces an old password and forgets wrong tries."""
        check_password(password)
        entry = self._wrap(employee_no, password, secret)
        with self._changing():
            self._content["people"][employee_no] = entry
            self._content["unknown"].pop(employee_no, None)
            self.save()

    def remove(self, employee_no: str) -> None:
        """Take the key away from a person who left."""
        with self._changing():
            self._content["people"].pop(employee_no, None)
            self.save()

    def unlock(self, employee_no: str, password: str, *, now: datetime) -> bytes:
        """The secret for a right password; counts a wrong one and makes the next wait.

        The answer never tells whether number or password was wrong. Who tries from several
        programs at once is looked at one after the other. Raises SignInError with the seconds
        to wait and the tries left.
        """
        with self._changing():
            entry = self._content["people"].get(employee_no)
            tries = self._tries(employee_no)
            waiting = _still_waiting(tries, now)
            if waiting > 0:
                raise SignInError(
                    _("请等 {seconds} 秒再登录。").format(seconds=ceil(waiting)),
                    wait_seconds=waiting,
                    tries_left=_tries_left(tries),
                )
            secret = self._unwrap(entry, employee_no, password)
            if secret is None:
                raise self._count_failure(employee_no, now)
            if tries:
                self._forget_tries(employee_no)
        return secret

    def unlock_with_recovery_key(self, recovery_key: str, *, now: datetime) -> bytes:
        """The secret for the key on the recovery sheet, under the same waiting rule."""
        with self._changing():
            tries = self._tries(_RECOVERY)
            waiting = _still_waiting(tries, now)
            if waiting > 0:
                raise SignInError(
                    _("请等 {seconds} 秒再试。").format(seconds=ceil(waiting)), wait_seconds=waiting
                )
            secret = self._unwrap(
                self._content.get(_RECOVERY), _RECOVERY, _fold_recovery_key(recovery_key)
            )
            if secret is None:
                waiting = self._count_failure(_RECOVERY, now).wait_seconds
                raise SignInError(_("恢复单上的密钥不对。请逐组核对后再输。"), wait_seconds=waiting)
            if tries:
                self._forget_tries(_RECOVERY)
        return secret

    def _tries(self, who: str) -> dict[str, Any]:
        place = self._content["unknown"]
        tries: dict[str, Any] = place.get(who if self.has(who) or who == _RECOVERY else "?", {})
        return tries

    def _forget_tries(self, who: str) -> None:
        self._content["unknown"].pop(who, None)
        try:
            self.save()
        except DatabaseReadOnlyError:
            _counted_here[self.path] = {**self._content["unknown"], who: {"failures": 0}}

    def _count_failure(self, who: str, now: datetime) -> SignInError:
        place = who if self.has(who) or who == _RECOVERY else "?"
        tries = self._content["unknown"].setdefault(place, {"failures": 0})
        tries["failures"] += 1
        wait = _wait_after(tries["failures"])
        tries["until"] = (now + wait).isoformat()
        try:
            self.save()
        except DatabaseReadOnlyError:
            # A disk that cannot be written is no way round the waiting, while the program runs.
            _counted_here[self.path] = self._content["unknown"]
        left = _tries_left(tries)
        return SignInError(
            _failure_sentence(left), wait_seconds=wait.total_seconds(), tries_left=left
        )

    def _wrap(self, who: str, password: str, secret: bytes) -> dict[str, Any]:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt, nonce = os.urandom(16), os.urandom(12)
        cost = [self._cost.passes, self._cost.memory_kib, self._cost.lanes]
        key = _derive(password.encode(), salt, cost)
        wrapped = AESGCM(key).encrypt(nonce, secret, who.encode())
        return {"salt": _text(salt), "nonce": _text(nonce), "cost": cost, "wrap": _text(wrapped)}

    def _unwrap(self, entry: dict[str, Any] | None, who: str, password: str) -> bytes | None:
        from argon2.exceptions import HashingError
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        typed = password.encode()  # what cannot be written is no fault of the vault
        if entry is None:
            # The same time passes for an unknown number.
            cost = [self._cost.passes, self._cost.memory_kib, self._cost.lanes]
            _derive(typed, b"0" * 16, cost)
            return None
        try:
            key = _derive(typed, _bytes(entry["salt"]), entry["cost"])
            return AESGCM(key).decrypt(_bytes(entry["nonce"]), _bytes(entry["wrap"]), who.encode())
        except InvalidTag:
            return None
        except (LookupError, ValueError, TypeError, OverflowError, HashingError) as error:
            raise _damaged(self.path) from error


def _read(path: Path) -> dict[str, Any]:
    """What the file holds, with the wrong passwords that could not be counted in it."""
    try:
        content: dict[str, Any] = json.loads(path.read_text("utf-8"))
        is_ours = content["format"] == 1 and all(
            isinstance(content[part], dict) for part in ("people", "unknown", "about")
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path) from error
    if not is_ours:
        raise _damaged(path)
    content["unknown"] |= _counted_here.get(path, {})
    return content


def _damaged(path: Path) -> DatabaseDamagedError:
    return DatabaseDamagedError(
        _("密钥文件 {path} 不存在或已损坏，数据库没有动。请从备份里取回同名文件。").format(
            path=path
        )
    )


def check_password(password: str) -> None:
    """Refuse a password that is too short to protect client files."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidFieldError(
            "password", _("密码至少 {count} 位。").format(count=SHORTEST_PASSWORD)
        )


def vault_path(database: Path) -> Path:
    """Where the vault of a database file lies."""
    if not database.name:  # the root of a disk: nothing lies there
        return database / ".vault"
    return database.with_suffix(".vault")


def _derive(password: bytes, salt: bytes, cost: list[int]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(password, salt, cost[0], cost[1], cost[2], hash_len=32, type=Type.ID)


def _wait_after(failures: int) -> timedelta:
    if failures >= CLOSED_AFTER:
        return CLOSED_FOR
    return timedelta(seconds=WAITS[failures - 1])


def _still_waiting(tries: dict[str, Any], now: datetime) -> float:
    """Seconds left; never more than the rule gives, even if the clock was set back."""
    if not tries.get("until"):
        return 0
    left = (datetime.fromisoformat(tries["until"]) - now).total_seconds()
    return max(0.0, min(left, _wait_after(tries["failures"]).total_seconds()))


def _tries_left(tries: dict[str, Any]) -> int:
    return int(max(0, CLOSED_AFTER - tries.get("failures", 0)))


def _failure_sentence(left: int) -> str:
    if left:
        return _("工号或密码不对。还可试 {count} 次。").format(count=left)
    return _("工号或密码不对。账号暂停 15 分钟，已记录给系统管理员。")


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
