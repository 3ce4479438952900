"""What the database says when it fails, turned once into a sentence for people."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from advisorcrm.errors import (
    AdvisorCrmError,
    ConflictError,
    DatabaseBusyError,
    DatabaseDamagedError,
    DatabaseReadOnlyError,
    DiskFullError,
    ServerGoneError,
    ServerRefusedError,
)
from advisorcrm.i18n import N_, _

_OVERTAKEN = N_("这份资料在您编辑时已被他人保存。请核对后再存。")

_GONE = N_("数据库服务器没有应答。请检查网络，稍后再试，已填内容仍在。")

_SIGNS: tuple[tuple[tuple[str, ...], type[AdvisorCrmError], str], ...] = (
    (
        ("database is locked", "database table is locked", "lock timeout"),
        DatabaseBusyError,
        N_("未保存：数据库正被另一程序占用。关闭备份或同步软件后再试，已填内容仍在。"),
    ),
    (("unique constraint failed", "duplicate key value"), ConflictError, _OVERTAKEN),
    (
        ("disk is full", "no space left", "disk full"),
        DiskFullError,
        N_("未保存：磁盘已满。腾出空间后再试，已保存的资料不受影响。"),
    ),
    (
        # An unplugged disk is no damage: nobody shall restore an old copy because of it.
        ("readonly database", "read-only", "unable to open database file", "disk i/o error"),
        DatabaseReadOnlyError,
        N_("数据库所在的磁盘或文件只读，无法打开或写入。请检查磁盘和文件权限后再试。"),
    ),
    (
        ("not a database", "malformed", "hmac", "unsupported file format",
         "vtable constructor failed"),
        DatabaseDamagedError,
        N_("数据库文件已损坏或密钥不符，文件保持原样未动。请用最近的备份恢复。"),
    ),
    (
        ("authentication failed", "no password supplied", "认证失败"),  # chinese: data
        ServerRefusedError,
        N_("数据库服务器不接受保存的账号或密码，可能已被修改。请系统管理员核对，已填内容仍在。"),
    ),
    (
        ("server closed", "connection refused", "terminating connection", "connection is lost",
         "could not connect", "connection failed", "connection is bad", "failed to resolve host",
         "consuming input failed", "timeout expired"),
        ServerGoneError,
        _GONE,
    ),
)  # fmt: skip

_MEANINGS = {
    "23505": "duplicate key value", "53100": "disk full", "55P03": "lock timeout",
    "25006": "read-only", "57P01": "terminating connection", "57P02": "terminating connection",
    "57P03": "could not connect", "53300": "could not connect", "08006": "connection is lost",
    "28P01": "authentication failed", "28000": "authentication failed",
}  # fmt: skip
"""A server may speak Chinese: what it says by number is told by the number."""


def trouble_from(error: DBAPIError | Exception) -> AdvisorCrmError | None:
    """The sentence for a failure of disk, lock or server; None when it is a bug of ours."""
    origin = getattr(error, "orig", None) or error
    text = _MEANINGS.get(getattr(origin, "sqlstate", None) or "") or str(origin).lower()
    for signs, kind, sentence in _SIGNS:
        if any(sign in text for sign in signs):
            return kind(_(sentence))
    if getattr(error, "connection_invalidated", False):
        return ServerGoneError(_(_GONE))
    return None


def conflict_from(error: StaleDataError) -> ConflictError:
    """Somebody else saved the same record in between."""
    return ConflictError(_(_OVERTAKEN))
