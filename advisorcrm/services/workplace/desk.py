"""From a place and a password to an open database: first set-up, sign-in, recovery.

The place is a path of an encrypted file or the address of a PostgreSQL database; in both cases
the vault holds what opens it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm import paths
from advisorcrm.columns import branch_date
from advisorcrm.db import copies, new_file, upgrade
from advisorcrm.db.actor import PROGRAM, Actor
from advisorcrm.db.database import Database, create_file, open_file, open_server
from advisorcrm.db.durable import alone_with
from advisorcrm.db.keys import KeyCost, Vault, check_password, vault_path
from advisorcrm.errors import (
    AdvisorCrmError,
    DatabaseDamagedError,
    InvalidFieldError,
    NotAllowedError,
    ServerRefusedError,
    SignInError,
)
from advisorcrm.i18n import _
from advisorcrm.models import Branch
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.branches import BranchInfo, create_branch
from advisorcrm.services.branch.users import (
    add_user,
    clean_employee_no,
    create_user,
    find_actor,
    reopen_user,
)
from advisorcrm.services.workplace.branch_defaults import fill_defaults
from advisorcrm.terms import Role

PASSWORD_COST = KeyCost()
_USUAL_PORT = 5432
_BEING_MADE, _PUT_ASIDE = ".advisorcrm-new", ".advisorcrm-old"
_PASSWORD = re.compile(r"(?<=://)([^/@:]*):[^/@]*@")


@dataclass(frozen=True, slots=True)
class NewUser:
    """A person to be entered together with a first password."""

    employee_no: str
    name: str
    role: Role
    password: str = field(repr=False)
    groups: tuple[str, ...] = ()


Furnish = Callable[[Session], None]
"""What a new branch begins with besides its people."""


def utc_now() -> datetime:
    """The instant now, for callers at the outer edge."""
    return datetime.now(UTC)


def is_server(location: str) -> bool:
    """Whether the place is a server's address."""
    return location.startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def vault_of(location: str) -> Path:
    """Where the vault of a place lies: beside the file, or among the person's own data."""
    if is_server(location):
        return paths.data_dir() / f"{_server_name(location)}.vault"
    return vault_path(Path(location))


def _server_name(location: str) -> str:
    """Host and database; the port where a second server runs on the same computer."""
    parts = _server_parts(location)
    host = (parts.hostname or "local").replace(":", ".")  # of IPv6; no name of a file on Windows
    if parts.port not in (None, _USUAL_PORT):
        host += f"_{parts.port}"
    return f"{host}_{parts.path.strip('/') or 'advisorcrm'}"


def _server_parts(location: str) -> SplitResult:
    try:
        parts = urlsplit(location)
        _port = parts.port  # looked at only when asked for
    except ValueError as error:
        raise InvalidFieldError(
            "database",
            _("服务器地址写得不对：应像 postgresql://user:password@host:5432/name 这样。"),
        ) from error
    return parts


def shown_place(location: str) -> str:
    """The place as it may be printed: without the password of a server's address."""
    return _PASSWORD.sub(r"\1:***@", location)


def _demand_place(location: str) -> None:
    """A place where nothing lies was mistyped, or nothing was made there yet."""
    if not is_server(location) and Path(location).is_dir():
        raise DatabaseDamagedError(
            _("{path} 是文件夹，不是数据库。请写到里面的数据库文件，如 branch.db。").format(
                path=location
            )
        )
    if vault_of(location).exists():
        return
    if is_server(location):
        raise DatabaseDamagedError(
            _(
                "这台电脑还没有服务器 {host} 的密钥文件。请从已能登录的电脑"
                "把同名文件拷到 {path}，再登录。"
            ).format(host=_server_parts(location).hostname or "local", path=vault_of(location))
        )
    if Path(location).exists():
        return
    raise DatabaseDamagedError(
        _("{path} 不存在。请核对数据库的位置；还没有数据库请先新建。").format(path=location)
    )


