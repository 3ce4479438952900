from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from advisorcrm.db.database import Database
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.services.access_logs import list_client_accesses
from advisorcrm.services.clients.client_search import find_clients
from advisorcrm.services.clients.clients import list_clients
from advisorcrm.services.drafts import list_drafts, save_draft
from advisorcrm.services.files.client_edits import ClientEdit, save_client_edit
from advisorcrm.services.files.client_files import open_client_file
from advisorcrm.services.files.client_points import (
    PointEdit,
    PointRow,
    add_point,
    archive_point,
    change_point,
    judge_point,
    list_points,
    reveal_field,
    reveal_point,
)
from advisorcrm.services.files.conflicts import Change
from advisorcrm.terms import AccessKind, ClientFlag, PointKind, RevealReason, Validity
from tests.conftest import TODAY, rows
from tests.factories import NOW, People, make_client


@pytest.fixture
def client(database: Database, people: People) -> int:
    return database.write(
        lambda s, a: make_client(
            s, people.advisor, name="欧阳文静", account="010000007715", mobile="13900000458",
            address="济南市历下区历山路136号",
        )
    )  # fmt: skip


def points(database: Database, client: int) -> list[PointRow]:
    return database.read(partial(list_points, client_id=client))


def hits(database: Database, typed: str) -> int:
    return database.read(partial(find_clients, text=typed)).total


@pytest.mark.req("R4")
def test_a_number_is_unproven_until_somebody_says_whether_it_works(
    mine: Database, client: int
) -> None:
    [phone] = points(mine, client)
    assert (phone.validity, phone.verified_on) == (Validity.UNVERIFIED, None)

    for validity, on in (
        (Validity.VALID, TODAY), (Validity.INVALID, TODAY), (Validity.UNVERIFIED, None),
    ):  # fmt: skip
        mine.write(partial(judge_point, point_id=phone.id, validity=validity, today=TODAY))
        [phone] = points(mine, client)
        assert (phone.validity, phone.verified_on) == (validity, on)


@pytest.mark.req("R4", "R15")
def test_only_a_proven_number_counts_for_completeness(mine: Database, client: int) -> None:
    def file_completeness() -> int:
        return mine.read(partial(open_client_file, client_id=client, today=TODAY)).completeness

    before = file_completeness()
    [phone] = points(mine, client)
    mine.write(partial(judge_point, point_id=phone.id, validity=Validity.VALID, today=TODAY))
    assert file_completeness() == before + 10


@pytest.mark.req("R4")
def test_a_replaced_number_is_put_away_and_not_lost(mine: Database, client: int) -> None:
    [old] = points(mine, client)
    mine.write(partial(judge_point, point_id=old.id, validity=Validity.VALID, today=TODAY))
    new_id = mine.write(partial(change_point, point_id=old.id, value="138 0000 0921", now=NOW))

    [new] = points(mine, client)
    assert (new.id, new.masked, new.validity) == (new_id, "138****0921", Validity.UNVERIFIED)
    kept = rows(mine, "SELECT id, value, archived_at IS NULL FROM contact_point ORDER BY id")
    assert kept == [(old.id, "13900000458", False), (new_id, "13800000921", True)]
    assert (hits(mine, "0458"), hits(mine, "13900000458")) == (0, 0)
    assert (hits(mine, "0921"), hits(mine, "13800000921")) == (1, 1)


def test_the_same_number_typed_again_is_the_same_number(mine: Database, client: int) -> None:
    [phone] = points(mine, client)
    same = mine.write(partial(change_point, point_id=phone.id, value="139-0000-0458", now=NOW))
    added = partial(add_point, client_id=client, kind=PointKind.MOBILE, value="13900000458")
    assert (same, mine.write(added)) == (phone.id, phone.id)
    assert len(points(mine, client)) == 1


