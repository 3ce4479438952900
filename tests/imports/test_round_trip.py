"""Our own list, exported and imported again, changes nothing."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.exports.client_list import (
    ClientListRequest,
    export_client_list,
    register_client_list,
)
from advisorcrm.imports.client_list import ClientListFile, read_client_list
from advisorcrm.imports.import_plan import ImportPlan
from advisorcrm.imports.planning import plan_import
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.files.own_fields import NewOwnField, add_own_field
from advisorcrm.services.files.own_values import store_imported
from advisorcrm.terms import (
    BirthdayKept,
    ClientKind,
    ClientStage,
    IdDocument,
    ImportResult,
    ImportRule,
    OwnFieldKind,
    PointKind,
    RiskLevel,
    Sex,
)
from tests.conftest import NOW
from tests.factories import People, make_client
from tests.imports.sheets import TODAY

FULL = {
    "name": "欧阳样静", "account": "010000007715", "alias": "静姐", "kind": ClientKind.PERSON,
    "stage": ClientStage.AT_RISK, "sex": Sex.FEMALE, "address": "济南市历下区历山路 1 号",
    "convenient_time": "收盘后", "contact_every_days": 30, "tier": "gold",
    "investment_preference": "成长；电气", "trading_habit": "hold", "service_need": "accepts",
    "wealth_content": ("research", "stock_picks"), "wealth_way": ("sms",),
    "trading_way": ("online", "mobile"), "commission_ppm": 250, "assets_fen": 628_400_001,
    "risk_level": RiskLevel.C3, "risk_tested_on": date(2025, 3, 1),
    "risk_expires_on": date(2027, 3, 1), "id_document": IdDocument.ID_CARD,
    "id_number": "11010519491231002X", "id_is_permanent": True, "birthday": date(1964, 11, 18),
    "lunar_month": 10, "lunar_day": 15, "birthday_kept": BirthdayKept.LUNAR,
    "occupation": "教师", "hobbies": "书法、登山", "personality": "谨慎",
    "commission_attitude": "wants_lower", "commission_year_fen": 812_345, "family": "独居",
    "education": "本科", "invests_since": 2007,
    "opened_on": date(2012, 5, 18), "remark": "=1+1\n第二行 '引号' -5.2% 秘书 13900000458",
    "points": [
        (PointKind.MOBILE, "13900000001"), (PointKind.MOBILE, "13900000002"),
        (PointKind.LANDLINE, "0531-86951100-12"), (PointKind.EMAIL, "a@example.cn"),
        (PointKind.WECHAT, "wx_1"), (PointKind.QQ, "10001"), (PointKind.EMAIL, "b@example.cn"),
    ],
}  # fmt: skip
BARE = {
    "name": "样乙", "account": "990002", "birthday_month_day": "02-29", "remark": "长\n" * 100_000,
    "points": [
        (PointKind.LANDLINE, "+1234"), (PointKind.LANDLINE, "12345"), (PointKind.MOBILE, "139"),
    ],
}  # fmt: skip
PROSPECT = {"name": "样丙", "account": None, "stage": ClientStage.PROSPECT}
COMPANY = {
    "name": "样例（济南）有限公司", "account": "A-100", "kind": ClientKind.INSTITUTION,
    "id_document": IdDocument.BUSINESS_LICENCE, "id_number": "91370100MA0000000X",
    "id_expires_on": date(2030, 1, 1), "commission_ppm": 1_500, "remark": "\r=1+1",
}  # fmt: skip


OWN_FIELDS = (
    ("宠物", OwnFieldKind.TEXT), ("车龄", OwnFieldKind.NUMBER), ("购车日", OwnFieldKind.DATE),
    ("车型", OwnFieldKind.CHOICE), ("家人", OwnFieldKind.YES_NO), ("证照号", OwnFieldKind.NUMBER),
    ("旧日", OwnFieldKind.DATE),
)  # fmt: skip
OWN_VALUES = {
    "own.f1": "=猫，主人电话 13900000458", "own.f2": "-1200.123456", "own.f3": "2020-02-29",
    "own.f4": "own_2", "own.f5": "no", "own.f6": "123456789012345.123456", "own.f7": "1888-08-08",
}  # fmt: skip
"""家人 is what other sheets call the family; here it is the branch's own question."""


def exported(database: Database, actor: Actor, path: Path, *, unmasked: bool) -> None:
    request = ClientListRequest(unmasked=unmasked, purpose="核对" if unmasked else "")
    acting = database.acting_as(actor)
    imprint = acting.write(partial(register_client_list, request=request, now=NOW))
    acting.read(partial(export_client_list, request=request, imprint=imprint, path=path))


def imported(database: Database, actor: Actor, path: Path, rule: ImportRule) -> ImportPlan:
    book = database.read(load_code_book)
    sheet = read_client_list(ClientListFile(path, book, TODAY))
    return database.acting_as(actor).read(partial(plan_import, sheet=sheet, rule=rule))


@pytest.mark.req("R71")
@pytest.mark.parametrize("rule", list(ImportRule))
@pytest.mark.parametrize("unmasked", [True, False])
def test_an_exported_list_imported_again_changes_nothing(
    database: Database, people: People, tmp_path: Path, rule: ImportRule, *, unmasked: bool
) -> None:
    def fill(session: Any, _actor: Actor) -> None:
        group = people.advisor.group_ids[0]
        for label, kind in OWN_FIELDS:
            new = NewOwnField(label, kind, choices=("轿车", "越野车"))
            add_own_field(session, people.manager, new)
        full = make_client(session, people.advisor, mobile=None, client_group_id=group, **FULL)
        store_imported(session, [(full, OWN_VALUES)])
        for fields in (BARE, PROSPECT, COMPANY):
            make_client(session, people.colleague, mobile=None, **fields)
        make_client(session, None, name="样丁", account="990009")

    database.write(fill)
    path = tmp_path / "客户明细表.xlsx"
    exported(database, people.manager, path, unmasked=unmasked)
    plan = imported(database, people.manager, path, rule)
    odd = [(row.name, row.result, row.reason, row.changes) for row in plan.rows if
           row.result is not ImportResult.UNCHANGED]  # fmt: skip
    assert odd == []
    assert len(plan.rows) == 5
    read = {column.field for column in plan.sheet.columns}
    assert read >= OWN_VALUES.keys()