def set_up(
    location: str,
    branch: BranchInfo,
    people: tuple[NewUser, ...],
    *,
    furnish: Furnish = lambda _session: None,
    cost: KeyCost = PASSWORD_COST,
) -> str:
    """Make the branch's database with its first people; returns the recovery key, once.

    ``furnish`` puts more into it in the same transaction. Nothing is left behind when a step
    fails, and over what a killed program left half made it begins anew. Raises UserError for a
    bad answer and SystemTroubleError for a place that is taken or cannot be written.
    """
    for person in people:
        check_password(person.password)
    vault_file, told = vault_of(location), _Answers(branch, people, furnish, cost)
    if not is_server(location):
        secret = secrets.token_bytes(32)
        with new_file.being_made(Path(location), vault_file) as draft:
            return _make(create_file(draft, secret), told, vault_file, secret)
    with alone_with(vault_file.with_name(vault_file.name + _BEING_MADE)):
        database = _new_server(location)
        _put_aside(vault_file)
        try:
            return _make(database, told, vault_file, location.encode())
        except BaseException:
            with suppress(OSError):
                vault_file.unlink()
            raise


def sign_in(
    location: str, employee_no: str, password: str, *, now: datetime, cost: KeyCost = PASSWORD_COST
) -> Database:
    """Open the database as one person; takes about 0.1 s, so never in the GUI thread.

    Where the server's password was changed, its new address, given whole, takes the place of the
    vault's for this person. Raises SignInError for a wrong password, SystemTroubleError for a
    lost, damaged or newer database.
    """
    _demand_place(location)
    vault = Vault.load(vault_of(location), cost)
    number = clean_employee_no(employee_no)
    try:
        secret = vault.unlock(number, password, now=now)
    except SignInError as error:
        raise _with_remedy(error, vault) from error
    database, opened_by = _open_by_either(location, secret, number, now=now)
    if opened_by != secret:
        vault.set_password(number, password, opened_by)
    return database


def _open_by_either(
    location: str, secret: bytes, number: str, *, now: datetime
) -> tuple[Database, bytes]:
    """Open by what the vault keeps, else by a server's whole address as it was given; and which."""
    try:
        return _open_as(location, secret, number, now=now), secret
    except ServerRefusedError:
        if not _has_other_password(location, secret):
            raise
    return _open_as(location, location.encode(), number, now=now), location.encode()


def _has_other_password(location: str, secret: bytes) -> bool:
    """Whether a server's address was given whole, with another password than the vault's."""
    is_whole = is_server(location) and bool(_server_parts(location).password)
    return is_whole and location.encode() != secret


def recover(
    location: str, recovery_key: str, employee_no: str, new_password: str, *, now: datetime
) -> None:
    """Give a person a new password with the key on the recovery sheet."""
    check_password(new_password)
    _demand_place(location)
    vault = Vault.load(vault_of(location), PASSWORD_COST)
    secret = vault.unlock_with_recovery_key(recovery_key, now=now)
    number = clean_employee_no(employee_no)
    database, secret = _open_by_either(location, secret, number, now=now)
    database.close()
    vault.set_password(number, new_password, secret)


def enter_user(
    database: Database, location: str, person: NewUser, *, cost: KeyCost = PASSWORD_COST
) -> int:
    """Enter a person and wrap the key for their password."""
    check_password(person.password)
    demand(database.actor, Right.MANAGE_USERS)
    vault = Vault.load(vault_of(location), cost)
    secret = _secret_of(database)

    def enter(session: Session, actor: Actor) -> int:
        user_id = add_user(
            session,
            actor,
            person.employee_no,
            name=person.name,
            role=person.role,
            groups=person.groups,
            since_on=_today(),
        )
        # Before the commit: a person without a password could never be entered again.
        vault.set_password(clean_employee_no(person.employee_no), person.password, secret)
        return user_id

    return database.write(enter)


def reset_password(
    database: Database, location: str, user_id: int, password: str, *, cost: KeyCost = PASSWORD_COST
) -> str:
    """Give somebody a new first password, by the administrator; returns the number.

    The waiting after wrong passwords ends, and a closed account is open again.
    """
    check_password(password)
    demand(database.actor, Right.MANAGE_USERS)
    vault = Vault.load(vault_of(location), cost)
    secret = _secret_of(database)

    def reopen(session: Session, actor: Actor) -> str:
        number = reopen_user(session, actor, user_id)
        vault.set_password(number, password, secret)  # before the commit, as in enter_user
        return number

    return database.write(reopen)


def _secret_of(database: Database) -> bytes:
    """What opens the database: its key, or the server's whole address with its password."""
    if database.path is not None:
        return database.key
    address = database.writing_engine.url.set(drivername="postgresql")
    return address.render_as_string(hide_password=False).encode()