@pytest.mark.req("R146")
def test_what_is_written_beside_a_number_becomes_its_remark(mine: Database, client: int) -> None:
    [phone] = points(mine, client)
    again = "13900000458（微信同号）"
    mine.write(partial(change_point, point_id=phone.id, value=again, now=NOW))
    assert [one.note for one in points(mine, client)] == ["微信同号"]
    mine.write(partial(change_point, point_id=phone.id, value="13900000458", now=NOW))
    landline = "儿子 0531-86951100"
    mine.write(partial(add_point, client_id=client, kind=PointKind.LANDLINE, value=landline))
    mine.write(partial(change_point, point_id=phone.id, value="13800000921 转 8001", now=NOW))
    found = {one.kind: (one.masked, one.note) for one in points(mine, client)}
    assert found == {
        PointKind.MOBILE: ("138****0921", "转 8001"),
        PointKind.LANDLINE: ("0531-8***1100", "儿子"),
    }
    assert hits(mine, "13800000921") == 1


def test_a_number_stands_once_of_its_kind_however_it_came_and_is_free_for_another(
    mine: Database, client: int
) -> None:
    [phone] = mine.read(partial(list_points, client_id=client))
    number = "13900000458"
    wechat = mine.write(partial(add_point, client_id=client, kind=PointKind.WECHAT, value=number))
    assert wechat != phone.id
    other = mine.write(
        partial(add_point, client_id=client, kind=PointKind.MOBILE, value="13800000921")
    )
    assert mine.write(partial(change_point, point_id=other, value=number, now=NOW)) == phone.id
    points = mine.read(partial(list_points, client_id=client))
    assert [point.id for point in points] == [phone.id, wechat]


def test_a_number_put_away_is_found_no_more_and_leaves_the_client_without_channel(
    mine: Database, client: int
) -> None:
    [phone] = points(mine, client)
    mine.write(partial(archive_point, point_id=phone.id, now=NOW))
    assert points(mine, client) == []
    assert hits(mine, "0458") == 0
    assert hits(mine, "欧阳") == 1
    with pytest.raises(NotFoundError, match="已不在档案里"):
        mine.write(partial(archive_point, point_id=phone.id, now=NOW))
    [row] = mine.read(partial(list_clients, ids=[client], today=TODAY))
    assert row.flags == (ClientFlag.NO_CHANNEL,)


@pytest.mark.req("R4", "R146")
@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        (PointKind.MOBILE, "＋86 139-0000-0459", "13900000459"),
        (PointKind.LANDLINE, "(0531) 86951100", "0531-86951100"),
        (PointKind.EMAIL, " wenjing@126.com ", "wenjing@126.com"),
        (PointKind.WECHAT, "oywj_1949", "oywj_1949"),
        (PointKind.QQ, "12345678", "12345678"),
    ],
)
def test_each_way_to_reach_a_client_is_kept_in_one_form(
    file_database: Database, file_people: People, kind: PointKind, value: str, stored: str
) -> None:
    mine = file_database.acting_as(file_people.advisor)
    client = mine.write(lambda s, a: make_client(s, a, mobile=""))
    mine.write(partial(add_point, client_id=client, kind=kind, value=value))
    assert rows(mine, "SELECT kind, value FROM contact_point") == [(kind.value, stored)]
    assert stored not in repr(points(mine, client))


@pytest.mark.req("R146")
@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (PointKind.EMAIL, "wenjing", "缺少 @"),
        (PointKind.EMAIL, "wenjing@126", "缺少域名后缀"),
        (PointKind.EMAIL, "wen jing@126.com", "格式不对"),
        (PointKind.MOBILE, "1234567890", "10 位"),
        (PointKind.MOBILE, "1.39E+10", "科学计数"),
        (PointKind.MOBILE, "13900000459（微信 138）", "电话"),
        (PointKind.MOBILE, "13900000459 儿子13900000460", "一个电话号码"),
        (PointKind.WECHAT, "  ", "请填写"),
        (PointKind.QQ, "1" * 61, "最多 60 字"),
    ],
)
def test_a_number_that_cannot_be_one_is_refused_at_its_field(
    file_database: Database, file_people: People, kind: PointKind, value: str, words: str
) -> None:
    mine = file_database.acting_as(file_people.advisor)
    client = mine.write(lambda s, a: make_client(s, a, mobile=""))
    with pytest.raises(InvalidFieldError, match=words) as caught:
        mine.write(partial(add_point, client_id=client, kind=kind, value=value))
    assert caught.value.field == kind.value
    assert points(mine, client) == []


