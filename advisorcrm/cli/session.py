"""Signing in from the command line: place, number, and a password that is never an argument."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from urllib.parse import unquote

from advisorcrm import paths
from advisorcrm.cli.usage import WrongUsageError
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotFoundError, SignInError
from advisorcrm.i18n import _


def location_of(options: argparse.Namespace) -> str:
    """The database that is meant: a file, also as the address of one, or a server.

    Raises InvalidFieldError for the address of anything else, without repeating its password.
    """
    from advisorcrm.services.workplace.desk import is_server

    place = str(
        options.database or os.environ.get("ADVISORCRM_DATABASE") or paths.default_database()
    )
    scheme, is_address, rest = place.partition("://")
    if not is_address or is_server(place):
        return place
    if scheme in ("sqlite", "file") and rest.startswith("/"):
        return rest.removeprefix("/") if scheme == "sqlite" else unquote(rest)
    raise InvalidFieldError(
        "database", _("数据库请写文件的位置，或 postgresql:// 开头的服务器地址。")
    )


def password_from(variable: str, prompt: str) -> str:
    """A password from the environment, or asked for at a terminal."""
    given = os.environ.get(variable)
    if given:  # an unset variable of a script is no attempt with an empty password
        return given
    if not sys.stdin.isatty():
        raise SignInError(_("没有密码：请设环境变量 {name}。").format(name=variable))
    return getpass.getpass(prompt)


def number_of(options: argparse.Namespace) -> str:
    """The number of the acting person. Raises WrongUsageError where none is given."""
    number = options.user or os.environ.get("ADVISORCRM_USER")
    if not number:
        raise WrongUsageError(_("请用 --user 写明工号。"))
    return str(number)


@contextmanager
def signed_in(options: argparse.Namespace) -> Iterator[Database]:
    """The database in the hands of the person, closed at the end."""
    from advisorcrm import private_files
    from advisorcrm.services.workplace.desk import sign_in

    private_files.sweep()
    number = number_of(options)
    database = sign_in(
        location_of(options), number, password_from("ADVISORCRM_PASSWORD", _("密码：")), now=now()
    )
    try:
        yield database
    finally:
        database.close()


def client_of_account(database: Database, account: str) -> int:
    """The client of an account. Raises NotFoundError where the person knows none."""
    from advisorcrm.services.clients.client_search import client_id_of_account

    client_id = database.read(partial(client_id_of_account, account=account))
    if client_id is None:
        raise NotFoundError(_("找不到这位客户，或不在您的权限内。"))
    return client_id


def now() -> datetime:
    """The instant of the command."""
    return datetime.now(UTC)