def change_password(location: str, employee_no: str, old: str, new: str, *, now: datetime) -> None:
    """A person's own change; rewrites some hundred bytes of the vault, not the database."""
    check_password(new)
    vault = Vault.load(vault_of(location), PASSWORD_COST)
    number = clean_employee_no(employee_no)
    secret = vault.unlock(number, old, now=now)
    vault.set_password(number, new, secret)


def back_up(database: Database, *, now: datetime, folder: Path | None = None) -> Path:
    """A verified copy in the hands of those who may; returns its path."""
    database.read(lambda _session, actor: demand(actor, Right.BACK_UP))
    return copies.make_copy(database, now=now, folder=folder)


def _open_as(location: str, secret: bytes, number: str, *, now: datetime) -> Database:
    if is_server(location):
        database = open_server(
            server_url(secret.decode()), _server_parts(location).hostname or "server"
        )
    else:
        database = open_file(Path(location), secret)
    try:
        if upgrade.needs_upgrade(database):
            if database.path is not None:
                copies.make_copy(database, now=now)
            upgrade.upgrade(database)
            database.write(fill_defaults)
        actor: Actor = database.read(lambda session, _actor: find_actor(session, number))
    except BaseException:
        database.close()
        raise
    database.actor = actor
    return database


def server_url(address: str) -> str:
    """The address with the driver we use."""
    _scheme, _sep, rest = address.partition("://")
    return f"postgresql+psycopg://{rest}"


@dataclass(frozen=True, slots=True)
class _Answers:
    """What the first run was told."""

    branch: BranchInfo
    people: tuple[NewUser, ...]
    furnish: Furnish
    cost: KeyCost


def _make(database: Database, told: _Answers, vault_file: Path, secret: bytes) -> str:
    """Build the tables, enter the people, write the vault; returns the recovery key."""

    def fill(session: Session, _actor: Actor) -> str:
        _fill(session, told.branch, told.people, since_on=_today())
        told.furnish(session)
        session.flush()  # whatever the database refuses comes before the vault
        vault, recovery_key = Vault.create(vault_file, secret=secret, cost=told.cost)
        _enter_people(vault, told.people, secret, told.branch)
        return recovery_key

    try:
        upgrade.upgrade(database)
        return database.write(fill)
    finally:
        database.close()


def _new_server(location: str) -> Database:
    database = open_server(server_url(location), _server_parts(location).hostname or "server")
    if upgrade.current_revision(database) is not None and database.read(_has_branch):
        database.close()
        raise NotAllowedError(_("服务器上这个数据库已经建好，没有覆盖。请直接登录。"))
    return database


def _put_aside(vault_file: Path) -> None:
    """The server knows of no branch: a set-up was killed before it had one.

    The vault is kept under another name, should somebody have emptied the database instead.
    """
    if vault_file.exists():
        vault_file.replace(vault_file.with_name(vault_file.name + _PUT_ASIDE))


def _has_branch(session: Session, _actor: Actor) -> bool:
    """False for the empty tables of a set-up that did not finish."""
    return session.scalar(select(Branch.id)) is not None


def _today() -> date:
    return branch_date(utc_now())


def _fill(
    session: Session,
    branch: BranchInfo,
    people: tuple[NewUser, ...],
    *,
    since_on: date | None = None,
) -> None:
    create_branch(session, branch)
    fill_defaults(session, PROGRAM)
    for person in people:
        create_user(
            session,
            person.employee_no,
            name=person.name,
            role=person.role,
            groups=person.groups,
            since_on=since_on,
        )


def _enter_people(
    vault: Vault, people: tuple[NewUser, ...], secret: bytes, branch: BranchInfo
) -> None:
    for person in people:
        vault.set_password(clean_employee_no(person.employee_no), person.password, secret)
    administrators = [person.name for person in people if person.role is Role.ADMINISTRATOR]
    vault.tell_about(branch=branch.name, administrator="、".join(administrators))


def _with_remedy(error: SignInError, vault: Vault) -> AdvisorCrmError:
    administrator = vault.about.get("administrator", "")
    if not administrator:
        return error
    sentence = _("{failure}忘记密码请找系统管理员 {name}。").format(
        failure=error, name=administrator
    )
    return SignInError(sentence, wait_seconds=error.wait_seconds, tries_left=error.tries_left)
