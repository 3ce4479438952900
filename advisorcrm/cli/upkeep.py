"""``verify``, ``backup``, ``restore``, ``doctor``: is everything in order?"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from advisorcrm import __version__, paths
from advisorcrm.cli.session import location_of, now, number_of, password_from, signed_in
from advisorcrm.errors import AdvisorCrmError, NotAllowedError
from advisorcrm.i18n import _


def verify(options: argparse.Namespace) -> dict[str, Any]:
    """Read every page, check every key and trigger, walk the chain of the access log."""
    from advisorcrm.db.access_log_check import check_access_log
    from advisorcrm.db.copies import check_database

    with signed_in(options) as database:
        findings = check_database(database)
        chain = check_access_log(database)
    findings += chain.findings
    answer: dict[str, Any] = {
        "healthy": not findings,
        "findings": findings,
        "access_log": {
            "intact": not chain.findings,
            "entries": chain.state.entries,
            "last_id": chain.state.last_id,
            "last_hash": chain.state.last_hash,
            "compared_with": chain.compared_with,
        },
    }
    if findings:
        answer["error"] = _("数据库有 {count} 处问题，请用最近的备份恢复。").format(
            count=len(findings)
        )
    return answer


def backup(options: argparse.Namespace) -> dict[str, Any]:
    """Make a verified copy."""
    from advisorcrm.services.workplace.desk import back_up

    with signed_in(options) as database:
        path = back_up(database, now=now(), folder=Path(options.to) if options.to else None)
    return {"backup": str(path), "verified": True}


def restore(options: argparse.Namespace) -> dict[str, Any]:
    """Put a copy in the place of the database; what lay there is put aside."""
    from advisorcrm.services.workplace.desk import is_server
    from advisorcrm.services.workplace.restoring import restore_copy

    location = location_of(options)
    if is_server(location):
        raise NotAllowedError(_("服务器数据库由服务器管理员恢复，这里不能恢复。"))
    done = restore_copy(
        Path(location),
        number_of(options),
        password_from("ADVISORCRM_PASSWORD", _("密码：")),
        now=now(),
        copy=Path(options.copy) if options.copy else None,
    )
    return {"database": location, "restored": str(done.copy), "put_aside": str(done.aside)}


def doctor(options: argparse.Namespace) -> dict[str, Any]:
    """Versions, fonts, paths and the health of the database; needs no password for the rest."""
    from advisorcrm.services.workplace.desk import shown_place

    location = location_of(options)
    answer: dict[str, Any] = {
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "libraries": _libraries(),
        "chinese_font": _chinese_font(),
        "data_folder": str(paths.data_dir()),
        "database": shown_place(location),
    }
    return answer | _health(options, location)


def _libraries() -> dict[str, str]:
    names = ("PySide6_Essentials", "SQLAlchemy", "alembic", "sqlcipher3", "psycopg", "openpyxl",
             "python-calamine", "cryptography", "argon2-cffi")  # fmt: skip
    found = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = _("未安装")
    return found


def _chinese_font() -> str:
    """The font Chinese text is shown in; without one, empty, and the remedy on standard error."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
    from PySide6.QtWidgets import QApplication

    from advisorcrm.views.fonts import font_sentence, shows_chinese
    from advisorcrm.views.theme import FAMILIES

    _application = QApplication.instance() or QApplication([])
    font = QFont()
    font.setFamilies(FAMILIES)
    if not shows_chinese(font):
        print(font_sentence(), file=sys.stderr)
        return ""
    known = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return next((name for name in FAMILIES if name in known), QFontInfo(font).family())


def _health(options: argparse.Namespace, location: str) -> dict[str, Any]:
    from advisorcrm.services.workplace.desk import is_server, vault_of

    health: dict[str, Any] = {"vault": vault_of(location).exists()}
    if not is_server(location):
        path = Path(location)
        health["database_bytes"] = path.stat().st_size if path.is_file() else 0
        if not path.is_file():
            return health | {"database_health": _("这里没有数据库文件")}
    if not options.user or not os.environ.get("ADVISORCRM_PASSWORD"):
        return health | {"database_health": _("未检查：没有给工号和密码")}
    try:
        return health | {"database_health": verify(options)}
    except AdvisorCrmError as error:
        return health | {"database_health": str(error)}
