"""``export``: lists and prescribed forms as workbook or PDF."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from advisorcrm.cli.session import client_of_account, now, signed_in
from advisorcrm.cli.usage import WrongUsageError
from advisorcrm.columns import branch_date
from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError
from advisorcrm.exports.sheet import Sheet
from advisorcrm.i18n import _


def export(options: argparse.Namespace) -> dict[str, Any]:
    """Note it in the access log, then write the file whole or not at all."""
    path = Path(options.out)
    if path.suffix.lower() not in (".xlsx", ".pdf"):
        raise InvalidFieldError("out", _("文件名请以 .xlsx 或 .pdf 结尾。"))
    if options.kind != "contact-log" and (options.from_on or options.to_on):
        raise WrongUsageError(
            _("--from 和 --to 只用于 contact-log：明细表和档案导出的是现在的内容。")
        )
    if options.from_on and options.to_on and options.from_on > options.to_on:
        raise InvalidFieldError("from", _("开始日期晚于结束日期，请对调。"))
    with signed_in(options) as database:
        report = _REPORTS[options.kind]
        rows = report(database, options, path)
    return {"file": str(path), "rows": rows, "masked": not options.unmasked}


def _client_list(database: Database, options: argparse.Namespace, path: Path) -> int:
    from advisorcrm.exports import client_list

    request = client_list.ClientListRequest(
        client_id=_client_id(database, options) if options.client else None,
        unmasked=options.unmasked,
        purpose=options.purpose,
    )
    at = now()
    imprint = database.write(partial(client_list.register_client_list, request=request, now=at))
    if path.suffix.lower() == ".xlsx":
        return database.read(
            partial(client_list.export_client_list, request=request, imprint=imprint, path=path)
        )
    sheet = database.read(partial(client_list.client_list_sheet, request=request, imprint=imprint))
    _write_pdf(sheet, path)
    today = branch_date(at)
    listed = partial(client_list.listed_clients, request=request, today=today)
    return len(database.read(listed))


def _client_card(database: Database, options: argparse.Namespace, path: Path) -> int:
    from advisorcrm.exports import client_card

    client_id = _client_id(database, options)
    imprint = database.write(
        partial(
            client_card.register_client_card,
            client_id=client_id,
            now=now(),
            unmasked=options.unmasked,
            purpose=options.purpose,
        )
    )
    if path.suffix.lower() == ".xlsx":
        return database.read(
            partial(
                client_card.export_client_card, client_ids=[client_id], imprint=imprint, path=path
            )
        )
    sheet = database.read(
        partial(client_card.client_card_sheet, client_id=client_id, imprint=imprint)
    )
    _write_pdf(sheet, path)
    return 1


def _contact_log(database: Database, options: argparse.Namespace, path: Path) -> int:
    from advisorcrm.exports import contact_log
    from advisorcrm.services.access import sees_branch
    from advisorcrm.services.contacts.contact_logs import count_contact_logs

    mine = not options.client and not sees_branch(database.actor)
    request = contact_log.LogRequest(
        client_id=_client_id(database, options) if options.client else None,
        author_id=database.actor.user_id if mine else None,
        from_on=options.from_on,
        to_on=options.to_on,
        unmasked=options.unmasked,
        purpose=options.purpose,
    )
    imprint = database.write(partial(contact_log.register_contact_log, request=request, now=now()))
    if path.suffix.lower() == ".xlsx":
        return database.read(
            partial(contact_log.export_contact_log, request=request, imprint=imprint, path=path)
        )
    sheet = database.read(partial(contact_log.contact_log_sheet, request=request, imprint=imprint))
    _write_pdf(sheet, path)
    return database.read(partial(count_contact_logs, query=request.filter())).entries


_REPORTS: dict[str, Callable[[Database, argparse.Namespace, Path], int]] = {
    "client-list": _client_list,
    "client-card": _client_card,
    "contact-log": _contact_log,
}


def _client_id(database: Database, options: argparse.Namespace) -> int:
    if not options.client:
        raise InvalidFieldError("client", _("请用 --client 写明资金账号。"))
    return client_of_account(database, options.client)


def _write_pdf(sheet: Sheet, path: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from advisorcrm.views.paper import write_pdf

    _application = QApplication.instance() or QApplication([])
    write_pdf(sheet, path)
