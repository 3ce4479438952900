from __future__ import annotations

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from advisorcrm.db.trouble import trouble_from
from advisorcrm.errors import ServerGoneError


@pytest.mark.parametrize(
    "said",
    [
        psycopg.OperationalError("failed to resolve host 'crm': [Errno -2]"),
        psycopg.OperationalError("connection is bad: no error details available"),
        psycopg.errors.CrashShutdown("由于另一个服务器进程异常退出，终止连接"),
        psycopg.errors.CannotConnectNow("数据库系统启动中"),
        psycopg.errors.TooManyConnections("已有太多客户"),
    ],
)
def test_a_server_out_of_reach_is_said_so_whatever_its_words(said: Exception) -> None:
    assert isinstance(trouble_from(OperationalError("SELECT 1", {}, said)), ServerGoneError)


def test_a_connection_that_broke_in_unknown_words_is_a_lost_server_and_a_bug_stays_one() -> None:
    unknown = psycopg.OperationalError("SSL error: unexpected eof")
    broke = OperationalError("SELECT 1", {}, unknown, connection_invalidated=True)
    assert isinstance(trouble_from(broke), ServerGoneError)
    assert trouble_from(OperationalError("SELECT 1", {}, unknown)) is None