@pytest.mark.req("R16", "R148")
def test_a_number_is_shown_in_full_only_after_it_was_logged_why(
    mine: Database, client: int
) -> None:
    [phone] = points(mine, client)
    assert phone.masked == "139****0458"
    shown = mine.write(
        partial(reveal_point, point_id=phone.id, reason=RevealReason.CALL, note=" 回访 ", now=NOW)
    )
    field = partial(reveal_field, client_id=client, reason=RevealReason.CHECK, now=NOW)
    account, address = (mine.write(partial(field, field=name)) for name in ("account", "address"))

    assert (shown, account, address) == (
        "13900000458", "010000007715", "济南市历下区历山路136号",
    )  # fmt: skip
    log = mine.read(partial(list_client_accesses, client_id=client))
    assert [(row.user_name, row.kind, row.subject, row.purpose, row.at) for row in log] == [
        ("林若溪", AccessKind.REVEAL, "联系地址", "核对资料", NOW),
        ("林若溪", AccessKind.REVEAL, "资金账号", "核对资料", NOW),
        ("林若溪", AccessKind.REVEAL, "手机", "拨打电话：回访", NOW),
    ]
    assert not any(was_masked for (was_masked,) in rows(mine, "SELECT was_masked FROM access_log"))


@pytest.mark.req("R148")
def test_nothing_is_shown_without_a_reason_or_for_a_field_that_is_not_masked(
    mine: Database, client: int
) -> None:
    [phone] = points(mine, client)
    other = RevealReason.OTHER
    for note in ("", "  "):
        with pytest.raises(InvalidFieldError, match="写明原因"):
            mine.write(partial(reveal_point, point_id=phone.id, reason=other, note=note, now=NOW))
    with pytest.raises(InvalidFieldError):
        mine.write(partial(reveal_field, client_id=client, field="remark", reason=other, note="看",
                           now=NOW))  # fmt: skip
    with pytest.raises(NotFoundError):
        mine.write(partial(reveal_point, point_id=4711, reason=RevealReason.CALL, now=NOW))
    assert rows(mine, "SELECT id FROM access_log") == []


def test_a_long_reason_is_refused_and_nothing_is_shown(mine: Database, client: int) -> None:
    [phone] = points(mine, client)
    with pytest.raises(InvalidFieldError, match="最多"):
        mine.write(
            partial(
                reveal_point, point_id=phone.id, reason=RevealReason.OTHER, note="因" * 121, now=NOW
            )
        )
    assert rows(mine, "SELECT id FROM access_log") == []


# --- one press of save ------------------------------------------------------------------------


@pytest.mark.req("R15", "R71")
def test_fields_and_numbers_are_saved_together_and_the_draft_ends(
    mine: Database, client: int
) -> None:
    [phone] = points(mine, client)
    mine.write(
        partial(save_draft, form="client", subject=str(client), title="稿", content={}, now=NOW)
    )
    edit = ClientEdit(
        {"birthday": Change(None, date(1949, 12, 31))},
        (
            PointEdit(PointKind.MOBILE, "13800000921", phone.id),
            PointEdit(PointKind.EMAIL, "wenjing@126.com"),
        ),
    )
    mine.write(partial(save_client_edit, client_id=client, edit=edit, now=NOW))

    assert [point.masked for point in points(mine, client)] == ["138****0921", "w***g@126.com"]
    file = mine.read(partial(open_client_file, client_id=client, today=TODAY))
    assert file.birthday == date(1949, 12, 31)
    assert mine.read(list_drafts) == []


@pytest.mark.req("R146")
def test_one_wrong_number_saves_nothing_of_it_all(mine: Database, client: int) -> None:
    mine.write(
        partial(save_draft, form="client", subject=str(client), title="稿", content={}, now=NOW)
    )
    edit = ClientEdit({"hobbies": Change("", "钓鱼")}, (PointEdit(PointKind.EMAIL, "wenjing@126"),))
    with pytest.raises(InvalidFieldError) as caught:
        mine.write(partial(save_client_edit, client_id=client, edit=edit, now=NOW))
    assert caught.value.field == "email"
    assert rows(mine, "SELECT hobbies FROM client") == [("",)]
    assert len(mine.read(list_drafts)) == 1
