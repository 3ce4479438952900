"""What the tour's branch has imported before: a batch to take back, a row to decide."""
# chinese: data (rows of an invented sheet)

from __future__ import annotations

import csv
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.columns import branch_date
from advisorcrm.db.actor import Actor
from advisorcrm.imports.client_list import ClientListFile, read_client_list
from advisorcrm.imports.planning import plan_import
from advisorcrm.imports.storing import apply_import
from advisorcrm.models import Client, ContactPoint
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.workplace.workplace import Workplace
from advisorcrm.terms import PointKind

_HEADINGS = ("客户姓名", "资金账号", "手机", "客户类型", "职业", "爱好", "联系地址")
_KNOWN, _TYPED = "赵立新", "赵立欣"
_FIRST, _TWIN = "孙晓彤", "孙小彤"
_TWIN_FACTS = ("室内设计", "旅游", "济南市高新区舜华路 2 号")
_CARDS = """BEGIN:VCARD
VERSION:3.0
N:宋;知秋;;;
FN:宋知秋
TEL;TYPE=CELL:+86 139 0001 0111
item1.TEL:139 0001 0112
item1.X-ABLabel:微信
EMAIL;TYPE=INTERNET:zhiqiu@example.cn
ORG:历下纺织有限公司;财务部
TITLE:会计
BDAY:--0415
ADR;TYPE=HOME:;;历山路 88 号;历下区;济南市;250014;中国
CATEGORIES:老客户介绍
NOTE:下午三点以后方便
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E8=92=8B;=E5=AE=89;;;
TEL;CELL:13900010113
TEL;WORK;FAX:0531-86951188
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:蒋安
TEL;TYPE=CELL:13900010113
TEL;TYPE=HOME:66123
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:;;;;
ORG:泉城物业管理有限公司
TEL;TYPE=WORK:0531-86951199
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:
END:VCARD
"""
"""A telephone's contacts: one on two cards, a company, an empty card."""


_YEARS = ("2024", "2025", "2026")
_OF_A_YEAR = ("解建国", "01000000772", "2563000")
"""A client of a list that is kept on a sheet a year."""


def write_years(folder: Path) -> Path:
    """A workbook with a sheet for each year, as an XML table of 2003."""
    head = ("客户姓名", "资金账号", "总资产")
    name, account, assets = _OF_A_YEAR
    sheets = "".join(
        f'<Worksheet ss:Name="{year}"><Table>{_xml_row(head)}'
        f"{_xml_row((name, f'{account}{at}', assets))}</Table></Worksheet>"
        for at, year in enumerate(_YEARS)
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    path = folder / "客户资产（分年）.xls"
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{sheets}</Workbook>',
        encoding="utf-8",
    )
    return path


def _xml_row(cells: tuple[str, ...]) -> str:
    filled = (f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in cells)
    return f"<Row>{''.join(filled)}</Row>"


def import_beforehand(workplace: Workplace, folder: Path, now: datetime) -> None:
    """Import a small sheet in which one name is written another way than in the file."""
    database = workplace.database
    path = folder / "khmx_20261112.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(
            [
                _HEADINGS,
                (_TYPED, database.read(_account), "", "金卡", "", "", ""),
                (_TWIN, "010000006641", database.read(_mobile), "银卡", *_TWIN_FACTS),
            ]
        )
    book = database.read(load_code_book)
    sheet = read_client_list(ClientListFile(path, book, branch_date(now)))
    plan = database.read(partial(plan_import, sheet=sheet))
    database.write(partial(apply_import, plan=plan, now=now))


def write_contacts(folder: Path) -> Path:
    """The contacts of a telephone as a file."""
    path = folder / "手机通讯录.vcf"
    path.write_text(_CARDS, encoding="utf-8")
    return path


def _account(session: Session, _actor: Actor) -> str:
    return session.scalar(select(Client.account).where(Client.name == _KNOWN)) or ""


def _mobile(session: Session, _actor: Actor) -> str:
    of_first = select(ContactPoint.value).join(Client, Client.id == ContactPoint.client_id)
    found = of_first.where(Client.name == _FIRST, ContactPoint.kind == PointKind.MOBILE)
    return session.scalar(found) or ""
