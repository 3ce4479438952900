"""Envelopes: name and address in full for those who may, logged for each client."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import openpyxl
import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError, NotFoundError
from advisorcrm.exports.envelopes import (
    C5,
    AddressCount,
    count_addresses,
    envelope_sheets,
    export_envelopes,
    register_envelopes,
)
from advisorcrm.terms import ClientKind, Sex
from tests.conftest import rows
from tests.factories import NOW, People, make_client

ADDRESS = "济南市历下区文化东路 1 号院 3 号楼 2 单元 501 室"


@pytest.fixture
def ids(database: Database, people: People) -> list[int]:
    records = (
        {"name": "欧阳文静", "sex": Sex.FEMALE, "address": ADDRESS},
        {"name": "解建国", "address": ""},
        {"name": "样例纸业", "kind": ClientKind.INSTITUTION, "address": "济南市工业南路 9 号"},
    )
    return database.write(
        lambda s, a: [make_client(s, people.advisor, **record) for record in records]
    )


@pytest.mark.req("R148")
def test_each_address_that_leaves_is_logged_and_who_has_none_is_left_out(
    database: Database, people: People, ids: list[int], tmp_path: Path
) -> None:
    mine = database.acting_as(people.advisor)
    assert mine.read(partial(count_addresses, client_ids=ids)) == AddressCount(2, 1)
    imprint = mine.write(partial(register_envelopes, client_ids=ids, now=NOW))
    sheets = mine.read(partial(envelope_sheets, client_ids=ids, imprint=imprint))
    assert [(ADDRESS in str(sheet), "解建国" in str(sheet)) for sheet in sheets] == [
        (True, False), (False, False),
    ]  # fmt: skip
    receivers = [sheet.blocks[0].rows[1].cells[0].text for sheet in sheets]
    assert receivers == ["欧阳文静 女士　收", "样例纸业　收"]
    logged = rows(database, "SELECT client_id, was_masked, purpose FROM access_log ORDER BY id")
    assert [(key, bool(masked), why) for key, masked, why in logged] == [
        (ids[0], False, "邮寄"), (ids[2], False, "邮寄"),
    ]  # fmt: skip
    path = tmp_path / "信封.xlsx"
    export = partial(export_envelopes, client_ids=ids, imprint=imprint, path=path, form=C5)
    assert mine.read(export) == 2
    cells = [
        cell.value for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row
    ]
    assert ADDRESS in cells


@pytest.mark.req("R148")
@pytest.mark.parametrize("role", ["desk", "leader", "office", "administrator"])
def test_who_may_not_reveal_an_address_prints_no_envelope(
    database: Database, people: People, ids: list[int], role: str
) -> None:
    with pytest.raises((NotAllowedError, NotFoundError)):
        database.acting_as(getattr(people, role)).write(
            partial(register_envelopes, client_ids=ids, now=NOW)
        )
    assert rows(database, "SELECT count(*) FROM access_log") == [(0,)]


def test_nobody_with_an_address_is_said(database: Database, people: People, ids: list[int]) -> None:
    with pytest.raises(NotFoundError, match="没有地址"):
        database.acting_as(people.advisor).write(
            partial(register_envelopes, client_ids=ids[1:2], now=NOW)
        )
