"""Is the access log whole? Its chain is walked, and its end compared with the newest copy's."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from advisorcrm.db.access_chain import ChainState, check_chain, cut_off_since, tail_of_file
from advisorcrm.db.copy_places import newest_copy
from advisorcrm.db.database import Database
from advisorcrm.db.trouble import trouble_from
from advisorcrm.i18n import _


@dataclass(frozen=True, slots=True)
class AccessLogCheck:
    """What the walk found, in sentences; none is healthy."""

    state: ChainState
    findings: list[str]
    compared_with: str = ""


def check_access_log(database: Database) -> AccessLogCheck:
    """Walk the chain; on a file also ask whether the newest copy's last row is still there.

    Whoever has the key and cuts the end off the log and off every copy alike is not noticed,
    nor is it on a server, whose copies are its administrator's.
    """
    try:
        with database.scanning_engine.connect() as connection:
            state = check_chain(connection)
            compared_with, is_cut = _compare(database, connection)
    except DBAPIError as error:
        raise trouble_from(error) or error from error
    findings = []
    if state.broken_id is not None:
        findings.append(
            _("查看记录从编号 {id} 起与前文不符，有行被改动或删去。").format(id=state.broken_id)
        )
    if is_cut:
        findings.append(
            _("查看记录比备份 {name} 里的短，末尾有行被删去。").format(name=compared_with)
        )
    return AccessLogCheck(state, findings, compared_with)


def _compare(database: Database, connection: Connection) -> tuple[str, bool]:
    copy = newest_copy(database.path) if database.path else None
    tail = tail_of_file(copy, database.key) if copy else None
    if copy is None or tail is None:
        return "", False
    return copy.name, cut_off_since(connection, tail)
