"""What the tour's branch has imported before: a batch to take back, a row to decide."""
# chinese: data (rows of an invented sheet)

from __future__ import annotations

import csv
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME
from advisorcrm.db.actor import Actor
from advisorcrm.imports.client_list import ClientListFile, read_client_list
from advisorcrm.imports.plan import apply_import, plan_import
from advisorcrm.models import Client
from advisorcrm.services.code_lists import load_code_book
from advisorcrm.services.workplace import Workplace

_HEADINGS = ("客户姓名", "资金账号", "手机", "客户类型")
_KNOWN, _TYPED = "赵立新", "赵立欣"


def import_beforehand(workplace: Workplace, folder: Path) -> None:
    """Import a small sheet in which one name is written another way than in the file."""
    database, now = workplace.database, datetime.now(UTC)
    path = folder / "khmx_20261112.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(
            [
                _HEADINGS,
                (_TYPED, database.read(_account), "", "金卡"),
                ("许知远", "010000006101", "13900010101", "银卡"),
            ]
        )
    book = database.read(load_code_book)
    sheet = read_client_list(ClientListFile(path, book, now.astimezone(BRANCH_TIME).date()))
    plan = database.read(partial(plan_import, sheet=sheet, now=now))
    database.write(partial(apply_import, plan=plan, now=now))


def _account(session: Session, _actor: Actor) -> str:
    return session.scalar(select(Client.account).where(Client.name == _KNOWN)) or ""
