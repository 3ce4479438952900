"""A restricted file stays in the house: no list, card, envelope or call, but the person's copy."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import openpyxl
import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import NotAllowedError
from advisorcrm.exports import record_lists
from advisorcrm.exports.card_set import card_sheets, register_card_set
from advisorcrm.exports.client_card import register_client_card
from advisorcrm.exports.client_list import (
    ClientListRequest,
    client_list_sheet,
    export_client_list,
    register_client_list,
)
from advisorcrm.exports.contact_log import (
    LogRequest,
    contact_log_sheet,
    register_contact_log,
)
from advisorcrm.exports.envelopes import (
    AddressCount,
    count_addresses,
    envelope_sheets,
    register_envelopes,
)
from advisorcrm.exports.personal_data import personal_data_sheets, register_personal_data
from advisorcrm.exports.record_list import record_list_sheet, register_record_list
from advisorcrm.services.allocations.first_contacts import list_first_contacts_due
from advisorcrm.services.allocations.handovers import NewHandover, hand_over
from advisorcrm.services.clients.client_tags import Tagging, tag_clients
from advisorcrm.services.clients.clients import ClientFilter, ClientOrder, list_client_ids
from advisorcrm.services.clients.counter_notices import list_counter_notices, note_for_counter
from advisorcrm.services.files.privacy_requests import NewRequest, file_request
from advisorcrm.services.suitability.product_sales import NewSale, SaleFilter, record_sale
from advisorcrm.services.suitability.products import ProductData, add_product
from advisorcrm.terms import ClientMatter, PrivacyRequestKind
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client, make_log

HALTED, FREE = "欧阳文静", "解建国"


@pytest.fixture
def ids(database: Database, people: People) -> list[int]:
    """One who asked for a halt after a sale and a hand-over, and one who did not."""
    boss = database.acting_as(people.manager)
    product = boss.write(partial(add_product, data=ProductData("F1", "样例基金", "fund")))

    def fill(session, actor):  # type: ignore[no-untyped-def]
        keys = [
            make_client(session, people.colleague, name=name, address="历山路 1 号")
            for name in (HALTED, FREE)
        ]
        moves = NewHandover("h1", tuple((key, people.advisor.user_id) for key in keys), "调整")
        hand_over(session, people.manager, moves, now=NOW)
        session.expire_all()
        for key in keys:
            sale = NewSale(f"s{key}", key, product, TODAY, 100_00)
            record_sale(session, people.advisor, sale, now=NOW)
            note_for_counter(session, people.advisor, key, "身份证", now=NOW)
        halt = NewRequest(keys[0], PrivacyRequestKind.RESTRICTION, TODAY)
        file_request(session, people.advisor, halt, now=NOW)
        return keys

    return database.write(fill)


@pytest.mark.req("R148")
def test_nothing_of_a_restricted_file_leaves_but_the_persons_own_copy(
    database: Database, people: People, ids: list[int], tmp_path: Path
) -> None:
    mine = database.acting_as(people.advisor)
    request = ClientListRequest()
    imprint = mine.write(partial(register_client_list, request=request, now=NOW))
    assert rows(database, "SELECT client_count FROM access_log ORDER BY id DESC")[0] == (1,)
    path = tmp_path / "a.xlsx"
    export = partial(export_client_list, request=request, imprint=imprint, path=path)
    assert mine.read(export) == 1
    cells = str(list(openpyxl.load_workbook(path).worksheets[0].values))
    assert (HALTED in cells, FREE in cells, "不含限制处理" in cells) == (False, True, True)
    printed = mine.read(partial(client_list_sheet, request=request, imprint=imprint))
    lines = str([list(block.rows) for block in printed.blocks])
    assert (HALTED in lines, FREE in lines) == (False, True)

    cards = mine.write(partial(register_card_set, client_ids=ids, now=NOW))
    assert rows(database, "SELECT client_id FROM access_log ORDER BY id DESC")[0] == (ids[1],)
    assert len(mine.read(partial(card_sheets, client_ids=ids, imprint=cards))) == 1
    for alone in (
        partial(register_client_card, client_id=ids[0], now=NOW),
        partial(register_card_set, client_ids=ids[:1], now=NOW),
    ):
        with pytest.raises(NotAllowedError, match="限制处理"):
            mine.write(alone)

    assert mine.read(partial(count_addresses, client_ids=ids)) == AddressCount(1, 0, 1)
    letters = mine.write(partial(register_envelopes, client_ids=ids, now=NOW))
    assert len(mine.read(partial(envelope_sheets, client_ids=ids, imprint=letters))) == 1

    sales = record_lists.sales_log(SaleFilter())
    paper = mine.write(partial(register_record_list, listed=sales, now=NOW))
    sheet = str(mine.read(partial(record_list_sheet, listed=sales, imprint=paper)))
    assert (HALTED in sheet, FREE in sheet) == (False, True)

    for key in ids:
        database.write(partial(lambda s, a, key: make_log(s, people.advisor, key), key=key))
    day = LogRequest(author_id=people.advisor.user_id)
    memo = mine.write(partial(register_contact_log, request=day, now=NOW))
    assert rows(database, "SELECT client_count FROM access_log ORDER BY id DESC")[0] == (1,)
    talks = mine.read(partial(contact_log_sheet, request=day, imprint=memo))
    said = str([list(block.rows) for block in talks.blocks])
    assert (HALTED in said, FREE in said, "不含限制处理" in said) == (False, True, True)

    own = mine.write(partial(register_personal_data, client_id=ids[0], now=NOW))
    assert HALTED in str(mine.read(partial(personal_data_sheets, client_id=ids[0], imprint=own)))


@pytest.mark.req("R5", "R218")
def test_nobody_is_told_to_call_whose_file_is_restricted_and_no_tag_is_put_on_it(
    database: Database, people: People, ids: list[int]
) -> None:
    mine = database.acting_as(people.advisor)
    due = mine.read(partial(list_first_contacts_due, today=TODAY))
    assert [row.client_name for row in due] == [FREE]
    assert [row.client_name for row in mine.read(list_counter_notices)] == [FREE]
    for matter in (ClientMatter.FIRST_CONTACT, ClientMatter.TO_NOTIFY):
        query = ClientFilter(matters=(matter,))
        wanted = partial(list_client_ids, query=query, order=ClientOrder(), today=TODAY)
        assert list(mine.read(wanted)) == [ids[1]]
    tagged = mine.write(partial(tag_clients, client_ids=ids, tagging=Tagging(("focus",)), now=NOW))
    assert [change[0] for change in tagged.changes] == [ids[1]]
